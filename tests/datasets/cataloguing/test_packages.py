"""Data packages: they describe the file as it is, to those who may have it."""

import csv
import hashlib
import io

from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.datasets.datasets_factory import DatasetTestCase, make_dataset

COLUMNS = (
    ("ma", "Mã", "code", {"is_key": True, "required": True, "max_length": 3}),
    ("ngay", "Ngày", "date", {"earliest": "2025-01-01"}),
    ("ty_le", "Tỷ lệ (%)", "percent", {"minimum": 0, "maximum": 100}),
    ("dat", "Đạt", "boolean", {}),
    ("so", "Số", "integer", {"minimum": 5, "severity": "warning"}),
    ("kin", "Kín", "text", {"is_public": False}),
)
ROWS = 'Mã,Ngày,Tỷ lệ (%),Đạt,Số,Kín\n01,31/01/2025,"12,5",có,3,x\n+84,1/2/2025,100,không,9,y\n'


class PackageTests(DatasetTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.other = make_dataset(cls.unit, "ty-le", columns=COLUMNS, title="Tỷ lệ")

    def setUp(self):
        self.publish(ROWS, dataset=self.other)

    def package(self):
        return self.client.get(reverse("data_package", args=["ty-le"])).json()

    def file(self, package):
        [resource] = package["resources"]
        answer = self.client.get(resource["path"])
        return resource, b"".join(answer.streaming_content)

    def fields(self):
        return {
            each["portal"]["name"]: each
            for each in self.package()["resources"][0]["schema"]["fields"]
        }

    def test_bytes_and_hash_are_those_of_the_file(self):
        resource, content = self.file(self.package())

        self.assertEqual(resource["bytes"], len(content))
        self.assertEqual(resource["hash"], f"sha256:{hashlib.sha256(content).hexdigest()}")

    def test_the_fields_are_the_head_of_the_file(self):
        resource, content = self.file(self.package())
        lines = csv.reader(
            io.StringIO(content.decode("utf-8-sig")), delimiter=resource["dialect"]["delimiter"]
        )

        self.assertEqual([each["name"] for each in resource["schema"]["fields"]], next(lines))

    def test_lines_end_as_the_package_says(self):
        resource, content = self.file(self.package())

        self.assertEqual(content.decode().count(resource["dialect"]["lineTerminator"]), 3)

    def test_types_are_told_as_they_are_written(self):
        fields = self.fields()

        self.assertEqual(fields["ty_le"]["decimalChar"], ",")
        self.assertEqual(fields["ngay"]["format"], "%d/%m/%Y")
        self.assertEqual(fields["dat"]["trueValues"], ["1"])
        self.assertNotIn("kin", fields)

    def test_a_rule_that_rows_break_is_not_claimed(self):
        fields = self.fields()

        self.assertNotIn("constraints", fields["so"])  # the rule only warned, and a row breaks it
        self.assertEqual(fields["ty_le"]["constraints"], {"minimum": "0", "maximum": "100"})
        self.assertEqual(fields["ma"]["constraints"], {"required": True, "maxLength": 4})

    def test_a_hidden_key_is_no_key(self):
        self.assertEqual(self.package()["resources"][0]["schema"]["primaryKey"], ["Mã"])

        self.other.columns.filter(name="ma").update(is_public=False)

        self.assertNotIn("primaryKey", self.package()["resources"][0]["schema"])

    def test_rows_that_are_closed_have_no_package(self):
        self.other.sharing = "internal"
        self.other.save()

        answer = self.client.get(reverse("data_package", args=["ty-le"]))

        self.assertEqual(answer.status_code, 404)

    def test_codes_of_closed_units_are_not_listed(self):
        columns = [("don_vi", "Đơn vị", "unit", {"is_key": True, "required": True})]
        dataset = make_dataset(self.unit, "theo-don-vi", columns=columns)
        self.publish(f"Đơn vị\n{self.unit.code}\n", dataset=dataset)
        url = reverse("data_package", args=["theo-don-vi"])
        open_text = self.client.get(url).content.decode()
        PageViewRestriction.objects.create(page=self.unit, restriction_type="login")

        closed_text = self.client.get(url).content.decode()

        self.assertIn("enum", open_text)
        self.assertNotIn("enum", closed_text)
        self.assertNotIn(self.unit.title, closed_text)
