"""Titles that would break a format: every form still says exactly them, less what XML forbids."""

import json
import re

from django.test import TestCase
from django.urls import reverse
from lxml import etree
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS

from tests.datasets.datasets_factory import DatasetTestCase, make_dataset

RTL = "\u202eنص\u202c"
#: What is typed, and what every form says of it.
TITLES = {
    "Dấu \"kép\" và 'đơn'": None,
    "</script><script>alert(1)</script>": None,
    '"""\\ @vi ; dct:title <x>': None,
    "]]> & &amp; <b>đậm</b>": None,
    f"Phải sang trái {RTL}": None,
    "Xuống\ndòng và\ttab": None,
    "Điều khiển \x01\x08\x1b\ufffe hết": "Điều khiển  hết",
    "Dòng \u2028 và \u2029 đoạn": None,
    "Chữ ngoài mặt phẳng 𝕏 😀": None,
    "{{ page.title }} {% now %}": None,
}


class HostileTitleTests(DatasetTestCase):
    def setUp(self):
        self.publish()
        self.uri = URIRef("http://testserver/du-lieu-tai/dan-so/")

    def each_title(self):
        """Yield each typed title, stored as it is, and what is to be read of it."""
        for typed, told in TITLES.items():
            self.dataset.title = typed
            self.dataset.save(clean=False)
            self.dataset.refresh_from_db()
            with self.subTest(title=typed):
                yield self.dataset.title if told is None else told

    def test_the_graphs_say_the_title(self):
        forms = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
        for told in self.each_title():
            for suffix, form in forms.items():
                for name, args in (("dataset_document", ["dan-so"]), ("catalogue_document", [])):
                    answer = self.client.get(reverse(name, args=[*args, suffix]))
                    graph = Graph().parse(data=answer.content, format=form)
                    self.assertEqual(str(graph.value(self.uri, DCTERMS.title)), told, suffix)

    def test_the_page_says_the_title_in_one_script(self):
        for told in self.each_title():
            page = self.client.get(self.dataset.get_url()).content.decode()
            [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
            self.assertEqual(json.loads(script)["name"], told)
            self.assertNotIn("<script>alert", page)

    def test_the_package_says_the_title(self):
        for told in self.each_title():
            package = self.client.get(reverse("data_package", args=["dan-so"])).json()
            self.assertEqual(package["title"], told)

    def test_the_feed_says_the_title(self):
        for told in self.each_title():
            feed = etree.fromstring(self.client.get(reverse("data_feed")).content)
            title = feed.find(
                "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title"
            )
            self.assertIn(told, title.text)


class HostileAddressTests(TestCase):
    def test_no_address_ends_its_brackets(self):
        make_dataset(terms_url='https://example.vn/a"b<c>{d}|e^`f', license="")

        answer = self.client.get(reverse("dataset_document", args=["dan-so", "ttl"]))

        graph = Graph().parse(data=answer.content, format="turtle")
        self.assertGreater(len(graph), 10)
