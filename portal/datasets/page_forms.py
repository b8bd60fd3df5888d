"""What the page editor refuses in the definition of a dataset."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from portal.core.formats import UnreadableValue
from portal.core.periods import PeriodKind, parse_period
from portal.datasets.imports.workspace import accepts_pattern

MERGING = ("upsert", "append")
STAYS = gettext_lazy("This stays as it is: versions with it have been published.")


class DatasetPageForm(WagtailAdminPageForm):
    """Checks the rhythm of the dataset and its columns against each other.

    Once a version is published, identifiers and types stay: tables of earlier versions are
    read and merged by them.
    """

    def clean_due_day(self):
        day = self.cleaned_data.get("due_day")
        if day is not None and not 1 <= day <= 31:
            raise ValidationError(_("Give a day of the month, from 1 to 31."))
        return day

    def clean(self):
        cleaned = super().clean()
        self._check_periods(cleaned)
        formset = self.formsets.get("columns")
        if formset is not None and formset.is_valid():
            kept = [form for form in formset.forms if _is_kept(form)]
            for form in kept:
                _check_column(form)
            self._check_key(cleaned, kept)
            if self.instance.pk and self.instance.versions.published_ever().exists():
                self._check_published(cleaned, formset)
        return cleaned

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
            for field in ("name", "type"):
                if field in form.changed_data and _is_kept(form):
                    form.add_error(field, STAYS)
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
    low, high = data.get("minimum"), data.get("maximum")
    if low is not None and high is not None and low > high:
        form.add_error("maximum", _("The maximum is below the minimum."))
    if data.get("pattern") and not accepts_pattern(data["pattern"]):
        form.add_error("pattern", _("This is not a regular expression that can be used."))
