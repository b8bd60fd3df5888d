"""Units, focal points, people and duties come in and go out as files."""

from django.test import TestCase

from portal.core.models import TableImport
from portal.core.roles import Role
from portal.core.tables import actions
from portal.home.role_groups import grant_page_rights
from portal.units.models import FocalPoint, Membership, Obligation, UnitPage
from tests.factories import (
    make_article,
    make_home,
    make_provision,
    make_regulation,
    make_unit,
    make_user,
)
from tests.units.table_imports import exported, kinds, messages, send, take_in

Status = TableImport.Status
HEAD = ["Mã đơn vị", "Tên"]


class UnitTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        cls.health = make_unit("Sở Y tế", code="SYT", phone="0123", short_names="Y tế\nSYT")
        cls.health.save_revision().publish()
        cls.province = make_unit("Ủy ban nhân dân tỉnh", code="UBND")

    def test_a_row_is_new_changed_or_unchanged(self):
        kept = send(
            "don-vi",
            [HEAD, ["SYT", "Sở Y tế"], ["UBND", "UBND tỉnh"], ["STC", "Sở Tài chính"]],
            self.admin,
        )

        self.assertEqual(messages(kept), [])
        self.assertEqual(kinds(kept), ["unchanged", "changed", "new"])
        self.assertEqual(kept.status, Status.READY)
        self.assertFalse(UnitPage.objects.filter(code="STC").exists())

    def test_confirming_writes_a_published_revision(self):
        kept = take_in(
            "don-vi", [HEAD, ["SYT", "Sở Y tế tỉnh"], ["STC", "Sở Tài chính"]], self.admin
        )

        self.assertEqual(kept.status, Status.APPLIED)
        self.health.refresh_from_db()
        self.assertEqual(self.health.title, "Sở Y tế tỉnh")
        self.assertEqual(self.health.live_revision_id, self.health.latest_revision_id)
        self.assertEqual(self.health.latest_revision.user, self.admin)
        self.assertEqual(self.health.phone, "0123")
        new = UnitPage.objects.get(code="STC")
        self.assertTrue(new.live)
        self.assertEqual(new.slug, "so-tai-chinh")

    def test_undo_restores_and_deletes(self):
        kept = take_in(
            "don-vi", [HEAD, ["SYT", "Sở Y tế tỉnh"], ["STC", "Sở Tài chính"]], self.admin
        )

        kept = actions.undo(kept, user=self.admin)

        self.assertEqual(kept.status, Status.UNDONE)
        self.health.refresh_from_db()
        self.assertEqual(self.health.title, "Sở Y tế")
        self.assertEqual(self.health.get_latest_revision_as_object().title, "Sở Y tế")
        self.assertFalse(UnitPage.objects.filter(code="STC").exists())

    def test_undo_is_refused_when_something_changed_since(self):
        kept = take_in(
            "don-vi", [HEAD, ["SYT", "Sở Y tế tỉnh"], ["STC", "Sở Tài chính"]], self.admin
        )
        self.health.refresh_from_db()
        self.health.phone = "999"
        self.health.save_revision(user=self.admin).publish(user=self.admin)
        make_user(Role.DATA_OFFICER, unit=UnitPage.objects.get(code="STC"))

        with self.assertRaises(actions.UndoRefused) as caught:
            actions.undo(kept, user=self.admin)

        self.assertEqual(len(caught.exception.reasons), 2)
        self.assertTrue(UnitPage.objects.filter(code="STC").exists())

    def test_a_unit_may_be_part_of_one_that_stands_below_it_in_the_file(self):
        rows = [
            [*HEAD, "Trực thuộc"],
            ["P1", "Phòng 1", "S1"],
            ["S1", "Sở 1", "UBND"],
        ]

        kept = take_in("don-vi", rows, self.admin)

        self.assertEqual(messages(kept), [])
        self.assertEqual(UnitPage.objects.get(code="P1").parent_unit.code, "S1")
        self.assertEqual(UnitPage.objects.get(code="S1").parent_unit, self.province)
        revision = UnitPage.objects.get(code="P1").get_latest_revision_as_object()
        self.assertEqual(revision.parent_unit.code, "S1")

    def test_a_circle_of_units_is_refused(self):
        rows = [[*HEAD, "Trực thuộc"], ["SYT", "Sở Y tế", "UBND"], ["UBND", "UBND", "SYT"]]

        kept = send("don-vi", rows, self.admin)

        self.assertEqual(kept.status, Status.FAULTY)
        self.assertEqual(kinds(kept).count("faulty"), 1)

    def test_the_export_changes_nothing(self):
        kind = make_unit("Các sở", code="CS", is_group=True)
        self.province.groups.add(kind)
        self.province.phone, self.province.address = "=1+1", "'đã có dấu"
        self.province.short_names = "  a \nb"
        self.province.save()
        for suffix in ("csv", "xlsx"):
            with self.subTest(suffix):
                kept = send(
                    "don-vi", exported("don-vi", self.admin, suffix), self.admin, f"a.{suffix}"
                )
                self.assertEqual(messages(kept), [])
                self.assertEqual(set(kinds(kept)), {"unchanged"})

    def test_a_draft_of_somebody_else_is_not_written_over(self):
        draft = self.health.get_latest_revision_as_object()
        draft.title = "Bản nháp"
        draft.save_revision(user=self.admin)

        kept = send("don-vi", [HEAD, ["SYT", "Sở Y tế tỉnh"]], self.admin)

        self.assertEqual(kinds(kept), ["faulty"])
        self.assertEqual(kept.report["rows"][0]["errors"][0]["title"], "")

    def test_who_may_not_publish_leaves_drafts(self):
        officer = make_user(Role.IOC_OFFICER)

        kept = take_in("don-vi", [HEAD, ["SYT", "Sở Y tế tỉnh"], ["STC", "Sở TC"]], officer)

        self.assertEqual(messages(kept), [])
        self.assertEqual([row["is_draft"] for row in kept.report["rows"]], [True, True])
        self.health.refresh_from_db()
        self.assertEqual(
            (self.health.title, self.health.has_unpublished_changes), ("Sở Y tế", True)
        )
        self.assertFalse(UnitPage.objects.get(code="STC").live)
        actions.undo(kept, user=officer)
        self.health.refresh_from_db()
        self.assertFalse(self.health.has_unpublished_changes)
        self.assertEqual(self.health.get_latest_revision_as_object().title, "Sở Y tế")
        self.assertFalse(UnitPage.objects.filter(code="STC").exists())

    def test_a_stale_preview_writes_nothing(self):
        kept = send("don-vi", [HEAD, ["SYT", "Sở Y tế tỉnh"]], self.admin)
        self.health.title = "Sở Y tế mới"
        self.health.save_revision().publish()

        kept = actions.confirm(kept, user=self.admin)

        self.assertEqual(kept.status, Status.STALE)
        self.health.refresh_from_db()
        self.assertEqual(self.health.title, "Sở Y tế mới")


