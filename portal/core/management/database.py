"""Whether a command finds the database that it needs."""

from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _


def missing_database():
    """Return a sentence when the database cannot be opened or holds nothing yet; empty else."""
    try:
        is_prepared = MigrationRecorder(connection).has_table()
    except OperationalError as fault:
        reason = " ".join(str(fault).split())
        return _("The database cannot be opened: %(reason)s.") % {"reason": reason}
    if is_prepared:
        return ""
    return _("The database is empty; run “manage.py prepare” first.")
