"""What the page editor refuses in the definition of a dataset."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from portal.datasets.models import CodeList, CodeListItem, DatasetColumn
from portal.datasets.schemas import schema_of
from tests.datasets.datasets_factory import DatasetTestCase
from tests.factories import make_unit

STAYS = "This stays as it is: versions with it have been published."


class DefinitionCase(DatasetTestCase):
    """An administrator posts the form of the dataset's page."""

    anonymous = AnonymousUser()

    def setUp(self):
        self.client.force_login(
            get_user_model().objects.create_superuser("quan-tri", password="mat-khau")
        )
        self.address = reverse("wagtailadmin_pages:edit", args=[self.dataset.pk])

    def columns(self, **changes):
        """Return the columns as the editor posts them, ``changes`` by the column's name."""
        rows = []
        for column in self.dataset.columns.order_by("sort_order"):
            row = {
                "id": column.pk,
                "name": column.name,
                "title": column.title,
                "type": column.type,
                "severity": column.severity,
                "ORDER": column.sort_order,
            }
            for flag in ("required", "is_key", "unique", "is_public"):
                if getattr(column, flag):
                    row[flag] = "on"
            rows.append({**row, **changes.get(column.name, {})})
        return rows

    def post(self, columns, *, rules=(), **changes):
        fields = (
            "title",
            "slug",
            "code",
            "sharing",
            "frequency",
            "first_period",
            "due_in",
            "mode",
            "weekend",
        )
        data = nested_form_data(
            {
                **{name: getattr(self.dataset, name) for name in fields},
                "owner_unit": self.unit.pk,
                "grace_days": 0,
                "description": rich_text("<p>Mô tả</p>"),
                "columns": inline_formset(columns, initial=len(self.dataset.columns.all())),
                "rules": inline_formset(rules),
                "comments": inline_formset([]),
                "action-publish": "1",
                **changes,
            }
        )
        return self.client.post(self.address, data)

    def assert_refused(self, response, words):
        self.assertContains(response, escape(gettext(words)))


class DefinitionTests(DefinitionCase):
    def test_a_right_definition_is_published(self):
        response = self.post(self.columns(ten={"title": "Tên xã"}))

        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.dataset.columns.get(name="ten").title, "Tên xã")

    def test_a_choice_needs_a_code_list(self):
        self.assert_refused(
            self.post(self.columns(ten={"type": "choice"})), "A choice needs a code list."
        )

    def test_two_columns_do_not_share_an_identifier(self):
        response = self.post(self.columns(ten={"name": "ma"}))

        self.assertEqual(response.status_code, 200)
        self.assertTrue(self.dataset.columns.filter(name="ten").exists())

    def test_changing_rows_needs_a_key(self):
        columns = self.columns()
        del columns[0]["is_key"]

        self.assert_refused(
            self.post(columns, mode="upsert"), "Rows can be changed only when a column is the key."
        )

    def test_the_first_period_fits_the_frequency(self):
        self.assert_refused(
            self.post(self.columns(), first_period="2024-Q1"),
            "The first period does not fit the frequency.",
        )
        self.assert_refused(self.post(self.columns(), first_period="hôm qua"), "hôm qua")

    def test_the_code_stays_once_a_version_is_published(self):
        self.publish()

        self.assert_refused(self.post(self.columns(), code="khac"), STAYS)

    def test_no_dataset_is_copied(self):
        self.client.get(reverse("wagtailadmin_pages:copy", args=[self.dataset.pk]))

        self.assertEqual(type(self.dataset).objects.count(), 1)


class SchemaTests(DatasetTestCase):
    def test_the_schema_holds_aliases_lists_and_plain_limits(self):
        code_list = CodeList.objects.create(code="loai", title="Loại")
        CodeListItem.objects.create(code_list=code_list, code="1", label="Loại một")
        DatasetColumn.objects.create(
            dataset=self.dataset, sort_order=9, name="loai", title="Loại", type="choice",
            code_list=code_list, aliases="Phân loại\n\n Nhóm ",
        )  # fmt: skip

        schema = schema_of(self.dataset)

        self.assertEqual(schema.column("loai").codes, {"1": "Loại một"})
        self.assertEqual(schema.column("loai").aliases, ("Phân loại", "Nhóm"))
        self.assertEqual(str(schema.column("so_luong").minimum), "0")
        self.assertEqual([column.name for column in schema.keys], ["ma"])

    def test_a_unit_column_takes_the_directory(self):
        unit = make_unit("Sở Xây dựng", code="SXD")
        self.dataset.columns.filter(name="ten").update(type="unit")

        self.assertEqual(schema_of(self.dataset).column("ten").codes["SXD"], unit.title)
