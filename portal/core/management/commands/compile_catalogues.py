"""Compile the translations without GNU gettext."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import reloader


class Command(BaseCommand):
    help = "Compile every catalogue that is newer than its compiled form."
    # A check may translate something, and would then keep the old catalogue in memory.
    requires_system_checks = []

    def handle(self, **options):
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                compile_catalogue(source)
        forget_loaded_catalogues()


def compile_catalogue(source):
    """Write the ``.mo`` beside ``source`` unless it is newer than all it is made of."""
    compiled = source.with_suffix(".mo")
    fragments = fragments_of(source)
    made_at = compiled.stat().st_mtime if compiled.exists() else 0
    if all(path.stat().st_mtime < made_at for path in [source, *fragments]):
        return
    catalogue = polib.pofile(str(source))
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue if entry.translated()}
    for fragment in fragments:
        for entry in polib.pofile(str(fragment)):
            if (entry.msgctxt, entry.msgid) not in known:
                known.add((entry.msgctxt, entry.msgid))
                catalogue.append(entry)
    catalogue.save_as_mofile(str(compiled))


def fragments_of(source):
    """Return the files with the sentences of unmerged branches (``scripts/messages.py``)."""
    return sorted(source.parents[2].glob("fragments/*.po")) if source.stem == "django" else []


def forget_loaded_catalogues():
    """Let this process translate by the new catalogues."""
    reloader.translation_file_changed(sender=None, file_path=Path("compiled.mo"))
