"""One who reads or writes again and again while others publish; prints the longest wait."""

import json
import select
import sys
import time

import django


def work(kind):
    """Read or write until somebody says stop; print the longest wait in milliseconds as JSON."""
    django.setup()
    from portal.core.audit import record  # noqa: PLC0415 -- only now are there models
    from portal.datasets.access import current_version  # noqa: PLC0415
    from portal.datasets.models import DatasetPage  # noqa: PLC0415

    dataset = DatasetPage.objects.get(code="trieu-dong")
    indicator = dataset.indicators.first()

    def read():
        current_version(dataset)
        list(indicator.values.current().filter(area="")[:100])

    def write():
        record("benchmark", dataset, user=None)

    once, taken = {"read": read, "write": write}[kind], []
    once()
    print("begun", flush=True)
    while not select.select([sys.stdin], [], [], 0.002)[0]:
        begun = time.perf_counter()
        once()
        taken.append((time.perf_counter() - begun) * 1000)
    print(json.dumps({"longest": max(taken), "count": len(taken)}))


if __name__ == "__main__":
    work(sys.argv[1])
