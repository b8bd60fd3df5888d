"""What a dataset's page tells search engines."""

import json
import re

from wagtail.models import PageViewRestriction

from tests.datasets.datasets_factory import DatasetTestCase

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


class SchemaOrgTests(DatasetTestCase):
    def told(self, page=None):
        content = self.client.get((page or self.dataset).get_url()).content.decode()
        [script] = SCRIPT.findall(content)
        return json.loads(script)

    def test_the_page_says_what_the_dataset_is(self):
        self.publish()

        told = self.told()

        self.assertEqual((told["@type"], told["name"], told["version"]), ("Dataset", "Dân số", "1"))
        self.assertEqual(told["temporalCoverage"], "2025-01-01/2025-12-31")
        self.assertEqual(told["creator"]["name"], self.unit.title)
        self.assertIn(
            "http://testserver/du-lieu-tai/dan-so/1.csv",
            [each["contentUrl"] for each in told["distribution"]],
        )

    def test_hidden_columns_and_closed_units_are_not_named(self):
        self.publish()
        PageViewRestriction.objects.create(page=self.unit, restriction_type="login")

        told = self.told()

        self.assertEqual(
            [each["name"] for each in told["variableMeasured"]], ["Mã", "Tên", "Số lượng"]
        )
        self.assertNotIn(self.unit.title, json.dumps(told, ensure_ascii=False))

    def test_the_catalogue_is_a_catalogue(self):
        self.assertEqual(self.told(self.dataset.get_parent())["@type"], "DataCatalog")

    def test_pages_lead_to_their_other_forms(self):
        for page in (self.dataset, self.dataset.get_parent()):
            content = self.client.get(page.get_url())
            for kind in ("text/turtle", "application/ld+json", "application/rdf+xml"):
                self.assertContains(content, f'<link rel="alternate" type="{kind}"')
