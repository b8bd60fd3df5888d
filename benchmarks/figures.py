"""What a benchmark hands back, and how it takes the time."""

import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number beside its promise; ``at_most`` and ``at_least`` may be left out."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def holds(self):
        """Tell whether the promise is kept; what promises nothing always holds."""
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    @property
    def promise(self):
        """Return the promise in words."""
        if self.at_most is not None:
            return f"at most {self.at_most:,g} {self.unit}"
        return f"at least {self.at_least:,g} {self.unit}" if self.at_least is not None else ""


def seconds(function, *, repeat=5, warm_up=1):
    """Return how long each of ``repeat`` calls took, after ``warm_up`` that do not count."""
    for _ in range(warm_up):
        function()
    taken = []
    for _ in range(repeat):
        begun = time.perf_counter()
        function()
        taken.append(time.perf_counter() - begun)
    return taken


def median(taken):
    """Return the middle of some measurements."""
    return statistics.median(taken)


def p95(taken):
    """Return the value that nineteen of twenty measurements stay below."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
