"""A logged-in person before a room that is closed to them."""

from django.test import TestCase

from tests.factories import make_home, make_user


class ClosedRoomTests(TestCase):
    def test_a_reader_is_told_instead_of_sent_round_and_round(self):
        make_home()
        self.client.force_login(make_user("reader"))
        answer = self.client.get("/quan-tri/", follow=True)
        self.assertEqual(answer.redirect_chain, [("/dang-nhap/?next=/quan-tri/", 302)])
        self.assertContains(answer, 'name="login"')
