"""People and duties of units as tables."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.formats import UnreadableValue
from portal.core.roles import runs_centre
from portal.core.tables.columns import Column, Reference, ReferencesColumn
from portal.core.tables.registers import RegisterResource
from portal.core.tables.values import Choice, Day, Number, Text, Widget, YesNo
from portal.core.text import fold
from portal.regulations.table_columns import ProvisionColumn, RegulationColumn
from portal.units.due_rules import LAST_DAY_OF_A_MONTH
from portal.units.duties.ending import settle_ending
from portal.units.models import Membership, Obligation, UnitPage
from portal.units.permissions import unit_ids_of


class UnitRegisterResource(RegisterResource):
    """A register whose rows belong to a unit: nobody adds rows for a unit out of reach."""

    def may_add(self, instance):
        if not super().may_add(instance):
            return False
        if self.user.is_superuser or runs_centre(self.user):
            return True
        return instance.unit_id in unit_ids_of(self.user)


class UnitName(Column):
    """The name of the unit, for those who read an export."""

    def __init__(self):
        super().__init__(gettext_lazy("Name of the unit"), Text(), attribute="unit", read_only=True)

    def export(self, instance, **kwargs):
        return instance.unit.title


class PersonName(Column):
    """The name of the person, for those who read an export."""

    def __init__(self):
        super().__init__(gettext_lazy("Full name"), Text(), attribute="user", read_only=True)

    def export(self, instance, **kwargs):
        return instance.user.get_full_name()


class MembershipResource(UnitRegisterResource):
    """Who acts for which unit: by username, unit, role and first day."""

    model = Membership
    tie_columns = ("valid_from",)
    ties_always = True

    user = Column(
        gettext_lazy("Username"),
        Reference(get_user_model(), "username"),
        is_key=True,
        help_text=gettext_lazy("The name with which the person logs in."),
        example="nguyen.van.a",
    )
    full_name = PersonName()
    unit = Column(gettext_lazy("Unit code"), Reference(UnitPage), is_key=True, example="SYT")
    unit_name = UnitName()
    role = Column(gettext_lazy("Role"), Choice(Membership.Role), is_key=True)
    valid_from = Column(
        gettext_lazy("From day"),
        Day(),
        help_text=gettext_lazy("Day/month/year; tells one time from the next."),
        example="01/07/2026",
    )
    valid_to = Column(gettext_lazy("To day"), Day(), help_text=gettext_lazy("Day/month/year."))

    def all_instances(self):
        return Membership.objects.select_related("user", "unit").order_by(
            "unit__sort_key", "role", "user__username", "pk"
        )

    def label_of(self, instance):
        return f"{instance.user.username} – {instance.unit.code}"


#: The months of a period in which something is due, as they stand in the stored rule.
MONTHS = (
    ("last", gettext_lazy("last month of the period")),
    ("first", gettext_lazy("first month of the period")),
    ("next", gettext_lazy("month after the period")),
)


class _Month(Widget):
    def clean(self, value, row=None, **kwargs):
        for code, label in MONTHS:
            if fold(value) in (code, fold(str(label))):
                return code
        if not value:
            return None
        raise UnreadableValue(
            "unknown_choice",
            _("“%(value)s” is none of: %(allowed)s.")
            % {"value": value[:80], "allowed": ", ".join(self.allowed())},
        )

    def render(self, value, obj=None, **kwargs):
        return str(dict(MONTHS).get(value, ""))

    def allowed(self):
        return [str(label) for _code, label in MONTHS]


class DueColumn(Column):
    """One part of the due rule; together they are the stored dictionary."""

    def __init__(self, title, widget, part, **options):
        self.part = part
        super().__init__(title, widget, attribute="due_rule", **options)

    def export(self, instance, **kwargs):
        if not instance.due_rule:
            return ""
        return self.widget.render(instance.due_rule.get(self.part))

    def put(self, instance, value):
        rule = {**(instance.due_rule or {}), self.part: value}
        instance.due_rule = {
            part: each for part, each in rule.items() if each is not None and each is not False
        }

    def raw(self, instance):
        return (instance.due_rule or {}).get(self.part)

    def restore(self, instance, raw):
        self.put(instance, raw)


class ObligationResource(UnitRegisterResource):
    """Who owes what: by unit, provision, kind and cadence, by the words where these agree."""

    model = Obligation
    tie_columns = ("text", "valid_from")

    unit = Column(gettext_lazy("Unit code"), Reference(UnitPage), is_key=True, example="SYT")
    unit_name = UnitName()
    regulation = RegulationColumn()
    provision = ProvisionColumn(is_key=True)
    kind = Column(gettext_lazy("Kind of duty"), Choice(Obligation.Kind), is_key=True)
    cadence = Column(gettext_lazy("How often"), Choice(Obligation.Cadence), is_key=True)
    text = Column(gettext_lazy("Duty"), Text(lines=True))
    due_day = DueColumn(
        gettext_lazy("Due on day"),
        Number(whole=True, lowest=1, highest=LAST_DAY_OF_A_MONTH),
        "day",
        help_text=gettext_lazy("Day of the month, 1 to 31; blank where no day is named."),
    )
    due_month = DueColumn(gettext_lazy("Due in month"), _Month(), "month_of_period")
    due_before = DueColumn(
        gettext_lazy("Before that day"),
        YesNo(),
        "strictly_before",
        help_text=gettext_lazy("Yes where the text says “before the day”."),
    )
    name_as_written = Column(gettext_lazy("Unit as the text names it"), Text())
    words = Column(gettext_lazy("Words of the text"), Text(lines=True))
    valid_from = Column(gettext_lazy("In force from"), Day())
    valid_to = Column(gettext_lazy("In force to"), Day())
    counterparts = ReferencesColumn(
        gettext_lazy("To whom"),
        Reference(UnitPage),
        help_text=gettext_lazy("Unit codes, with semicolons between them."),
    )

    def all_instances(self):
        return (
            Obligation.objects.select_related("unit", "provision__regulation")
            .prefetch_related("counterparts")
            .order_by("provision__regulation", "provision__position", "unit__sort_key", "pk")
        )

    def label_of(self, instance):
        return f"{instance.unit.code} – {instance.get_kind_display()} ({instance.provision.label})"

    def write(self, change, reason):
        """Save one change; what acts on a duty that it ends or opens again goes with it."""
        before = Obligation.objects.filter(pk=change.instance.pk).first()
        written = super().write(change, reason)
        if before is not None:
            settle_ending(before, change.instance, user=self.user)
        return written

    def take_back(self, instance, entry, reason):
        """Put the previous values back, with what acts on the duty."""
        before = Obligation.objects.get(pk=instance.pk)
        super().take_back(instance, entry, reason)
        if not entry["is_new"]:
            settle_ending(before, instance, user=self.user)
