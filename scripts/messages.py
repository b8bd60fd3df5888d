"""Keep the Vietnamese of the portal complete.

    scripts/messages.py extract   bring the catalogue up to date with code and templates
    scripts/messages.py merge     take in the fragments, remove them, then extract
    scripts/messages.py check     say what is missing, unsure, unused or changed in its marks
    scripts/messages.py compile   make the .mo files

A *fragment*, ``portal/locale/fragments/NAME.po``, carries the sentences of one branch, so that
branches do not collide in the catalogue. It counts everywhere until it is merged.
"""

import re
import sys

import polib
from prepare import ROOT, compile_catalogues
from sentences import collect

LOCALE = ROOT / "portal" / "locale"
CATALOGUE = LOCALE / "vi" / "LC_MESSAGES" / "django.po"
MARKS = re.compile(r"%\(\w+\)[a-z]|</?\w+|\{\w+\}")
METADATA = {
    "Project-Id-Version": "IOC portal",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def fragments():
    """Return the files that wait to be merged."""
    return sorted(LOCALE.glob("fragments/*.po"))


def read(path):
    """Return the entries of a catalogue by context and sentence."""
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}


def read_all():
    """Return catalogue and fragments together, and a line for each disagreement."""
    known, quarrels = read(CATALOGUE), []
    for path in fragments():
        for key, entry in read(path).items():
            if not has_text(known.get(key)):
                known[key] = entry
            elif has_text(entry) and forms(entry) != forms(known[key]):
                quarrels.append(
                    f"{path.name}: “{key[1]}” is “{forms(entry)[0]}” there,"
                    f" but stays “{forms(known[key])[0]}”"
                )
    return known, quarrels


def forms(entry):
    """Return the translations of an entry: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def has_text(entry):
    """Tell whether every form of an entry is translated."""
    return entry is not None and all(forms(entry))


def fitted(sentence, entry):
    """Return the entry of ``sentence`` with the translation of ``entry``, if there is one."""
    text = forms(entry)[0] if entry else ""
    new = polib.POEntry(msgctxt=sentence.context, msgid=sentence.text)
    if sentence.plural:
        new.msgid_plural, new.msgstr_plural = sentence.plural, {0: text}
    else:
        new.msgstr = text
    if MARKS.search(sentence.text) and "%(" in sentence.text:
        new.flags.append("python-format")
    return new


def write(known):
    """Write the catalogue: exactly the sentences in use, in the order of the alphabet."""
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = METADATA
    for key, sentence in sorted(collect().items(), key=lambda item: (item[0][1], item[0][0] or "")):
        catalogue.append(fitted(sentence, known.get(key)))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(CATALOGUE))


def complaints():
    """Return a line for everything that is wrong with the catalogue and its fragments."""
    used, (known, _quarrels) = collect(), read_all()
    lines = [f"{used[key].place}: no Vietnamese for “{key[1]}”" for key in used.keys() - known]
    lines += [f"no longer in use: “{key[1]}”" for key in read(CATALOGUE).keys() - used]
    for key in used.keys() & known.keys():
        lines += entry_complaints(used[key], known[key])
    return sorted(lines)


def entry_complaints(sentence, entry):
    """Yield what is wrong with the translation of one sentence."""
    if not has_text(entry):
        yield f"{sentence.place}: no Vietnamese for “{sentence.text}”"
        return
    if entry.fuzzy:
        yield f"marked as unsure (fuzzy): “{sentence.text}”"
    for text in forms(entry):
        if marks(text) != marks(sentence.plural or sentence.text):
            yield f"other placeholders or tags than “{sentence.text}”: “{text}”"


def marks(text):
    """Return the placeholders and tags in ``text``, each as often as it comes."""
    return sorted(MARKS.findall(text))


def extract():
    """Bring the catalogue up to date; fragments stay beside it."""
    write(read(CATALOGUE))
    return 0


def merge():
    """Take the fragments into the catalogue and remove them."""
    known, quarrels = read_all()
    print(*quarrels, sep="\n", end="\n" if quarrels else "")
    write(known)
    for path in fragments():
        path.unlink()
    return 0


def check():
    """Print every complaint; return 1 if there is one."""
    lines = complaints()
    print(*lines, f"{len(collect())} sentences in use, {len(lines)} complaints.", sep="\n")
    return bool(lines)


def compile_all():
    """Compile what is newer than its compiled form."""
    compile_catalogues()
    return 0


COMMANDS = {"extract": extract, "merge": merge, "check": check, "compile": compile_all}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    sys.exit(COMMANDS[sys.argv[1]]())
