"""A duty ended by hand rests at once with what acts on it, and wakes with it."""

import csv
import io
from datetime import timedelta

import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.formats import format_date
from portal.core.tables import actions as tables
from portal.meetings.models import AssessmentCycle, MeetingSeries, ReportSchedule
from portal.units.models import Obligation
from portal.units.schedule import let_ended_duties_rest
from tests.home.setting_up.case import SetupCase
from tests.regulations.edition_texts import in_days
from tests.units.table_imports import exported, take_in


class EndingCase(SetupCase):
    is_set_up = True

    def setUp(self):
        self.client.force_login(self.administrator)

    def edit(self, duty, **changes):
        """Change a duty on its form in the staff area."""
        address = reverse("obligations:edit", args=[duty.pk])
        form = self.client.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields}
        for name, value in (data | changes).items():
            data[name] = format_date(value) if hasattr(value, "year") else value
        sent = {name: "" if value is None else value for name, value in data.items()}
        sent.pop("due_strictly_before") if not sent["due_strictly_before"] else None
        self.assertRedirects(self.client.post(address, sent), reverse("obligations:index"))

    def duty(self, kind):
        return Obligation.objects.get(kind=kind)

    def schedule(self):
        return ReportSchedule.objects.values("is_active", "last_period").get()


class ByHandTests(EndingCase):
    def test_a_series_rests_and_wakes(self):
        self.edit(self.duty("meet"), valid_to=in_days(-1))
        self.assertIs(MeetingSeries.objects.get().is_active, False)

        self.edit(self.duty("meet"), valid_to=None)

        self.assertIs(MeetingSeries.objects.get().is_active, True)

    def test_reports_are_owed_no_more_and_owed_again(self):
        before = self.schedule()
        self.edit(self.duty("report"), valid_to=in_days(-1))
        self.assertNotEqual(self.schedule(), before)

        self.edit(self.duty("report"), valid_to=None)

        self.assertEqual(self.schedule(), before)

    def test_a_planned_review_goes_and_is_planned_again(self):
        self.edit(self.duty("review_year"), valid_to=in_days(-1))
        self.assertFalse(AssessmentCycle.objects.exists())

        self.edit(self.duty("review_year"), valid_to=in_days(30))

        self.assertEqual(AssessmentCycle.objects.get().status, "planned")

    def test_a_last_day_to_come_rests_nothing_before_it_is_over(self):
        self.edit(self.duty("meet"), valid_to=in_days(5))
        let_ended_duties_rest()
        self.assertIs(MeetingSeries.objects.get().is_active, True)

        with time_machine.travel(timezone.now() + timedelta(days=6)):
            let_ended_duties_rest()

        self.assertIs(MeetingSeries.objects.get().is_active, False)

    def test_what_somebody_let_go_on_all_the_same_is_left_alone_by_the_clock(self):
        self.edit(self.duty("meet"), valid_to=in_days(-1))
        series = MeetingSeries.objects.get()
        series.is_active = True
        series.save()

        let_ended_duties_rest()

        self.assertIs(MeetingSeries.objects.get().is_active, True)

    def test_what_somebody_put_to_rest_before_is_not_woken(self):
        series = MeetingSeries.objects.get()
        series.is_active = False
        series.save()
        self.edit(self.duty("meet"), valid_to=in_days(-1))

        self.edit(self.duty("meet"), valid_to=None)

        self.assertIs(MeetingSeries.objects.get().is_active, False)

    def test_a_duty_that_another_succeeded_wakes_nothing(self):
        duty = self.duty("meet")
        self.edit(duty, valid_to=in_days(-1))
        heir = Obligation.objects.get(pk=duty.pk)
        heir.pk, heir.succeeds, heir.valid_to, heir.valid_from = None, duty, None, in_days(0)
        heir._state.adding = True
        heir.save()

        self.edit(duty, valid_to=in_days(9))

        self.assertIs(MeetingSeries.objects.get().is_active, False)

    def test_other_changes_leave_everything_as_it_is(self):
        records = MeetingSeries.history.count()

        self.edit(self.duty("meet"), text="Tổ chức họp giao ban")

        self.assertEqual(MeetingSeries.history.count(), records)


class ByFileTests(EndingCase):
    def delimiter(self, content):
        return ";" if content.count(";") > content.count(",") else ","

    def test_a_file_that_ends_a_duty_and_its_undo_do_the_same(self):
        duty = self.duty("meet")
        content = exported("nghia-vu", self.administrator).decode("utf-8-sig")
        heads, *rows = csv.reader(io.StringIO(content), delimiter=self.delimiter(content))
        kind, last = heads.index(_("Kind of duty")), heads.index(_("In force to"))
        [row] = [row for row in rows if row[kind] == str(duty.get_kind_display())]
        row[last] = format_date(in_days(-1))

        kept = take_in("nghia-vu", [heads, row], self.administrator)
        self.assertIs(MeetingSeries.objects.get().is_active, False)
        tables.undo(kept, user=self.administrator)

        self.assertIs(MeetingSeries.objects.get().is_active, True)
