"""Who reaches an address: the words in which ``tests/urls_table.py`` says it.

A *reach* is a set of kinds of people. What counts is how a person stands to the object in the
address: ``unit_head`` and ``data_officer`` act for its unit, ``other_unit`` for another one. So
one reach says what happens with an object of one's own and with a foreign one.
"""

from portal.core.roles import UNIT_ROLES, Role

ADMINISTRATOR = frozenset({"administrator"})
LEADER = frozenset({"ioc_leader"})
OFFICER = frozenset({"ioc_officer"})
MINUTE_TAKER = frozenset({"minute_taker"})
AUTHORITY = frozenset({"authority"})
READER = frozenset({"reader"})
HEAD, DATA_OFFICER = frozenset({"unit_head"}), frozenset({"data_officer"})

CENTRE = ADMINISTRATOR | LEADER | OFFICER  #: who runs the centre
OWN_UNIT = HEAD | DATA_OFFICER  #: who acts for the unit of the object
OTHER_UNITS = frozenset({"other_unit"})  #: who acts for another unit
UNITS = OWN_UNIT | OTHER_UNITS
STAFF = CENTRE | MINUTE_TAKER | AUTHORITY | UNITS
INTERNAL = STAFF | READER  #: whoever is logged in
EVERYBODY = INTERNAL | {"anonymous"}
NOBODY = frozenset()

#: The person of the third unit, to whom both sides are foreign.
OUTSIDER = "outsider"


def kind_of(who, side):
    """Return as what ``who`` (a name of the walk) stands to an object of ``side``.

    ``side`` is “own” for what belongs to the unit of ``unit_head`` and ``data_officer``, and
    “foreign” for what belongs to the unit of ``foreign_unit_head`` and ``foreign_data_officer``.
    """
    of_foreign_unit = who.startswith("foreign_")
    role = who.removeprefix("foreign_")
    if who == OUTSIDER:
        return "other_unit"
    if role not in {each.value for each in UNIT_ROLES}:
        return who
    return role if of_foreign_unit == (side == "foreign") else "other_unit"


assert {role.value for role in Role} <= EVERYBODY  # a new role needs words here
