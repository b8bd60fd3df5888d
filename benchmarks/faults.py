"""Imports killed, crowded and starved of disk: nothing lost, nothing published by half."""

from benchmarks.figures import Figure
from tests.fault_runs import run_faults

KILLED, CROWDED, STARVED = 200, 50, 2


def measure():
    """Yield how many faults were found; none is promised."""
    found = run_faults("kill", KILLED)
    yield Figure(f"imports killed, of {KILLED} at random moments", found["killed"], "")
    yield Figure("faults after them", len(found["broken"]), "faults", at_most=0)
    found = run_faults("crowd", CROWDED)
    yield Figure(f"{CROWDED} imports at once: published", found["published"], "", at_least=CROWDED)
    yield Figure("faults after them", len(found["broken"]), "faults", at_most=0)
    found = run_faults("starve", STARVED)
    yield Figure("faults on a full disk", len(found["broken"]), "faults", at_most=0)
