"""What a regulation proposes: its units, what each answers for, and the duties it lays on them.

Pure functions over the structure that ``parse_regulation`` prints; nothing is written.
"""

from portal.units.proposing.names import is_group_name, kind_of, same_unit, unit_key
from portal.units.proposing.setup import propose_setup, read_setup
from portal.units.proposing.units import (
    Duty,
    Source,
    UnitProposal,
    articles_of,
    propose_units,
)

__all__ = [
    "Duty",
    "Source",
    "UnitProposal",
    "articles_of",
    "is_group_name",
    "kind_of",
    "propose_setup",
    "propose_units",
    "read_setup",
    "same_unit",
    "unit_key",
]
