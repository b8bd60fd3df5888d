"""How a catalogue writes what a plan holds, and takes it back."""

from django.utils.translation import gettext as _


class WrittenCatalogue:
    """The part of a catalogue's resource that writes; subclasses say how one object is kept."""

    def write(self, change, reason):
        """Keep one change; return what the undo needs to know it by, ``mark`` among it."""
        raise NotImplementedError

    def finish(self, reason):
        """Do what is done once after all changes."""

    def undo_refusal(self, instance, entry, created):
        """Return why an entry of the log cannot be taken back, or an empty text."""
        raise NotImplementedError

    def take_back(self, instance, entry, reason):
        """Put the previous values back, or delete what the import created."""
        raise NotImplementedError

    def write_all(self, changes, reason):
        """Write the changes in their order; return the log of them as plain data."""
        kept = []
        for number, change in enumerate(changes, start=1):
            kept.append((change, self.write(change, reason)))
            if number % 200 == 0:
                self.tell(number, len(changes))
        self.finish(reason)
        return [self._entry(change, known) for change, known in kept]

    def _entry(self, change, known):
        return {
            "pk": change.instance.pk,
            "line": change.line,
            "label": change.label,
            "is_new": change.is_new,
            "before": change.before,
            "after": {column.name: column.raw(change.instance) for column in change.columns},
            **known,
        }

    def find(self, entry):
        """Return the object of an entry of the log, or None."""
        return self.model._default_manager.filter(pk=entry["pk"]).first()

    def undo_refusals(self, entries):
        """Return ``[sentence]`` for the entries that cannot be taken back."""
        created = {entry["pk"] for entry in entries if entry["is_new"]}
        refusals = []
        for entry in entries:
            instance = self.find(entry)
            if instance is None:
                reason = _("it was deleted since")
            else:
                reason = self.undo_refusal(instance, entry, created)
            if reason:
                refusals.append(
                    _("Line %(line)s, “%(label)s”: %(reason)s.")
                    % {"line": entry["line"], "label": entry["label"], "reason": reason}
                )
        return refusals

    def take_back_all(self, entries, reason):
        """Take the entries back, the last one first."""
        for entry in reversed(entries):
            self.take_back(self.find(entry), entry, reason)
