"""The API answers as its document says; its document names everything once."""

from collections import Counter

from django.test import Client, SimpleTestCase, TestCase
from django.urls import reverse
from jsonschema import Draft202012Validator
from ninja import Schema

from tests.small_site import build_small_site
from tests.urls_table import ADDRESSES

#: The document itself, and the root that answers nothing.
NOT_DESCRIBED = {"api:openapi-json", "api:api-root"}


def all_below(kind):
    """Yield the classes below ``kind``."""
    for each in kind.__subclasses__():
        yield each
        yield from all_below(each)


class NamesTests(SimpleTestCase):
    def test_no_two_schemas_have_one_name(self):
        """In the document one of them would stand for both."""
        names = Counter(
            each.__name__ for each in all_below(Schema) if each.__module__.startswith("portal.")
        )

        self.assertGreater(len(names), 30)
        self.assertEqual([name for name, count in names.items() if count > 1], [])


class AnswersTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = build_small_site(cls)
        cls.document = Client().get("/api/v1/openapi.json").json()

    def test_the_document_speaks_vietnamese(self):
        """Each operation has a sentence of its own in the catalogue, and no word for coders."""
        said = [self.document["info"]["title"], self.document["info"]["description"]]
        for operation in self._gets():
            said += [operation["summary"], *filter(None, [operation.get("description")])]
        self.assertGreater(len(said), 40)
        self.assertEqual([each for each in said if each.isascii()], [])
        schemas = self.document["components"]["schemas"].values()
        self.assertEqual([each for each in schemas if "description" in each], [])

    def test_an_address_of_no_operation_refuses_as_all_do(self):
        for address in ("khong-co/", "hop/-1/", "du-lieu/a/phien-ban/1/dong/-1/nguon-goc/"):
            answer = self.client.get(f"/api/v1/{address}")
            self.assertEqual((answer.status_code, answer.json()), (404, {"detail": "Not Found"}))

    def test_an_address_without_its_last_stroke_is_led_to_the_one_with_it(self):
        answer = self.client.get("/api/v1/du-lieu?x=1")

        self.assertRedirects(answer, "/api/v1/du-lieu/?x=1", status_code=301)

    def test_no_list_is_asked_further_than_the_database_counts(self):
        for address in ("hop/", "hop/nhiem-vu/", "bao-cao/", "bao-cao/ky/"):
            answer = self.client.get(f"/api/v1/{address}?offset={2**63}")
            self.assertEqual(answer.status_code, 422)

    def described(self, name, status):
        """Return the schema of an answer, None for one that is no JSON of the document."""
        [operation] = [each for each in self._gets() if each["operationId"].endswith(f"_{name}")]
        responses = operation["responses"]
        told = responses.get(str(status)) or responses[f"{str(status)[0]}XX"]
        schema = told.get("content", {}).get("application/json", {}).get("schema")
        return schema and {**schema, "components": self.document["components"]}

    def _gets(self):
        return [path["get"] for path in self.document["paths"].values() if "get" in path]

    def test_each_answer_is_as_described(self):
        checked = set()
        for name, address in ADDRESSES.items():
            if not name.startswith("api:"):
                continue
            for who in ("anonymous", "administrator"):
                user = self.site.people[who]
                self.client.logout()
                if user is not None:
                    self.client.force_login(user)
                url = reverse(name, kwargs=address.kwargs(self.site))
                answer = self.client.get(f"{url}{address.query}")
                if "json" not in answer.headers["Content-Type"] or name in NOT_DESCRIBED:
                    continue
                with self.subTest(name, who=who, status=answer.status_code):
                    schema = self.described(name.partition(":")[2], answer.status_code)
                    if schema:
                        checked.add(name)
                        faults = Draft202012Validator(schema).iter_errors(answer.json())
                        self.assertEqual([fault.message for fault in faults], [])
        self.assertGreater(len(checked), 25)
