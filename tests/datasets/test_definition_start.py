"""A definition starts from an example, a schema or a ready-made one, and can be tried."""

import json
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase, override_settings
from django.urls import reverse
from django.utils import translation

from portal.core.models.document import RenderedDocument
from portal.datasets.actions.definitions import define_dataset
from portal.datasets.blank_files import template_bytes
from portal.datasets.definitions.example import suggest_from
from portal.datasets.definitions.sources import (
    ready_for,
    ready_made,
    ready_schema,
    schema_from_text,
)
from portal.datasets.imports.columns import TableSchema
from portal.datasets.imports.schema_error import SchemaError
from portal.datasets.models import DatasetRule, DatasetVersion
from portal.datasets.schemas import schema_of
from tests.datasets.datasets_factory import WRONG, csv_file
from tests.datasets.test_definition import DefinitionCase
from tests.web_server import Answer, web_server

EXAMPLE = (
    "BÁO CÁO TÌNH HÌNH;;;;;;\n\n"
    "Mã xã;Tên xã;Ngày báo cáo;Số hộ;Tỷ lệ (%);Đạt chuẩn;Kinh phí\n"
    "00123;An Bình;05/03/2026;1.205;87,5;có;1.500.000\n"
    "00124;Bình Minh;31/12/2026;7;12;không;2.000.000\n"
    "00125;Cửa Tùng;01/01/2026;12;50;có;\n"
)


class ExampleTests(SimpleTestCase):
    def suggest(self, text):
        with tempfile.TemporaryDirectory() as folder, translation.override("vi"):
            path = Path(folder) / "vi-du"
            path.write_text(text, encoding="utf-8")
            return {each.column.name: each for each in suggest_from(path)}

    def test_types_are_suggested_with_their_evidence(self):
        found = self.suggest(EXAMPLE)

        self.assertEqual(
            {name: each.column.type for name, each in found.items()},
            {
                "ma_xa": "code", "ten_xa": "text", "ngay_bao_cao": "date", "so_ho": "integer",
                "ty_le": "percent", "dat_chuan": "boolean", "kinh_phi": "money",
            },
        )  # fmt: skip
        self.assertEqual(found["ngay_bao_cao"].evidence, "3 trong 3 giá trị là ngày.")
        self.assertEqual(found["ma_xa"].samples, ["00123", "00124", "00125"])
        self.assertIn("số 0 ở đầu", found["ma_xa"].doubts[0])
        self.assertIn("1.205", found["so_ho"].doubts[0])
        self.assertEqual(
            (found["ngay_bao_cao"].column.required, found["kinh_phi"].column.required),
            (True, False),
        )

    def test_a_type_with_few_exceptions_names_the_first(self):
        rows = "\n".join(["05/03/2026"] * 19 + ["chưa rõ"])
        found = self.suggest(f"Ngày\tTên\n{rows}\n".replace("\n", "\tA\n").replace("Tên\tA", "Tên"))

        self.assertEqual(found["ngay"].column.type, "date")
        self.assertIn("chưa rõ", found["ngay"].doubts[0])

    def test_few_different_texts_may_become_a_list(self):
        lines = "\n".join(f"{place};{'Đạt' if place % 2 else 'An toàn'}" for place in range(24))
        found = self.suggest(f"Số;Mức\n{lines}\n")

        self.assertEqual(found["muc"].choices, ["An toàn", "Đạt"])
        self.assertEqual(found["so"].choices, [])

    def test_a_day_that_does_not_exist_is_no_day(self):
        self.assertEqual(self.suggest("Ngày,Tên\n31/02/2026,A\n")["ngay"].column.type, "text")


class SourceTests(SimpleTestCase):
    def test_a_ckan_dictionary_becomes_columns(self):
        schema = schema_from_text(
            json.dumps(
                {
                    "fields": [
                        {"id": "_id", "type": "int"},
                        {"id": "So_Ho", "type": "int4", "info": {"label": "Số hộ", "notes": "x"}},
                        {"id": "ngay", "type": "text", "info": {"type_override": "timestamp"}},
                    ]
                }
            )
        )

        self.assertEqual(
            [(each.name, each.title, each.type) for each in schema.columns],
            [("so_ho", "Số hộ", "integer"), ("ngay", "ngay", "datetime")],
        )

    def test_what_is_no_schema_is_refused_with_a_sentence(self):
        for text in ("{", "[]", '{"fields": 3}', "[" * 100_000, "null"):
            with self.subTest(text=text[:9]), self.assertRaises(SchemaError):
                schema_from_text(text)

    def test_every_ready_made_definition_can_be_used(self):
        self.assertEqual(len(ready_made()), 8)
        for key, *_rest in ready_made():
            with self.subTest(key):
                schema = ready_schema(key)
                self.assertTrue(schema.keys)
                self.assertEqual(
                    TableSchema.from_frictionless(schema.to_frictionless()).columns, schema.columns
                )

    def test_a_duty_is_offered_what_it_names(self):
        self.assertEqual(ready_for("Báo cáo kết quả xử lý phản ánh, kiến nghị"), "xu-ly-phan-anh")
        self.assertEqual(ready_for("Tổ chức lớp tập huấn"), "lop-tap-huan")
        self.assertEqual(ready_for("Quyết định nâng lương"), "")


