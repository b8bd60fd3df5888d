"""Units that an event creates."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.units.models import UnitEvent, UnitPage

#: From the role that carries most to the one that carries least.
_ROLES = [role.value for role in UnitPage.Role]


def check_new_units(new_units):
    """Refuse codes that are taken, or given twice."""
    codes = [fields["code"] for fields in new_units]
    taken = set(UnitPage.objects.filter(code__in=codes).values_list("code", flat=True))
    taken |= {code for code in codes if codes.count(code) > 1}
    if taken:
        raise ValidationError(
            [
                _("The code “%(code)s” is taken; give another one.") % {"code": code}
                for code in sorted(taken)
            ]
        )


def create_unit(index, plan, fields, user):
    """Let a new unit stand in the directory from the day of the event on.

    It belongs to the kinds of unit to which those before it belonged, and has the weightiest of
    their roles in the centre. After a change of name it keeps what was said about the old one.
    """
    event, before = plan.event, plan.predecessors
    unit = UnitPage(
        title=fields["title"],
        code=fields["code"],
        kind=fields["kind"],
        level=fields["level"],
        parent_unit_id=fields["parent"],
        short_names=fields.get("short_names", ""),
        centre_role=min((each.centre_role for each in before), key=_ROLES.index),
        valid_from=event.happened_on,
        owner=user,
    )
    if event.kind == UnitEvent.Kind.RENAME:
        for name in ("about", "address", "phone", "email"):
            setattr(unit, name, getattr(before[0], name))
    index.add_child(instance=unit)
    unit.groups = UnitPage.objects.filter(member_units__in=before).distinct()
    unit.save_revision(user=user).publish(user=user)
    return UnitPage.objects.get(pk=unit.pk)
