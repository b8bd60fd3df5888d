"""What is to be done once a new edition is in force: upper rooms say so, this one shows it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class NextStep:
    """One thing to do: why, how the button is called, and the address that it is sent to."""

    words: str
    label: str
    url: str


_steps: list[Callable] = []


def register_next_step(step):
    """Let ``step(regulation, user)`` return a ``NextStep``, or None where ``user`` has none."""
    if step not in _steps:
        _steps.append(step)


def next_steps(regulation, user):
    """Return the next steps of ``user`` after an edition of ``regulation`` came into force."""
    return [made for made in (step(regulation, user) for step in _steps) if made is not None]
