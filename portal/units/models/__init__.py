"""Who: units, the people who act for them, and what they owe."""

from portal.units.models.duty_list import DutyListPage
from portal.units.models.duty_record import DutyRecord
from portal.units.models.event import EventPredecessor, EventSuccessor, UnitEvent
from portal.units.models.focal_point import FocalPoint
from portal.units.models.membership import Membership
from portal.units.models.obligation import Obligation
from portal.units.models.pages import UnitIndexPage, UnitPage
from portal.units.models.person_hand_over import PersonHandOver
from portal.units.models.responsibility import UnitDocument, UnitResponsibility

__all__ = [
    "DutyListPage",
    "DutyRecord",
    "EventPredecessor",
    "EventSuccessor",
    "FocalPoint",
    "Membership",
    "Obligation",
    "PersonHandOver",
    "UnitDocument",
    "UnitEvent",
    "UnitIndexPage",
    "UnitPage",
    "UnitResponsibility",
]
