"""The catalogue of a portal that is set up and has no dataset yet: empty, and there."""

import csv
import io

from django.test import TestCase
from django.urls import reverse
from lxml import etree
from rdflib import Graph
from rdflib.namespace import RDF

from portal.datasets.cataloguing.triples import DCAT
from portal.datasets.models import DataList
from portal.home.setup import ensure_site
from tests.datasets.cataloguing.test_dcat import FORMATS, missing_in
from tests.datasets.cataloguing.test_feeds import ATOM


class EmptyPortalTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()

    def get(self, name, *args):
        answer = self.client.get(reverse(name, args=args))
        self.assertEqual(answer.status_code, 200, (name, args))
        return answer

    def test_the_catalogue_lists_nothing_in_every_form(self):
        for suffix, form in FORMATS.items():
            with self.subTest(suffix):
                answer = self.get("catalogue_document", suffix)
                graph = Graph().parse(data=answer.content, format=form)

                self.assertEqual(len(list(graph.subjects(RDF.type, DCAT.Catalog))), 1)
                self.assertEqual(list(graph.objects(predicate=DCAT.dataset)), [])
                self.assertEqual(missing_in(graph), [])

    def test_the_feed_has_no_entry(self):
        feed = etree.fromstring(self.get("data_feed").content)

        self.assertEqual(feed.findall(f"{ATOM}entry"), [])
        self.assertTrue(feed.findtext(f"{ATOM}updated"))

    def test_each_list_is_empty_as_page_and_as_file(self):
        for word in DataList.values:
            with self.subTest(word):
                page = self.get("data_list", word)
                file = self.get("data_list_file", word, "csv")
                book = self.get("data_list_file", word, "xlsx")

                self.assertEqual(page.context["entries"], [])
                lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
                self.assertEqual(len(lines), 1)
                self.assertTrue(book.content.startswith(b"PK"))

    def test_the_figures_of_indicators_are_an_empty_collection(self):
        self.assertEqual(self.get("json_stat_collection").json()["link"]["item"], [])
