"""A card of the staff start page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One thing to do: how many wait, what they are, where to go; tone bad, warn, info, good."""

    title: str
    count: int
    text: str
    url: str
    action: str
    tone: str = "info"
