"""Queries whose SQL is kept answer as Django would, whatever is asked."""

from django.contrib.auth import get_user_model
from django.test import TestCase

from portal.core.prepared import PreparedQuery
from tests.factories import make_user

SAMPLE = "§"


class PreparedQueryTests(TestCase):
    def test_it_is_asked_with_other_values_each_time(self):
        users = [make_user(), make_user()]
        query = PreparedQuery(
            lambda name: get_user_model().objects.filter(username=name, is_active=True), SAMPLE
        )

        for user in users:
            self.assertEqual(query.first(user.username), user)
        self.assertIsNone(query.first("nobody"))
        get_user_model().objects.filter(pk=users[0].pk).update(is_active=False)
        self.assertIsNone(query.first(users[0].username))

    def test_it_costs_one_query_and_leaves_out_what_was_left_out(self):
        user = make_user()
        query = PreparedQuery(
            lambda pk: get_user_model().objects.filter(pk=pk).only("username"), 1_987_654_321
        )
        query.first(0)

        with self.assertNumQueries(1):
            [found] = query.all(user.pk)
            self.assertEqual(found.username, user.username)
        self.assertIn("password", found.get_deferred_fields())

    def test_hostile_values_are_values(self):
        user = make_user()
        query = PreparedQuery(lambda name: get_user_model().objects.filter(username=name), SAMPLE)

        for hostile in ("' OR 1=1 --", "%s", "%", SAMPLE, "\\"):
            self.assertIsNone(query.first(hostile), hostile)
        self.assertEqual(query.first(user.username), user)

    def test_a_sample_that_became_no_value_is_refused(self):
        query = PreparedQuery(
            lambda name: get_user_model().objects.filter(username__startswith=name), SAMPLE
        )

        with self.assertRaises(ValueError):
            query.first("a")
