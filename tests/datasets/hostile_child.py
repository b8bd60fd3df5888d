"""Checks one file in a process of its own, as the worker does, and tells what it took.

    python -m tests.datasets.hostile_child FILE

Prints JSON: the report, and the greatest memory in megabytes.
"""

import json
import re
import resource
import sys
from pathlib import Path

from django.conf import settings

SECONDS = 60  #: of processor time, beyond which the system ends the process


def main(path):
    """Check the file at ``path`` against a table of three columns."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    settings.configure(USE_I18N=False)
    # The settings come first: sentences are made as the modules are read.
    from portal.datasets.imports.check import check_table  # noqa: PLC0415
    from tests.datasets.table_files import schema_of  # noqa: PLC0415

    with check_table(path, schema_of("ma:code", "ten", "so:decimal")) as check:
        report = check.report(rows=3)
    megabytes = _greatest_memory() // 1024
    sys.stdout.write(json.dumps({"report": report, "megabytes": megabytes}))


def _greatest_memory():
    """Return the kilobytes of this very program; what the system adds up begins with its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(sys.argv[1])
