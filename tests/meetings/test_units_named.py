"""Forms of meetings and tasks name units that exist today, and keep what was named before."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from portal.core.roles import Role
from portal.meetings.forms.fields import UnitsField, units, units_of_all_times
from portal.meetings.forms.meetings import MeetingForm
from portal.meetings.forms.tasks import TaskFilterForm, TaskForm
from portal.meetings.models import Meeting, Task
from tests.factories import make_unit, make_user


class UnitsNamedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        today = timezone.localdate()
        cls.now = make_unit("Sở Y tế")
        cls.gone = make_unit("Sở cũ", valid_to=today - timedelta(days=1))
        cls.user = make_user(Role.IOC_OFFICER)

    def test_a_unit_that_is_gone_is_not_offered(self):
        self.assertEqual(list(units()), [self.now])
        self.assertNotIn(self.gone, MeetingForm().fields["convenor"].queryset)
        form = TaskForm(thing=None, user=self.user)
        for name in ("lead_unit", "coordinating"):
            self.assertNotIn(self.gone, form.fields[name].queryset)

    def test_what_was_named_stays(self):
        meeting = Meeting.objects.create(title="Giao ban", convenor=self.gone)
        task = Task.objects.create(title="Việc", lead_unit=self.gone)
        task.coordinating_units.add(self.gone)

        self.assertIn(self.gone, MeetingForm(instance=meeting).fields["convenor"].queryset)
        form = TaskForm(thing=task, user=self.user)
        for name in ("lead_unit", "coordinating"):
            self.assertIn(self.gone, form.fields[name].queryset)

    def test_old_tasks_can_still_be_looked_for(self):
        self.assertIn(self.gone, TaskFilterForm().fields["unit"].queryset)
        self.assertIn(self.gone, units_of_all_times())

    def test_each_form_asks_anew_which_units_exist(self):
        class Form(TaskFilterForm):
            several = UnitsField()

        new = make_unit("Sở mới")
        self.assertIn(new, Form().fields["several"].queryset)
