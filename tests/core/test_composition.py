"""Decomposed text comes in, composed text is stored, wherever it comes in."""

import unicodedata

from django.test import TestCase

from portal.regulations.models import ArticlePage, RegulationImport
from portal.units.models import UnitPage, UnitResponsibility
from tests.factories import make_article, make_unit

COMPOSED = "Ủy ban nhân dân phường Hòa Bình"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


class Composition(TestCase):
    def test_the_texts_of_a_page(self):
        unit = make_unit(DECOMPOSED, short_names=DECOMPOSED)
        unit.refresh_from_db()
        self.assertNotEqual(DECOMPOSED, COMPOSED)
        self.assertEqual((unit.title, unit.short_names), (COMPOSED, COMPOSED))

    def test_what_hangs_on_a_page(self):
        unit = make_unit()
        unit.responsibilities.add(UnitResponsibility(text=DECOMPOSED))
        unit.save()
        self.assertEqual(UnitResponsibility.objects.get().text, COMPOSED)

    def test_the_clauses_inside_a_stream(self):
        points = [{"label": "a", "text": DECOMPOSED}]
        clause = {"type": "clause", "value": {"number": "1", "text": DECOMPOSED, "points": points}}
        article = make_article(clauses=[clause])
        stored = ArticlePage.objects.get(pk=article.pk).structure().clauses[0]
        self.assertEqual((stored.text, stored.points[0].text), (COMPOSED, COMPOSED))
        self.assertEqual(stored.points[0].label, "a")

    def test_a_draft_that_is_not_published_yet(self):
        unit = make_unit()
        unit.title = DECOMPOSED
        revision = unit.save_revision()
        self.assertEqual(revision.as_object().title, COMPOSED)
        self.assertNotEqual(UnitPage.objects.get(pk=unit.pk).title, COMPOSED)

    def test_what_must_stay_as_it_came_does(self):
        brought_in = RegulationImport.objects.create(source_text=DECOMPOSED, sha256="x", parsed={})
        brought_in.refresh_from_db()
        self.assertEqual(brought_in.source_text, DECOMPOSED)
