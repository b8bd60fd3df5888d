"""The character NUL in an address or behind its “?”: PostgreSQL would refuse to look for it."""

from django.test import TestCase

from tests.factories import make_unit


class NullCharacterTests(TestCase):
    def test_an_address_with_it_does_not_exist(self):
        for address in (
            "/%00",
            "/don-vi/%00/",
            "/api/v1/don-vi/%00/",
            "/api/v1/du-lieu/%00/",
            "/api/v1/chi-tieu/a%00b/",
            "/du-lieu-tai/%00/cau-truc.json",
            "/quan-tri/%00/",
        ):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 404)

    def test_behind_the_question_mark_it_is_not_there(self):
        make_unit("Sở Y tế")

        for address in ("/api/v1/don-vi/", "/tim-kiem/", "/api/v1/tim-kiem/"):
            with self.subTest(address):
                with_it = self.client.get(f"{address}?q=y%00%20te&tim=y%00%20te&trang=%001")
                without = self.client.get(f"{address}?q=y%20te&tim=y%20te&trang=1")
                self.assertEqual(with_it.status_code, without.status_code)
                self.assertEqual(with_it.content, without.content)