class StartTests(DefinitionCase):
    def start(self, **data):
        return self.client.post(reverse("datasets:start_definition", args=[self.dataset.pk]), data)

    def posted(self, response):
        """Return the form of the suggested columns as a browser would send it."""
        formset = response.context["formset"]
        data = {"schema": response.context["schema"]}
        prefix = formset.management_form.prefix
        data |= {f"{prefix}-{key}": value for key, value in formset.management_form.initial.items()}
        for form in formset.forms:
            for field in form:
                value = field.value()
                data |= {field.html_name: "on" if value is True else value} if value else {}
        return data

    def test_an_example_is_corrected_and_goes_into_the_draft_only(self):
        file = SimpleUploadedFile("vi-du.csv", EXAMPLE.encode())
        shown = self.start(file=file)
        self.assertContains(shown, "3 trong 3 giá trị là ngày.")
        data = self.posted(shown)
        data["form-0-is_key"], data["form-3-type"] = "on", "decimal"
        del data["form-6-taken"]
        response = self.start(**data)

        self.assertRedirects(
            response, reverse("wagtailadmin_pages:edit", args=[self.dataset.pk]),
            fetch_redirect_response=False,
        )  # fmt: skip
        draft = type(self.dataset).objects.get().get_latest_revision_as_object()
        columns = [(each.name, each.type, each.is_key) for each in draft.columns.all()]
        self.assertEqual(columns[0], ("ma_xa", "code", True))
        self.assertEqual(columns[3], ("so_ho", "decimal", False))
        self.assertEqual(len(columns), 6)
        self.assertEqual(self.dataset.columns.count(), 4)

    def test_a_ready_made_definition_brings_lists_and_rules(self):
        self.start(**self.posted(self.start(ready="lop-tap-huan")))

        draft = type(self.dataset).objects.get().get_latest_revision_as_object()
        self.assertEqual(len(draft.rules.all()), 2)
        draft.save_revision().publish()
        self.dataset.refresh_from_db()
        schema = schema_of(self.dataset)
        self.assertEqual(schema.column("hinh_thuc").codes["ket-hop"], "Kết hợp")
        self.assertEqual(schema.mode, "upsert")
        self.assertTrue(template_bytes(self.dataset, "xlsx").startswith(b"PK"))

    @override_settings(PORTAL_FETCH_ALLOWED=["127.0.0.1/32"])
    def test_a_dataset_of_another_portal_gives_its_columns(self):
        schema = json.dumps(ready_schema(ready_made()[0][0]).to_frictionless()).encode()
        routes = {
            "/du-lieu-tai/dan-so/cau-truc.json": Answer(schema, kind="application/json"),
            "/du-lieu-tai/khac/cau-truc.json": Answer(b"<html>", kind="text/html"),
        }
        with web_server(routes) as there:
            shown = self.start(address=f"{there.address}/du-lieu/dan-so/")
            missing = self.start(address=f"{there.address}/du-lieu/khong-co/")
            other = self.start(address=f"{there.address}/du-lieu/khac/")

        columns = ready_schema(ready_made()[0][0]).columns
        names = [form["name"].value() for form in shown.context["formset"].forms]
        self.assertEqual(names, [column.name for column in columns])
        for refused in (missing, other, self.start(address="https://ioc.vidu.vn/gioi-thieu/")):
            [sentence] = refused.context["form"].errors["address"]
            self.assertGreater(len(sentence), 20)

    def test_addresses_within_are_not_asked(self):
        with web_server() as inside:
            refused = self.start(address=f"{inside.address}/du-lieu/dan-so/")

        self.assertIn("address", refused.context["form"].errors)
        self.assertEqual(inside.asked, [])

    def test_unreadable_files_are_refused_in_place(self):
        for name, content in (("a.json", b"{"), ("a.csv", b""), ("a.xlsx", b"PK\x03\x04oops")):
            with self.subTest(name):
                response = self.start(file=SimpleUploadedFile(name, content or b" "))
                self.assertEqual(response.status_code, 200)
                self.assertTrue(response.context["form"].errors)

    def test_a_list_is_made_of_the_values_that_a_person_confirms(self):
        lines = "".join(f"{place};{'Tốt' if place % 2 else 'Khá'}\n" for place in range(24))
        data = self.posted(self.start(file=csv_file(f"Số;Mức\n{lines}")))
        self.assertEqual(data["form-1-choices"], "Khá\nTốt")
        data |= {"form-1-as_choice": "on", "form-1-choices": "Khá\r\nTốt\r\n\r\nYếu"}
        self.start(**data)

        draft = type(self.dataset).objects.get().get_latest_revision_as_object()
        column = draft.columns.get(name="muc")
        self.assertEqual(column.type, "choice")
        items = list(column.code_list.items.values_list("code", flat=True))
        self.assertEqual(items, ["Khá", "Tốt", "Yếu"])

    def test_a_choice_without_values_is_refused_in_place(self):
        data = self.posted(self.start(file=csv_file("Số;Mức\n1;Tốt\n")))

        self.assertContains(self.start(**{**data, "form-1-type": "choice"}), "danh mục mã")

    def test_a_draft_leaves_the_list_of_the_published_definition_alone(self):
        schema = {"fields": [{"name": "muc", "constraints": {"enum": ["a", "b"]}}]}
        define_dataset("dan-so", TableSchema.from_frictionless(schema), unit=self.unit)
        schema["fields"][0]["constraints"]["enum"] = ["a", "c"]
        file = SimpleUploadedFile("a.json", json.dumps(schema).encode())
        self.start(**self.posted(self.start(file=file)))

        page = type(self.dataset).objects.get()
        self.assertEqual(list(schema_of(page).column("muc").codes), ["a", "b"])
        draft = page.get_latest_revision_as_object().columns.get()
        self.assertEqual([each.code for each in draft.code_list.items.all()], ["a", "c"])

    def test_a_sample_is_checked_and_nothing_kept(self):
        address = reverse("datasets:try_definition", args=[self.dataset.pk])
        response = self.client.post(address, {"file": csv_file(WRONG)})

        self.assertContains(response, "mười")
        self.assertEqual(response.context["report"]["rejected"], 1)
        self.assertContains(self.client.post(address, {"file": csv_file()}), "Phường An Bình")
        self.assertFalse(DatasetVersion.objects.exists())

    def test_only_editors_of_the_page_start_and_try(self):
        self.client.force_login(self.officer)
        for name in ("start_definition", "try_definition"):
            response = self.client.get(reverse(f"datasets:{name}", args=[self.dataset.pk]))
            self.assertEqual(response.status_code, 404)


