"""The catalogue as DCAT-AP: forms, mandatory properties, rights, paging, work."""

import hashlib

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS
from wagtail.models import PageViewRestriction

from portal.core.roles import Role
from portal.datasets.actions.review import withdraw_version
from portal.datasets.cataloguing.triples import DCAT, DCATAP, HYDRA, SPDX
from tests.datasets.datasets_factory import V2, DatasetTestCase, make_dataset
from tests.factories import make_unit, make_user

FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
#: What the SHACL shapes of DCAT-AP 3 demand of each class, and what they wish of files.
MANDATORY = {
    DCAT.Catalog: [DCTERMS.title, DCTERMS.description, DCTERMS.publisher],
    DCAT.Dataset: [DCTERMS.title, DCTERMS.description],
    DCAT.DatasetSeries: [DCTERMS.title, DCTERMS.description],
    DCAT.Distribution: [DCAT.accessURL, DCTERMS.description, DCATAP.availability],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL],
    FOAF.Agent: [FOAF.name],
    SKOS.Concept: [SKOS.prefLabel],
}


def missing_in(graph):
    """Return what ``graph`` lacks of the mandatory properties."""
    return [
        (str(node), str(predicate))
        for kind, predicates in MANDATORY.items()
        for node in graph.subjects(RDF.type, kind)
        for predicate in predicates
        if graph.value(node, predicate) is None
    ]


class DcatTestCase(DatasetTestCase):
    def graph(self, url, form="turtle", **headers):
        answer = self.client.get(url, headers=headers)
        self.assertEqual(answer.status_code, 200, answer.content)
        return Graph().parse(data=answer.content, format=form)

    def catalogue(self, suffix="ttl"):
        return self.graph(reverse("catalogue_document", args=[suffix]), FORMATS[suffix])

    def described(self, code="dan-so", suffix="ttl"):
        return self.graph(reverse("dataset_document", args=[code, suffix]), FORMATS[suffix])


class CatalogueTests(DcatTestCase):
    def test_all_three_forms_say_the_same(self):
        self.publish()

        told = []
        for suffix in FORMATS:
            graph = self.catalogue(suffix)
            [view] = graph.subjects(RDF.type, HYDRA.PartialCollectionView)
            graph.remove((view, None, None))  # the page of the answer, which is each form's own
            graph.remove((None, None, view))
            told.append(set(graph))

        self.assertGreater(len(told[0]), 50)
        self.assertEqual(told[0], told[1])
        self.assertEqual(told[0], told[2])

    def test_nothing_mandatory_is_missing(self):
        self.publish()

        for graph in (self.catalogue(), self.described()):
            self.assertEqual(missing_in(graph), [])
            self.assertEqual(len(set(graph.subjects(RDF.type, DCAT.Distribution))), 5)

    def test_closed_datasets_are_left_out(self):
        make_dataset(self.unit, "noi-bo", sharing="internal")

        found = set(self.catalogue().objects(None, DCAT.dataset))

        self.assertEqual(found, {URIRef("http://testserver/du-lieu-tai/dan-so/")})

    def test_it_comes_in_pages_that_lead_on(self):
        for number in range(51):
            make_dataset(self.unit, f"bo-{number}")
        first = self.client.get(reverse("catalogue_document", args=["ttl"]))

        self.assertIn('/danh-muc-du-lieu/dcat.ttl?trang=2>; rel="next"', first["Link"])
        second = self.graph(reverse("catalogue_document", args=["ttl"]) + "?trang=2")
        self.assertEqual(len(set(second.objects(None, DCAT.dataset))), 2)
        self.assertEqual(
            self.client.get(reverse("catalogue_document", args=["ttl"]) + "?trang=3").status_code,
            404,
        )

    def test_it_costs_the_same_for_one_or_many_datasets(self):
        self.publish()
        self.catalogue()  # warm the site and content type caches
        with CaptureQueriesContext(connection) as one:
            self.catalogue()
        for number in range(5):
            dataset = make_dataset(make_unit(), f"bo-{number}")
            dataset.owner_unit = self.unit
            dataset.save()
            self.publish(dataset=dataset)

        with CaptureQueriesContext(connection) as many:
            self.catalogue()

        self.assertEqual(len(many), len(one), [q["sql"][:200] for q in many.captured_queries])


