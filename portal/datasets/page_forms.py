"""What the page editor refuses in the definition of a dataset."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from portal.core.formats import UnreadableValue
from portal.core.periods import PeriodKind, parse_period
from portal.datasets.definitions.confirmation_field import ConfirmationField
from portal.datasets.due_terms import differs_from_duty, due_fields_of
from portal.datasets.imports.schema_error import SchemaError
from portal.datasets.imports.workspace import accepts_pattern
from portal.units.models import Membership
from portal.units.people import name_of

MERGING = ("upsert", "append")
STAYS = gettext_lazy("This stays as it is: versions with it have been published.")


class DatasetPageForm(WagtailAdminPageForm):
    """Checks the rhythm of the dataset and its columns against each other.

    Once a version is published, a change of type or key, or one that published rows break, is
    taken when its consequences have been read (``definitions.confirming``).
    """

    effect_is_known = ConfirmationField()
    _asks = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields.pop("effect_is_known", None)
        if "steward" in self.fields:
            acting = Membership.objects.current().values("user")
            people = get_user_model().objects.filter(
                Q(is_active=True, pk__in=acting) | Q(pk=self.instance.steward_id)
            )
            field = self.fields["steward"]
            field.queryset = people.order_by("last_name", "first_name", "username")
            field.label_from_instance = name_of
        for name in ("obligation", "provision"):
            field = self.fields.get(name)
            if hasattr(getattr(field, "queryset", None), "for_choices"):
                field.queryset = field.queryset.for_choices()

    def clean_due_day(self):
        day = self.cleaned_data.get("due_day")
        if day is not None and not 1 <= day <= 31:
            raise ValidationError(_("Give a day of the month, from 1 to 31."))
        return day

    def clean(self):
        cleaned = super().clean()
        self._check_periods(cleaned)
        self._check_steward(cleaned)
        self._check_duty(cleaned)
        self._check_day_off(cleaned)
        formset = self.formsets.get("columns")
        if formset is not None and formset.is_valid():
            kept = [form for form in formset.forms if _is_kept(form)]
            for form in kept:
                _check_column(form)
            self._check_key(cleaned, kept)
            rules = self._checked_rules(kept)
            if self.instance.pk and self.instance.versions.published_ever().exists():
                self._check_published(cleaned, formset)
                self._ask_about(kept, rules)
        if not self._asks:
            self.fields.pop("effect_is_known", None)
        return cleaned

    def _checked_rules(self, kept):
        """Return the rules between columns; one that cannot be understood is refused in place."""
        from portal.datasets.schemas import described_rule  # noqa: PLC0415 - needs the models

        formset, found = self.formsets.get("rules"), []
        for form in formset.forms if formset is not None and formset.is_valid() else ():
            if not _is_kept(form):
                continue
            try:
                described_rule(form.instance, [each.instance for each in kept])
            except SchemaError as fault:
                form.add_error("expression", str(fault))
            found.append(form.instance)
        return found

    def _ask_about(self, kept, rules):
        """Show what the change means for published rows, until the box below it is ticked."""
        from portal.datasets.definitions import confirming  # noqa: PLC0415 - needs the models

        field = self.fields.get("effect_is_known")
        if field is None or self.errors or any(form.errors for form in kept):
            return
        found = confirming.consequences(self.instance, kept, rules)
        if not found:
            return
        token = confirming.token_of(found)
        field.ask(token)
        if token not in self.cleaned_data.get("effect_is_known", []):
            self._asks = True
            self.add_error("effect_is_known", [each.sentence for each in found])

    def _check_periods(self, cleaned):
        first = self._period_in(cleaned, "first_period")
        last = self._period_in(cleaned, "last_period")
        if first and last and first.kind is last.kind and last < first:
            self.add_error("last_period", _("The last period comes before the first."))

    def _period_in(self, cleaned, name):
        """Return the period that a field names, kept as its code; None without one that fits."""
        text, frequency = cleaned.get(name), cleaned.get("frequency")
        if not text:
            return None
        try:
            period = parse_period(text)
        except UnreadableValue as fault:
            self.add_error(name, str(fault))
            return None
        cleaned[name] = period.code
        if frequency in list(PeriodKind) and period.kind != frequency:
            words = {
                "first_period": _("The first period does not fit the frequency."),
                "last_period": _("The last period does not fit the frequency."),
            }
            self.add_error(name, words[name])
            return None
        return period

    def _check_steward(self, cleaned):
        """Refuse a new steward who does not act for the owner; an old one hands over."""
        steward, owner = cleaned.get("steward"), cleaned.get("owner_unit")
        if (
            steward is None
            or owner is None
            or not {"steward", "owner_unit"} & set(self.changed_data)
        ):
            return
        if not Membership.objects.current().filter(user=steward, unit=owner).exists():
            self.add_error("steward", _("The steward must act for the owner unit today."))

    def _check_duty(self, cleaned):
        """A dataset follows its duty, or says why it is due otherwise."""
        duty, follows = cleaned.get("obligation"), cleaned.get("due_by_obligation")
        if duty is None:
            if follows:
                self.add_error("due_by_obligation", _("Choose the duty that it follows."))
            return
        unit = cleaned.get("owner_unit")
        if unit and unit.pk not in {each.pk for each in duty.bound_units()}:
            self.add_error("obligation", _("The owner unit does not owe this duty."))
        if follows and not due_fields_of(duty):
            self.add_error("due_by_obligation", _("This duty has no calendar to follow."))
        if not follows and not cleaned.get("due_reason") and differs_from_duty(cleaned, duty):
            self.add_error(
                "due_reason",
                _("The duty says: %(words)s. Say why the dataset is due otherwise.")
                % {"words": duty.rhythm},
            )

    def _check_day_off(self, cleaned):
        if cleaned.get("weekend", "keep") != "keep" and not cleaned.get("weekend_source"):
            self.add_error("weekend_source", _("Say which document lets the due day move."))

    def _check_key(self, cleaned, kept):
        if cleaned.get("mode") == "upsert" and not any(
            form.cleaned_data.get("is_key") for form in kept
        ):
            self.add_error("mode", _("Rows can be changed only when a column is the key."))

    def _check_published(self, cleaned, formset):
        if "code" in self.changed_data:
            self.add_error("code", STAYS)
        merging = cleaned.get("mode") in MERGING
        for form in formset.forms:
            if not form.instance.pk:
                continue
            if merging and not _is_kept(form):
                self.add_error(
                    None,
                    _("The column “%(title)s” cannot go: new files are added to rows that have it.")
                    % {"title": form.instance.title},
                )


def _is_kept(form):
    return bool(form.cleaned_data) and not form.cleaned_data.get("DELETE")


def _check_column(form):
    data = form.cleaned_data
    if data.get("type") == "choice" and not data.get("code_list"):
        form.add_error("code_list", _("A choice needs a code list."))
    for first, last in (
        ("minimum", "maximum"),
        ("earliest", "latest"),
        ("min_length", "max_length"),
    ):
        low, high = data.get(first), data.get(last)
        if low is not None and high is not None and low > high:
            form.add_error(last, _("The maximum is below the minimum."))
    if data.get("pattern") and not accepts_pattern(data["pattern"]):
        form.add_error("pattern", _("This is not a regular expression that can be used."))
