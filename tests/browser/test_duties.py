"""The living list of duties as people use it: the public, a unit's officer, on a phone."""

from portal.core.roles import Role
from portal.units.models import DutyListPage, DutyRecord, Obligation
from tests.browser.support import PHONE, Journey
from tests.factories import make_article, make_index, make_provision, make_unit, make_user


class DutyJourney(Journey):
    def setUp(self):
        super().setUp()
        self.list = make_index(DutyListPage, "Nghĩa vụ")
        article = make_article(number="77", heading="Khảo sát hài lòng")
        provision = make_provision(
            article.get_parent().get_parent().specific, eid="qc__dieu_77", article=article,
            number="77", label="Điều 77", path="dieu-77",
        )  # fmt: skip
        self.unit = make_unit("Phòng Khảo sát")
        make_user(Role.DATA_OFFICER, unit=self.unit, username="khao-sat")
        self.duty = Obligation.objects.create(
            unit=self.unit, provision=provision, kind="survey", cadence="quarterly",
            text="Khảo sát mức độ hài lòng", due_rule={"day": 25, "strictly_before": True},
        )  # fmt: skip

    def test_from_the_list_to_a_record_and_back(self):
        self.open(f"{self.list.url}?don-vi={self.unit.code}")
        self.assertIn("trước ngày 25 tháng cuối quý", self.page.inner_text("main"))
        self.assertNotIn("Ghi nhận thực hiện", self.page.inner_text("main"))

        self.log_in("khao-sat")
        self.open(f"{self.list.url}?don-vi={self.unit.code}")
        self.page.click("text=Ghi nhận thực hiện")
        self.page.click("#ghi-nhan > summary")
        self.page.fill("textarea[name=note]", "Đã khảo sát 200 phiếu")
        self.page.click("#ghi-nhan button[type=submit]")
        self.page.wait_for_selector("text=Đã khảo sát 200 phiếu")
        self.assertEqual(DutyRecord.objects.filter(obligation=self.duty).count(), 1)

        self.page.set_viewport_size({"width": PHONE, "height": 800})
        self.open(f"{self.list.url}?don-vi={self.unit.code}&nhom=don-vi")
        self.assertIn("Ghi nhận gần nhất", self.page.inner_text("main"))
