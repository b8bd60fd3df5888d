"""Who: units, the people who act for them, and what they owe."""

from portal.units.models.event import EventPredecessor, EventSuccessor, UnitEvent
from portal.units.models.focal_point import FocalPoint
from portal.units.models.membership import Membership
from portal.units.models.obligation import Obligation
from portal.units.models.pages import UnitIndexPage, UnitPage, UnitResponsibility

__all__ = [
    "EventPredecessor",
    "EventSuccessor",
    "FocalPoint",
    "Membership",
    "Obligation",
    "UnitEvent",
    "UnitIndexPage",
    "UnitPage",
    "UnitResponsibility",
]
