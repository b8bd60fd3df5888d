"""Columns keep their identity, and a changed definition says what it does to published rows."""

from decimal import Decimal

from django.utils import translation

from portal.datasets.definitions.content import content_of
from portal.datasets.definitions.history import effects_on_published, keep_definition
from portal.datasets.imports.columns import TableSchema
from portal.datasets.manifests import table_file
from portal.datasets.models import DatasetColumn, DefinitionVersion, IndicatorCataloguePage
from portal.datasets.readers import Reader
from portal.datasets.schemas import schema_of
from portal.datasets.sights import sight_of
from tests.datasets.datasets_factory import make_indicator
from tests.datasets.test_definition import DefinitionCase
from tests.factories import make_index

RENAMED = "Mã,Tên,Số lượng,Ghi chú nội bộ\n01,Phường An Bình,15,mật một\n03,Xã Cửa Tùng,5,x\n"


class CountedOnceTests(DefinitionCase):
    def test_what_was_counted_for_the_question_is_not_counted_again(self):
        version = self.publish()
        old = content_of(self.dataset)
        self.dataset.columns.filter(name="ten").update(type="integer")
        dataset = type(self.dataset).objects.get(pk=self.dataset.pk)
        asked = (old, content_of(dataset), schema_of(dataset).columns)
        [first] = effects_on_published(dataset, *asked)
        table_file(version).unlink()

        self.assertEqual(effects_on_published(dataset, *asked), [first])
        self.assertEqual(first.count, 2)


class IdentityTests(DefinitionCase):
    def test_the_identity_goes_with_the_schema_and_comes_back(self):
        schema = schema_of(self.dataset)
        ids = list(self.dataset.columns.order_by("sort_order").values_list("column_id", flat=True))

        self.assertEqual([each.id for each in schema.columns], ids)
        self.assertEqual(
            [each.id for each in TableSchema.from_frictionless(schema.to_frictionless()).columns],
            ids,
        )

    def test_a_strangers_column_goes_by_its_name(self):
        schema = TableSchema.from_frictionless({"fields": [{"name": "ma"}]})

        self.assertEqual(schema.columns[0].id, "ma")

    def test_an_identity_cannot_be_overwritten(self):
        column = self.dataset.columns.get(name="ten")
        before, column.column_id = column.column_id, "khac"
        column.save()

        self.assertEqual(self.dataset.columns.get(name="ten").column_id, before)

    def test_renaming_is_no_difference_and_indicators_follow(self):
        make_index(IndicatorCataloguePage, "Chỉ tiêu")
        indicator = make_indicator(self.dataset)
        self.publish()
        response = self.post(self.columns(so_luong={"name": "tong_so"}))
        version = self.publish(RENAMED, period="2026")

        self.assertEqual(response.status_code, 302)
        self.assertEqual(version.difference["columns"], {"tong_so": 1})
        self.assertEqual((version.difference["added"], version.difference["changed"]), (1, 1))
        indicator.refresh_from_db()
        self.assertEqual(indicator.value_column, "tong_so")
        self.assertEqual(
            {value.period: value.value for value in indicator.values.current()},
            {"2025": Decimal(30), "2026": Decimal(20)},
        )

    def test_rows_are_merged_across_a_new_name(self):
        type(self.dataset).objects.filter(pk=self.dataset.pk).update(mode="upsert")
        self.dataset.refresh_from_db()
        self.publish()
        self.post(self.columns(so_luong={"name": "tong_so"}))
        self.dataset.refresh_from_db()
        version = self.publish(RENAMED, period="2026")

        self.assertEqual(version.row_count, 3)
        self.assertEqual(version.difference["unchanged"], 1)

    def test_a_column_withheld_today_stays_withheld_under_its_new_name(self):
        version = self.publish()
        self.post(self.columns(ten={"name": "ten_goi", "is_public": ""}))

        seen = [
            each.name for each in sight_of(Reader(self.anonymous), self.dataset, version).columns
        ]
        self.assertEqual(seen, ["ma", "so_luong"])