class PaperTests(DefinitionCase):
    def test_readers_get_the_schema_without_internal_columns_and_their_rules(self):
        DatasetRule.objects.create(dataset=self.dataset, expression="ghi_chu = ten")
        DatasetRule.objects.create(dataset=self.dataset, expression="so_luong >= 0")
        address = reverse("dataset_schema", args=[self.dataset.code])
        inside = self.client.get(address).json()
        self.client.logout()
        outside = self.client.get(address).json()

        self.assertEqual([each["name"] for each in outside["fields"]], ["ma", "ten", "so_luong"])
        self.assertEqual(
            [each["expression"] for each in outside["portal"]["rules"]], ["so_luong >= 0"]
        )
        self.assertNotIn("ghi_chu", json.dumps(outside))
        self.assertEqual(len(inside["fields"]), 4)

    def test_the_paper_names_what_the_reader_may_see(self):
        self.client.logout()
        self.client.get(reverse("dataset_structure", args=[self.dataset.code]))

        source = RenderedDocument.objects.get().source
        self.assertIn("Cấu trúc dữ liệu trao đổi", source)
        self.assertIn("Số lượng", source)
        self.assertNotIn("Ghi chú nội bộ", source)

    def test_a_dataset_for_named_units_has_no_structure_for_others(self):
        type(self.dataset).objects.update(sharing="named")
        self.client.logout()
        for name in ("dataset_schema", "dataset_structure"):
            response = self.client.get(reverse(name, args=[self.dataset.code]))
            self.assertEqual(response.status_code, 404)
