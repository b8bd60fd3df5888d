"""Indicators and code lists come in and go out as files."""

from django.core.exceptions import PermissionDenied
from django.test import TestCase

from portal.core.roles import Role
from portal.core.tables import actions
from portal.datasets.models import (
    CodeList,
    CodeListItem,
    IndicatorCataloguePage,
    IndicatorPage,
)
from portal.datasets.models.indicator import IndicatorGroup
from portal.home.role_groups import grant_page_rights
from tests.factories import make_home, make_index, make_unit, make_user
from tests.units.table_imports import exported, kinds, messages, send, take_in


class IndicatorTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        cls.unit = make_unit("Sở Y tế", code="SYT")
        cls.catalogue = make_index(IndicatorCataloguePage, "Chỉ tiêu")
        IndicatorGroup.objects.create(catalogue=cls.catalogue, code="A", title="Kinh tế")
        cls.indicator = cls.catalogue.add_child(
            instance=IndicatorPage(title="Tăng trưởng", code="KT1", target="7.5")
        )

    def test_indicators_come_in_and_go_back(self):
        rows = [
            ["Mã chỉ tiêu", "Tên", "Nhóm", "owner_unit", "Mục tiêu"],
            ["KT1", "Tăng trưởng GRDP", "A", "SYT", "8,25"],
            ["KT2", "Thu ngân sách", "A", "", ""],
        ]

        kept = take_in("chi-tieu", rows, self.admin)

        self.assertEqual(kinds(kept), ["changed", "new"])
        self.indicator.refresh_from_db()
        self.assertEqual(self.indicator.group.code, "A")
        self.assertEqual(str(self.indicator.target.normalize()), "8.25")
        self.assertEqual(self.indicator.owner_unit, self.unit)
        actions.undo(kept, user=self.admin)
        self.indicator.refresh_from_db()
        self.assertEqual((self.indicator.title, self.indicator.group), ("Tăng trưởng", None))
        self.assertEqual(IndicatorPage.objects.count(), 1)

    def test_the_export_changes_nothing(self):
        for suffix in ("csv", "xlsx"):
            content = exported("chi-tieu", self.admin, suffix)
            kept = send("chi-tieu", content, self.admin, f"a.{suffix}")
            self.assertEqual((messages(kept), kinds(kept)), ([], ["unchanged"]))

    def test_a_group_that_the_catalogue_lacks_is_refused(self):
        kept = send("chi-tieu", [["code", "group"], ["KT1", "Z"]], self.admin)

        self.assertEqual(kinds(kept), ["faulty"])


class CodeListTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.admin = make_user(Role.ADMINISTRATOR)
        cls.list = CodeList.objects.create(code="xa", title="Xã")
        CodeListItem.objects.create(code_list=cls.list, code="00123", label="Phường Đông An")

    HEAD = ["Mã danh mục", "Mã", "Nhãn"]

    def test_items_come_in_and_go_back(self):
        kept = take_in(
            "muc-danh-muc-ma",
            [self.HEAD, ["xa", "00123", "Phường Đông"], ["xa", "00124", "=cmd|' /C calc'!A0"]],
            self.admin,
        )

        self.assertEqual(
            dict(CodeListItem.objects.values_list("code", "label")),
            {"00123": "Phường Đông", "00124": "=cmd|' /C calc'!A0"},
        )
        actions.undo(kept, user=self.admin)
        self.assertEqual(CodeListItem.objects.get().label, "Phường Đông An")

    def test_exports_keep_zeros_and_put_formulas_to_sleep(self):
        CodeListItem.objects.create(code_list=self.list, code="00124", label="=1+1")

        content = exported("muc-danh-muc-ma", self.admin)

        self.assertTrue(content.startswith(b"\xef\xbb\xbf"))
        self.assertIn(b"xa;00124;'=1+1", content)
        for suffix in ("csv", "xlsx"):
            kept = send(
                "muc-danh-muc-ma",
                exported("muc-danh-muc-ma", self.admin, suffix),
                self.admin,
                f"a.{suffix}",
            )
            self.assertEqual((messages(kept), set(kinds(kept))), ([], {"unchanged"}))

    def test_a_list_is_not_deleted_while_it_has_items(self):
        kept = take_in("danh-muc-ma", [["code", "title"], ["moi", "Mới"]], self.admin)
        CodeListItem.objects.create(code_list=CodeList.objects.get(code="moi"), code="1", label="x")

        with self.assertRaises(actions.UndoRefused):
            actions.undo(kept, user=self.admin)

    def test_who_may_only_look_brings_nothing_in(self):
        head = make_user(Role.UNIT_HEAD, unit=make_unit())

        with self.assertRaises(PermissionDenied):
            send("danh-muc-ma", [["code", "title"], ["moi", "Mới"]], head)