class VersionTests(DefinitionCase):
    def definitions(self):
        return DefinitionVersion.objects.filter(dataset=self.dataset.pk)

    def test_a_file_says_by_which_definition_it_was_checked(self):
        first = self.receive()
        self.post(self.columns(ten={"title": "Tên xã"}))
        second = self.receive(period="2026")

        self.assertEqual((first.definition.number, second.definition.number), (1, 2))
        with translation.override("vi"):
            self.assertIn("Tên xã", second.definition.changes[0])
        self.assertEqual(second.definition.made_by.username, "quan-tri")

    def test_what_did_not_change_is_no_new_version(self):
        first = keep_definition(self.dataset)
        self.post(self.columns(so_luong={"minimum": "0"}), title="Tên khác")

        self.assertEqual(keep_definition(self.dataset), first)

    def test_another_type_is_asked_about_with_counts_and_then_taken(self):
        self.publish()
        changed = self.columns(ten={"type": "integer"})
        response = self.post(changed)

        self.assertContains(response, "2 trong số 2 dòng đã công bố không đọc được theo kiểu mới")
        self.assertContains(response, "Phường An Bình")
        token = response.context["form"].fields["effect_is_known"].choices[0][0]
        self.assertEqual(self.post(changed, effect_is_known=token).status_code, 302)
        self.assertEqual(self.dataset.columns.get(name="ten").type, "integer")
        self.assertEqual(self.definitions().first().effects[0]["count"], 2)

    def test_an_outdated_confirmation_counts_for_nothing(self):
        self.publish()

        response = self.post(self.columns(ten={"type": "integer"}), effect_is_known="cu")
        self.assertContains(response, "không đọc được theo kiểu mới")

    def test_another_key_is_asked_about(self):
        self.publish("Mã,Tên,Số lượng,Ghi chú nội bộ\n01,A,10,\n02,A,20,\n")
        columns = self.columns(ten={"is_key": "on"})
        del columns[0]["is_key"]

        self.assertContains(self.post(columns), "2 trong số 2 dòng đã công bố trùng khóa")

    def test_a_column_that_goes_names_the_indicators_that_read_it(self):
        make_index(IndicatorCataloguePage, "Chỉ tiêu")
        make_indicator(self.dataset)
        self.publish()

        response = self.post(self.columns(so_luong={"DELETE": "on"}))
        self.assertContains(response, "2 trong số 2 dòng đã công bố có giá trị ở cột bị bỏ")
        self.assertContains(response, "được tính từ cột này")

    def test_stricter_rules_are_asked_about_only_when_rows_break_them(self):
        self.publish()

        self.assertContains(
            self.post(self.columns(so_luong={"minimum": "15"})),
            "1 trong số 2 dòng đã công bố không đáp ứng",
        )
        self.assertEqual(self.post(self.columns(so_luong={"minimum": "5"})).status_code, 302)

    def test_what_a_text_may_mean_twice_is_not_converted(self):
        self.publish("Mã,Tên,Số lượng,Ghi chú nội bộ\n01,1.205,1,\n02,12,2,\n")

        self.assertContains(self.post(self.columns(ten={"type": "decimal"})), "1 trong số 2 dòng")

    def test_old_values_of_another_type_are_compared_as_texts(self):
        self.publish("Mã,Tên,Số lượng,Ghi chú nội bộ\n01,12,1,\n02,abc,2,\n")
        DatasetColumn.objects.filter(dataset=self.dataset, name="ten").update(type="integer")
        version = self.receive("Mã,Tên,Số lượng,Ghi chú nội bộ\n01,12,1,\n02,13,2,\n")

        self.assertEqual(version.status, "checked")
        self.assertEqual(version.difference["columns"], {"ten": 1})
        self.assertEqual(version.difference["samples"][0]["cells"][0]["old"], "abc")


class RuleTests(DefinitionCase):
    def test_a_rule_between_columns_is_kept_and_checked(self):
        rule = {"expression": "so_luong >= 15", "title": "Ít nhất 15", "severity": "error"}
        self.assertEqual(self.post(self.columns(), rules=[rule]).status_code, 302)

        version = self.receive()
        self.assertEqual(version.status, "refused")
        self.assertEqual(version.report["rejected"], 1)

    def test_a_rule_about_no_column_is_refused_in_place(self):
        rule = {"expression": "tong = nam", "title": "", "severity": "error"}

        self.assertContains(
            self.post(self.columns(), rules=[rule]), "Cấu trúc dữ liệu không có cột “tong”"
        )