class NegotiationTests(DcatTestCase):
    def test_the_lasting_names_answer_as_they_are_asked(self):
        self.publish()
        names = [
            reverse("catalogue_resource"),
            reverse("dataset_resource", args=["dan-so"]),
            reverse("version_resource", args=["dan-so", 1]),
        ]
        for url in names:
            for accept, kind in (
                ("text/turtle", "text/turtle; charset=utf-8"),
                (
                    "application/rdf+xml;q=0.9, text/turtle;q=0.2",
                    "application/rdf+xml; charset=utf-8",
                ),
                ("application/ld+json", "application/ld+json; charset=utf-8"),
            ):
                with self.subTest(url=url, accept=accept):
                    answer = self.client.get(url, headers={"accept": accept})
                    self.assertEqual((answer.status_code, answer["Content-Type"]), (200, kind))
                    self.assertIn("Accept", answer["Vary"])

    def test_people_are_led_to_the_page(self):
        self.publish()
        url = reverse("version_resource", args=["dan-so", 1])

        answer = self.client.get(url, headers={"accept": "text/html,*/*;q=0.8"})

        self.assertEqual(answer.status_code, 303)
        self.assertEqual(answer["Location"], f"{self.dataset.get_url()}?phien-ban=1")

    def test_a_parameter_counts_more_than_what_the_browser_accepts(self):
        url = reverse("dataset_resource", args=["dan-so"]) + "?dinh-dang=rdf"

        answer = self.client.get(url, headers={"accept": "text/html"})

        self.assertEqual(answer["Content-Type"], "application/rdf+xml; charset=utf-8")

    def test_an_unknown_form_is_refused_with_the_known_ones(self):
        answer = self.client.get(reverse("catalogue_resource"), headers={"accept": "image/png"})

        self.assertContains(answer, "text/turtle", status_code=406)
        unknown = reverse("catalogue_document", args=["n3"])
        self.assertEqual(self.client.get(unknown).status_code, 404)

    def test_what_did_not_change_is_not_sent_again(self):
        url = reverse("dataset_document", args=["dan-so", "ttl"])
        etag = self.client.get(url)["ETag"]

        same = self.client.get(url, headers={"if-none-match": etag})
        self.publish()
        changed = self.client.get(url, headers={"if-none-match": etag})

        self.assertEqual((same.status_code, same.content), (304, b""))
        self.assertEqual(changed.status_code, 200)


class DatasetTests(DcatTestCase):
    def test_versions_follow_each_other(self):
        self.publish()
        self.publish(V2)
        base = "http://testserver/du-lieu-tai/dan-so/"

        graph = self.described()

        dataset, first, second = URIRef(base), URIRef(base + "1/"), URIRef(base + "2/")
        self.assertEqual(set(graph.objects(dataset, DCAT.hasVersion)), {first, second})
        self.assertEqual(graph.value(dataset, DCAT.hasCurrentVersion), second)
        self.assertEqual(graph.value(second, DCAT.previousVersion), first)
        self.assertEqual(str(graph.value(dataset, DCAT.version)), "2")

    def test_versions_of_different_periods_are_a_series(self):
        self.publish(period="2024")
        self.publish(V2, period="2025")

        graph = self.described()

        [series] = graph.subjects(RDF.type, DCAT.DatasetSeries)
        self.assertEqual(len(set(graph.subjects(DCAT.inSeries, series))), 2)
        self.assertEqual(
            str(graph.value(series, DCAT.last)), "http://testserver/du-lieu-tai/dan-so/2/"
        )

    def test_a_closed_unit_is_named_nowhere(self):
        self.publish()
        open_text = self.client.get(reverse("dataset_document", args=["dan-so", "ttl"])).content
        PageViewRestriction.objects.create(page=self.unit, restriction_type="login")

        for url in (
            reverse("dataset_document", args=["dan-so", "ttl"]),
            reverse("catalogue_document", args=["ttl"]),
        ):
            text = self.client.get(url).content.decode()
            self.assertIn("dcat:Dataset", text)
            for told in (self.unit.title, self.unit.code, self.unit.slug):
                self.assertIn(told, open_text.decode())
                self.assertNotIn(told, text)

    def test_a_withdrawn_version_has_no_files(self):
        self.publish()
        withdraw_version(self.publish(V2), user=make_user(Role.ADMINISTRATOR), note="Sai số liệu")

        graph = self.described()

        second = URIRef("http://testserver/du-lieu-tai/dan-so/2/")
        self.assertIsNone(graph.value(second, DCAT.distribution))
        self.assertEqual(missing_in(graph), [])

    def test_the_size_and_hash_are_those_of_the_file(self):
        self.publish()
        file = b"".join(self.client.get("/du-lieu-tai/dan-so/1.csv").streaming_content)

        graph = self.described()

        [csv] = graph.subjects(DCAT.byteSize, None)
        self.assertEqual(int(graph.value(csv, DCAT.byteSize)), len(file))
        checksum = graph.value(csv, SPDX.checksum)
        self.assertEqual(
            str(graph.value(checksum, SPDX.checksumValue)), hashlib.sha256(file).hexdigest()
        )
