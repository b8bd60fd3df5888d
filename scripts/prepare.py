"""Make the portal ready to start: catalogues, database, static files, demo centre.

``make demo`` runs it alone, ``make run`` before every start. Each step does nothing when there
is nothing to do, so that the second start takes seconds and keeps the data.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def has_command(name):
    """Tell whether the project has the management command ``name``."""
    return any(ROOT.glob(f"*/**/management/commands/{name}.py"))


def manage(*arguments):
    """Run ``manage.py`` in a process of its own; end this one when it fails."""
    finished = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT)
    if finished.returncode:
        sys.exit(finished.returncode)


def compile_catalogues():
    """Compile the translations that are newer than their compiled form."""
    manage("compile_catalogues")


def prepare():
    """Do all that must be done before the portal with its demo centre can start."""
    manage("prepare", "--demo")


if __name__ == "__main__":
    prepare()
