"""Datasets in the events of units: the owner changes, versions and past due days do not."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.roles import Role
from portal.datasets.actions.review import submit_version
from portal.datasets.models import DatasetPage, FormerOwner, IndicatorCataloguePage, IndicatorPage
from portal.datasets.timeliness import expected_periods, timeliness_of_unit
from portal.home.setup import ensure_site
from portal.units.events import actions
from portal.units.events.plan import Plan
from tests.datasets.datasets_factory import DatasetTestCase, make_dataset
from tests.factories import make_index, make_user
from tests.units.event_makers import new_unit, perform, prepared, renamed

MONTHLY = {"frequency": "month", "due_day": 10, "first_period": "2026-01"}


class DatasetHandoverTests(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        super().setUpTestData()
        cls.administrator = make_user(Role.ADMINISTRATOR)
        cls.indicator = make_index(IndicatorCataloguePage, "Chỉ tiêu").add_child(
            instance=IndicatorPage(title="Tổng", code="tong", frequency="year", owner_unit=cls.unit)
        )

    def rename(self, day=None):
        return renamed(
            self.unit, "Thống kê", user=self.administrator, happened_on=day or timezone.localdate()
        )

    def test_the_owner_changes_and_versions_stay_with_who_sent_them(self):
        version = self.publish()

        new = self.rename()

        version.refresh_from_db()
        dataset = DatasetPage.objects.get(pk=self.dataset.pk)
        self.assertEqual((dataset.owner_unit, version.unit), (new, self.unit))
        self.assertEqual(dataset.get_latest_revision_as_object().owner_unit, new)
        self.assertEqual(IndicatorPage.objects.get(pk=self.indicator.pk).owner_unit, new)
        self.assertContains(self.client.get(dataset.url), "Chi cục Thống kê")

    def test_a_file_sent_before_and_submitted_after_is_the_new_unit_s(self):
        version = self.receive()
        new = self.rename()

        version.refresh_from_db()
        version.dataset.refresh_from_db()
        head = make_user(Role.DATA_OFFICER, unit=new)
        self.assertEqual(submit_version(version, user=head).unit, new)

    def test_due_days_count_for_the_unit_that_owned_the_dataset_then(self):
        make_dataset(self.unit, "thang", **MONTHLY)
        now = timezone.make_aware(timezone.datetime(2026, 7, 1))

        before = timeliness_of_unit(self.unit, 2026, now)
        new = self.rename(date(2026, 4, 1))
        old, after = (timeliness_of_unit(unit, 2026, now) for unit in (self.unit, new))

        def periods(result):
            return [s.period.code for s in result.counted if s.dataset.code == "thang"]

        self.assertEqual(periods(old), ["2026-01", "2026-02"])
        self.assertEqual(periods(after), ["2026-03", "2026-04", "2026-05"])
        self.assertEqual(periods(before), periods(old) + periods(after))

    def test_the_number_of_queries_does_not_grow_with_the_datasets(self):
        for number in range(6):
            make_dataset(self.unit, f"thang-{number}", **MONTHLY)
        self.rename(date(2026, 4, 1))

        with self.assertNumQueries(7):
            timeliness_of_unit(self.unit, 2026)

    def test_a_dataset_ends_with_its_unit_where_nobody_takes_it(self):
        monthly = make_dataset(self.unit, "thang", **MONTHLY)
        event = prepared(
            "dissolve", [self.unit], user=self.administrator, happened_on=date(2026, 4, 1)
        )
        actions.decide_all(event, "stay", user=self.administrator, reason="Lưu để tra cứu")
        actions.decide_all(event, "end", user=self.administrator, reason="Hết nhiệm vụ")

        perform(event, user=self.administrator)

        monthly = DatasetPage.objects.get(pk=monthly.pk)
        self.assertEqual(monthly.last_period, "2026-03")
        self.assertEqual([p.code for p in expected_periods(monthly)][-1], "2026-03")

    def test_an_event_taken_back_gives_the_dataset_back(self):
        self.rename()
        event = FormerOwner.objects.get().event

        actions.undo_event(event, user=self.administrator, reason="Nhầm")

        self.assertEqual(DatasetPage.objects.get(pk=self.dataset.pk).owner_unit, self.unit)
        self.assertFalse(FormerOwner.objects.exists())

    def test_the_old_page_tells_where_its_datasets_went(self):
        new = self.rename(date(2026, 4, 1))

        answer = self.client.get(self.unit.url)

        self.assertContains(answer, "Đã bàn giao cho đơn vị khác")
        self.assertContains(answer, f'href="{new.url}"')

    def test_a_division_decides_dataset_by_dataset(self):
        other = make_dataset(self.unit, "khac", title="Khác")
        event = prepared(
            "split", [self.unit], user=self.administrator, new=[new_unit("A"), new_unit("B")]
        )
        one, two = (target.key for target in Plan(event).targets)
        actions.decide_all(event, one, user=self.administrator)
        [line] = [each for each in Plan(event).lines if each.thing.label == "Khác"]
        actions.decide(event, {line.key: {"to": two}}, user=self.administrator)

        perform(event, user=self.administrator)

        owners = {page.pk: page.owner_unit.title for page in DatasetPage.objects.all()}
        self.assertEqual((owners[self.dataset.pk], owners[other.pk]), ("A", "B"))

    def test_no_file_for_a_period_after_the_last(self):
        self.dataset.last_period = "2024"
        self.dataset.save()

        with self.assertRaisesMessage(ValidationError, "đã kết thúc"):
            self.receive(period="2025")