class FocalPointTableTests(TestCase):
    HEAD = ["Mã đơn vị", "Chức vụ", "Họ tên", "Điện thoại"]

    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        cls.unit = make_unit("Sở Y tế", code="SYT")
        cls.unit.focal_points.add(
            FocalPoint(position="Chánh Văn phòng", name="A", phone="1", email="a@b.vn")
        )
        cls.unit.save_revision().publish()

    def test_rows_go_with_one_revision_of_their_page(self):
        before = self.unit.revisions.count()

        kept = take_in(
            "dau-moi",
            [self.HEAD, ["SYT", "chánh văn phòng", "B", "2"], ["SYT", "Chuyên viên", "C", "3"]],
            self.admin,
        )

        self.assertEqual(messages(kept), [])
        self.assertEqual(kinds(kept), ["changed", "new"])
        self.assertEqual(self.unit.revisions.count(), before + 1)
        points = {point.position: point.name for point in FocalPoint.objects.all()}
        self.assertEqual(points, {"chánh văn phòng": "B", "Chuyên viên": "C"})
        page = UnitPage.objects.get(pk=self.unit.pk)
        keys = {each.pk for each in page.get_latest_revision_as_object().focal_points.all()}
        self.assertEqual(keys, set(FocalPoint.objects.values_list("pk", flat=True)))

    def test_undo_puts_the_page_back(self):
        kept = take_in(
            "dau-moi",
            [self.HEAD, ["SYT", "Chánh Văn phòng", "B", "2"], ["SYT", "Chuyên viên", "C", "3"]],
            self.admin,
        )

        actions.undo(kept, user=self.admin)

        self.assertEqual([point.name for point in FocalPoint.objects.all()], ["A"])

    def test_the_export_changes_nothing(self):
        kept = send("dau-moi", exported("dau-moi", self.admin), self.admin)

        self.assertEqual((messages(kept), kinds(kept)), ([], ["unchanged"]))

    def test_inner_details_stay_inside(self):
        outsider = make_user(Role.DATA_OFFICER, unit=make_unit("Phòng khác"))

        self.assertNotIn(b"A;1", exported("dau-moi", outsider))
        self.assertIn(b"a@b.vn", exported("dau-moi", outsider))
        self.assertIn(b"A;1", exported("dau-moi", self.admin))


class RegisterTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        cls.unit = make_unit("Sở Y tế", code="SYT")
        cls.other = make_unit("Sở Tài chính", code="STC")
        cls.person = make_user(Role.DATA_OFFICER, unit=cls.unit, username="an")
        cls.regulation = make_regulation(document_number="01/2026/QĐ-UBND")
        article = make_article(cls.regulation, number="5")
        cls.provision = make_provision(
            cls.regulation, eid="qc__dieu_5", article=article, label="Điều 5"
        )

    DUTY = ["Mã đơn vị", "Điều khoản", "Loại nghĩa vụ", "Định kỳ", "Ngày đến hạn", "Gửi đến"]

    def test_members_come_in_with_history(self):
        rows = [
            ["Tên đăng nhập", "Mã đơn vị", "Vai trò", "Từ ngày", "Đến ngày"],
            ["an", "STC", "thủ trưởng đơn vị", "01/07/2026", ""],
        ]

        kept = take_in("nguoi", rows, self.admin)

        self.assertEqual(messages(kept), [])
        member = Membership.objects.get(unit=self.other)
        self.assertEqual(member.role, "unit_head")
        entry = member.history.get()
        self.assertEqual(entry.history_user, self.admin)
        self.assertIn(str(kept.pk), entry.history_change_reason)
        actions.undo(kept, user=self.admin)
        self.assertFalse(Membership.objects.filter(unit=self.other).exists())

    def test_duties_cite_by_words_or_identifier(self):
        for cited in ("điều 5", "qc__dieu_5"):
            with self.subTest(cited):
                rows = [self.DUTY, ["SYT", cited, "báo cáo", "hằng quý", "25", "STC"]]
                kept = take_in("nghia-vu", rows, self.admin)
                self.assertEqual(messages(kept), [])
        duty = Obligation.objects.get()
        self.assertEqual(duty.due_rule, {"day": 25})
        self.assertEqual(list(duty.counterparts.all()), [self.other])
        kept = send("nghia-vu", exported("nghia-vu", self.admin, "xlsx"), self.admin, "a.xlsx")
        self.assertEqual((messages(kept), kinds(kept)), ([], ["unchanged"]))

    def test_a_persons_unit_binds(self):
        self.assertEqual(exported("nguoi", self.person).count(b"\n"), 2)
