"""Collect the sentences to translate; with ``--check``, only say what the catalogue lacks.

The check compares sentences, not bytes: another version of gettext wraps lines differently, and
that is no mistake. It leaves the catalogue as it was.
"""

import subprocess
import sys

import polib
from prepare import ROOT

CATALOGUE = ROOT / "portal" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
IGNORED = (".venv", "var", "tests", "scripts", "benchmarks", "docs")


def collect():
    """Bring the catalogue up to date with the code and the templates."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "vi"]
    command += ["--no-location", "--no-obsolete", "--verbosity", "0"]
    for folder in IGNORED:
        command += ["--ignore", f"{folder}/*"]
    subprocess.run(command, cwd=ROOT, check=True)


def read():
    """Return the entries of the catalogue by what identifies them."""
    if not CATALOGUE.exists():
        return {}
    entries = polib.pofile(str(CATALOGUE))
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural): entry
        for entry in entries
        if not entry.obsolete
    }


def complaints():
    """Return a line for each sentence that is missing, untranslated, unsure or no longer used."""
    before = read()
    original = CATALOGUE.read_bytes() if CATALOGUE.exists() else None
    try:
        collect()
        after = read()
    finally:
        if original is None:
            CATALOGUE.unlink(missing_ok=True)
        else:
            CATALOGUE.write_bytes(original)
    return [
        *(f"not in the catalogue: {key[1]}" for key in after.keys() - before.keys()),
        *(f"no longer in the code: {key[1]}" for key in before.keys() - after.keys()),
        *(f"without Vietnamese: {key[1]}" for key, entry in before.items() if lacks_text(entry)),
        *(f"marked as unsure (fuzzy): {key[1]}" for key, entry in before.items() if entry.fuzzy),
    ]


def lacks_text(entry):
    """Tell whether a form of the entry has no translation."""
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return not all(forms)


def main():
    """Collect or check; return the exit code."""
    if "--check" not in sys.argv[1:]:
        collect()
        return 0
    lines = sorted(complaints())
    for line in lines:
        print(line)
    print(f"{len(read())} sentences in the catalogue, {len(lines)} complaints.")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
