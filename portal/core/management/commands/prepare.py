"""Bring catalogues, database and static files to the state that the code expects."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = (
        "Compile catalogues, migrate the database and collect static files where needed;"
        " --demo adds the demo centre."
    )
    # A check may translate something before the catalogues are compiled.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo",
            action="store_true",
            help="build the demo centre where no centre exists, and print the demo log-ins",
        )

    def handle(self, *, demo, **options):
        call_command("compile_catalogues")
        self.migrate()
        self.collect_static()
        self.call_if_known("set_up_site")
        if demo:
            self.call_if_known("build_demo", "--if-empty")
            self.call_if_known("demo_logins")

    def migrate(self):
        """Apply the outstanding migrations, if there are any."""
        try:
            executor = MigrationExecutor(connection)
        except OperationalError as error:
            raise CommandError(f"The database cannot be opened: {error}") from error
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.tell("Bringing the database up to date")
            call_command("migrate", interactive=False, verbosity=0)
            self.forget_what_is_kept_in_files()

    def forget_what_is_kept_in_files(self):
        """Empty the cache that lies beside the database: it may tell of the one before."""
        if isinstance(caches["default"], FileBasedCache):
            cache.clear()

    def collect_static(self):
        """Collect static files, unless those collected last came from the same sources."""
        stamp = Path(settings.VAR_DIR) / "static.stamp"
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        fingerprint = static_fingerprint()
        if manifest.exists() and stamp.exists() and stamp.read_text() == fingerprint:
            return
        self.tell("Collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint)

    def call_if_known(self, name, *arguments):
        """Run the command ``name`` where an installed app offers it."""
        if name in get_commands():
            call_command(name, *arguments, stdout=self.stdout, stderr=self.stderr)

    def tell(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def static_fingerprint():
    """Return a hash that changes with our static files, the packages' versions and the storage."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    digest.update(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for top in ("portal", "search"):
        for path in sorted((settings.BASE_DIR / top).glob("**/static/**/*")):
            if path.is_file():
                status = path.stat()
                digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
