"""What a unit is now and was before: chains, days, and a constant number of questions."""

from datetime import date, timedelta

from django.test import TestCase
from django.utils import timezone

from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.units.models import UnitPage
from portal.units.succession import predecessors_of, successors_of, successors_of_units
from tests.factories import make_unit, make_user
from tests.units.event_makers import merged, new_unit, perform, prepared, renamed


class SuccessionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.user = make_user(Role.ADMINISTRATOR)

    def fresh(self, unit):
        unit.refresh_from_db()
        return unit

    def test_a_chain_is_followed_to_the_unit_that_stands(self):
        post, science = make_unit("Sở Thông tin"), make_unit("Sở Khoa học")
        joined = merged(
            [post, science],
            user=self.user,
            new=new_unit("Sở Khoa học và Thông tin"),
            happened_on=date(2025, 3, 1),
        ).successors.get()
        now = renamed(joined, "Sở Chuyển đổi số", user=self.user, happened_on=date(2026, 1, 1))

        self.assertEqual(successors_of(self.fresh(post)), [now])
        self.assertEqual(successors_of(self.fresh(post), date(2025, 6, 1)), [joined])
        self.assertEqual(successors_of(self.fresh(post), date(2025, 1, 1)), [])
        self.assertEqual(successors_of(now), [])
        self.assertCountEqual(predecessors_of(now), [joined, post, science])
        self.assertEqual(predecessors_of(now)[0], joined)
        self.assertCountEqual(predecessors_of(joined), [post, science])

    def test_a_division_has_several_successors_and_a_transfer_none(self):
        city = make_unit("Thành phố")
        event = prepared("split", [city], user=self.user, new=[new_unit("A"), new_unit("B")])
        event = perform(event, user=self.user)

        yesterday = timezone.localdate() - timedelta(days=1)
        self.assertEqual([u.title for u in successors_of(self.fresh(city))], ["A", "B"])
        self.assertEqual(successors_of(city, yesterday), [])
        transfer = prepared("transfer", [make_unit()], existing=[make_unit()], user=self.user)
        self.assertEqual(successors_of(transfer.predecessors.get()), [])

    def test_many_units_are_asked_for_in_as_many_queries_as_one(self):
        def ended(number):
            units = [make_unit() for _each in range(number)]
            for unit in units:
                renamed(unit, "Tên mới", user=self.user, happened_on=date(2025, 1, 1))
            return [self.fresh(unit) for unit in units]

        few, many = ended(1), ended(6)
        with self.assertNumQueries(3):
            self.assertEqual(len(successors_of_units(few)), 1)
        with self.assertNumQueries(3):
            self.assertEqual(len(successors_of_units(many)), 6)
        with self.assertNumQueries(0):
            successors_of_units([UnitPage(title="Đơn vị còn hoạt động")])
