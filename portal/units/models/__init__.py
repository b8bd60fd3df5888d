"""Who: units, the people who act for them, and what they owe."""

from portal.units.models.focal_point import FocalPoint
from portal.units.models.membership import Membership
from portal.units.models.obligation import Obligation
from portal.units.models.pages import UnitIndexPage, UnitPage
from portal.units.models.responsibility import UnitDocument, UnitResponsibility

__all__ = [
    "FocalPoint",
    "Membership",
    "Obligation",
    "UnitDocument",
    "UnitIndexPage",
    "UnitPage",
    "UnitResponsibility",
]
