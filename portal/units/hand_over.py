"""A person leaves: every thing in the person's hands goes to somebody, all of it or nothing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.roles import CENTRE_ROLES
from portal.units.models import Membership
from portal.units.models.person_hand_over import PersonHandOver
from portal.units.people import name_of
from portal.units.people_rights import require_manage
from portal.units.personal_holdings import HandOverStep, holdings_of, kind_named


class HandOverRefused(ValidationError):
    """The hand-over cannot be done so; ``messages`` are sentences for people."""


@dataclass(frozen=True)
class Leaving:
    """Who leaves, from which unit (None for all), with which last day, and why."""

    person: object
    unit_id: int | None
    last_day: object
    reason: str = ""
    ends_account: bool = False

    @property
    def day_after(self):
        """Return the first day on which others must stand in: today at the earliest."""
        return max(self.last_day + timedelta(days=1), timezone.localdate())

    def holdings(self):
        """Return what there is to hand over."""
        return holdings_of(self.person, self.unit_id)


def candidates(leaving, holdings):
    """Return ``{holding key: [people who may take it]}``: they act for its unit that day.

    What belongs to the centre goes to somebody who runs it. The number of queries does not
    depend on how many things there are.
    """
    acting, roles = _people_by_unit(leaving, holdings)
    found = {}
    for holding in holdings:
        needed = kind_named(holding.kind).roles
        if holding.unit_id is None:
            able = [person for person, held in roles.items() if held & (needed or CENTRE_ROLES)]
        else:
            able = [
                person
                for person in acting[holding.unit_id]
                if not needed or needed & roles.get(person, set())
            ]
        found[holding.key] = sorted(able, key=name_of)
    return found


def _people_by_unit(leaving, holdings):
    """Return ``({unit id: people who act for it}, {person: roles})``."""
    people = get_user_model().objects.filter(is_active=True).exclude(pk=leaving.person.pk)
    roles = defaultdict(set)
    with_roles = people.filter(groups__role_group__isnull=False)
    by_pk = {}
    for person in with_roles.prefetch_related("groups__role_group").distinct():
        by_pk[person.pk] = person
        roles[person] = {
            group.role_group.role for group in person.groups.all() if hasattr(group, "role_group")
        }
    units = {holding.unit_id for holding in holdings}
    memberships = Membership.objects.current(leaving.day_after).filter(
        unit__in=units - {None}, user__in=people
    )
    acting = defaultdict(dict)
    for membership in memberships.select_related("user"):
        person = by_pk.get(membership.user_id, membership.user)
        acting[membership.unit_id][person.pk] = person
    return defaultdict(list, {unit: list(each.values()) for unit, each in acting.items()}), roles


@transaction.atomic
def hand_over_person(leaving, successors, *, user):
    """Carry everything over and write down what went to whom; return the ``PersonHandOver``.

    ``successors`` maps the key of each thing to a person, or to None where nobody takes it. Raise
    ``HandOverRefused`` when something is not named or goes to somebody who does not act for its
    unit, and ``PermissionDenied`` when ``user`` may not change the person.
    """
    require_manage(user, leaving.person)
    get_user_model().objects.select_for_update().get(pk=leaving.person.pk)
    holdings = leaving.holdings()
    _check(leaving, holdings, successors, user)
    for holding in holdings:
        step = HandOverStep(
            holding=holding,
            successor=successors[holding.key],
            leaver=leaving.person,
            last_day=leaving.last_day,
            first_day=leaving.day_after,
            user=user,
        )
        kind_named(holding.kind).hand_over(step)
    return _write_down(leaving, holdings, successors, user)


def _check(leaving, holdings, successors, user):
    if leaving.ends_account and leaving.person == user:
        raise HandOverRefused(_("You cannot end your own account."))
    if set(successors) != {holding.key for holding in holdings}:
        raise HandOverRefused(
            _("What the person looks after has changed meanwhile. Look at the list again.")
        )
    able = candidates(leaving, holdings)
    refusals = [
        _("%(person)s does not act for %(unit)s and cannot take over “%(thing)s”.")
        % {
            "person": name_of(successors[holding.key]),
            "unit": holding.unit_name or _("the centre"),
            "thing": holding.title,
        }
        for holding in holdings
        if successors[holding.key] is not None and successors[holding.key] not in able[holding.key]
    ]
    if refusals:
        raise HandOverRefused(refusals)


def _write_down(leaving, holdings, successors, user):
    items = [
        {
            "kind": str(kind_named(holding.kind).label),
            "thing": holding.title,
            "unit": holding.unit_name,
            "to": name_of(successors[holding.key]) if successors[holding.key] else "",
        }
        for holding in holdings
    ]
    paper = PersonHandOver.objects.create(
        person=leaving.person,
        person_name=name_of(leaving.person),
        units="\n".join(dict.fromkeys(item["unit"] for item in items if item["unit"])),
        last_day=leaving.last_day,
        reason=leaving.reason,
        items=items,
        ends_account=leaving.ends_account,
        done_by=user,
        done_by_name=name_of(user),
    )
    record("units.hand_over", leaving.person, user=user, paper=paper.pk, things=len(items))
    end_accounts()
    return paper


@transaction.atomic
def end_accounts(today=None):
    """Close the accounts whose last day is over; return how many.

    Whoever acts for a unit again by then keeps the account, and the paper says so no more.
    """
    day = today or timezone.localdate()
    due = PersonHandOver.objects.select_for_update().filter(
        ends_account=True, account_ended_at=None, last_day__lt=day
    )
    back = set(Membership.objects.current(day).values_list("user_id", flat=True))
    ended = 0
    for paper in due.select_related("person", "done_by"):
        if paper.person_id in back:
            paper.ends_account = False
            paper.save(update_fields=["ends_account"])
            continue
        paper.person.is_active = False
        paper.person.save(update_fields=["is_active"])
        paper.account_ended_at = timezone.now()
        paper.save(update_fields=["account_ended_at"])
        record("units.account_ended", paper.person, user=paper.done_by, paper=paper.pk)
        ended += 1
    return ended
