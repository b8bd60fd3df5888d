"""The portal speaks Vietnamese everywhere: the catalogue is complete, compiled and in use."""

import html
import re
import subprocess
import sys

import polib
from django.test import SimpleTestCase, TestCase

from tests.factories import make_home, make_regulation, make_user
from tests.source_tree import ROOT

CATALOGUE = ROOT / "portal" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.S)


def english_sentences():
    """Return the longer sentences of the catalogue that differ in Vietnamese."""
    return {
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        if " " in entry.msgid and "%(" not in entry.msgid and entry.msgid != entry.msgstr
    }


def text_of(response):
    """Return what a person reads on a page, tags left out."""
    return html.unescape(TAGS.sub("\n", response.content.decode()))


class CatalogueTests(SimpleTestCase):
    def test_every_sentence_has_its_vietnamese(self):
        result = subprocess.run(
            [sys.executable, "scripts/messages.py", "check"],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip

        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


class PageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = make_home()
        cls.regulation = make_regulation()

    def assert_vietnamese(self, address):
        response = self.client.get(address)

        found = sorted(each for each in english_sentences() if each in text_of(response))
        self.assertEqual(found, [], address)

    def test_public_pages(self):
        for address in ("/dang-nhap/", "/tim-kiem/?q=quy", "/khong-co/", self.regulation.url):
            with self.subTest(address):
                self.assert_vietnamese(address)

    def test_the_staff_area(self):
        self.client.force_login(make_user(username="quan-tri", is_superuser=True))
        for address in ("/quan-tri/", f"/quan-tri/pages/{self.home.pk}/", "/quan-tri/account/"):
            with self.subTest(address):
                self.assert_vietnamese(address)

    def test_the_staff_area_s_scripts(self):
        response = self.client.get("/quan-tri/jsi18n/")

        self.assertContains(response, '"Cancel": "H\\u1ee7y"')
