"""A unit's page: what it says of the unit, and to whom."""

import json

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from portal.core.roles import Role
from portal.units.models import UnitDocument
from tests.factories import make_unit, make_user
from tests.units.directory_case import DETAILS, DirectoryTestCase


class ContentTests(DirectoryTestCase):
    def test_it_says_what_the_unit_is(self):
        self.health.short_names = "SYT tỉnh\nNgành y tế\n"
        self.health.save()
        page = self.open(self.health.url)

        for words in ("Sở, ban, ngành · cấp tỉnh", "SYT tỉnh, Ngành y tế", "Văn phòng Ủy ban"):
            self.assertContains(page, words)

    def test_a_responsibility_stands_with_the_text_of_its_provision(self):
        page = self.open(self.health.url)

        self.assertContains(page, "Sở Y tế gửi số liệu khám chữa bệnh.")
        self.assertContains(page, "Các đơn vị gửi số liệu đúng hạn.")
        self.assertContains(page, f'href="{self.supply.url}"')
        self.assertContains(page, "Quy chế IOC ban hành kèm theo Quyết định số 7/QĐ-UBND")

    def test_a_long_provision_waits_to_be_opened(self):
        type(self.supply).objects.filter(pk=self.supply.pk).update(text="Câu dài. " * 60)

        self.assertContains(
            self.open(self.health.url), "<summary>Nội dung khoản 1 Điều 5</summary>"
        )

    def test_words_that_are_the_provision_s_own_are_not_said_twice(self):
        self.answer_for(self.office, self.secret, self.secret.text)

        self.assertContains(self.open(self.office.url), self.secret.text, count=1)

    def test_the_name_of_the_text_is_shown_where_it_is_another(self):
        self.answer_for(self.office, self.secret, "Việc", name_as_written="Văn phòng cũ")
        self.answer_for(self.office, self.secret, "Việc", name_as_written="VĂN PHÒNG ỦY BAN")
        page = self.open(self.office.url)

        self.assertContains(page, "Văn bản ghi tên là", count=1)
        self.assertContains(page, "“Văn phòng cũ”")

    def test_a_member_shows_what_its_kind_owes(self):
        duty = self.owe(self.communes, due_rule={"day": 25, "strictly_before": True})
        duty.counterparts.add(self.office)
        page = self.open(self.commune.url)

        self.assertContains(page, "Các xã gửi số liệu dân cư.")
        self.assertContains(page, "Báo cáo tình hình")
        self.assertContains(page, "Hằng tháng")
        self.assertContains(page, "trước ngày 25")
        self.assertContains(page, self.office.title)

    def test_a_kind_of_unit_shows_its_members(self):
        self.assertContains(self.open(self.communes.url), "Xã Đồng Khê")

    def test_what_has_left_the_text_is_marked(self):
        type(self.supply).objects.filter(pk=self.supply.pk).update(repealed=True)

        self.assertContains(self.open(self.health.url), "không còn trong văn bản")

    def test_what_is_closed_is_left_out_with_its_words(self):
        self.answer_for(self.health, self.secret, "Giữ kín mật mã của hệ thống.")
        self.owe(self.health, self.secret, text="Đổi mật mã hằng tháng")
        self.close(self.secret.article)

        page = self.open(self.health.url)
        self.assertNotContains(page, "mật mã")
        self.assertContains(page, "khám chữa bệnh")
        self.be()
        self.assertContains(self.open(self.health.url), "mật mã của hệ thống")

    def test_relatives_that_are_closed_are_not_named(self):
        self.owe(self.health).counterparts.add(self.office)
        self.close(self.office)

        self.assertNotContains(self.open(self.health.url), "Văn phòng Ủy ban")

    def test_many_duties_cost_no_more(self):
        def count():
            with CaptureQueriesContext(connection) as captured:
                self.open(self.communes.url)
            return len(captured)

        self.owe(self.communes)
        before = count()
        for number in range(8):
            self.answer_for(self.communes, self.secret, f"Việc {number}")
            self.owe(self.communes).counterparts.add(self.office)
            member = make_unit()
            member.groups = [self.communes]
            member.save()
        self.assertLessEqual(count(), before + 1)

    def test_a_unit_is_not_part_of_one_below_it(self):
        self.office.parent_unit = self.health

        with self.assertRaisesMessage(Exception, "trực thuộc một đơn vị cấp dưới"):
            self.office.clean()


class FocalPointTests(DirectoryTestCase):
    """Each detail is public or internal by itself."""

    def places(self):
        """Yield ``(name, text)`` of everything that shows a focal point to who is logged in."""
        yield "page", self.open(self.health.url).content.decode()
        answer = self.open(f"/api/v1/don-vi/{self.health.code}/").json()
        yield "API", json.dumps(answer, ensure_ascii=False)

    def test_each_detail_is_public_by_itself(self):
        for detail, value in DETAILS.items():
            self.health.focal_points.all().delete()
            self.add_focal_point(**{detail: True}, **({} if detail == "phone" else {"phone": True}))
            for place, text in self.places():
                with self.subTest(detail, place=place):
                    self.assertIn(value, text)
                    hidden = {DETAILS[each] for each in DETAILS if each not in (detail, "phone")}
                    self.assertFalse([each for each in hidden if each in text])

    def test_a_position_alone_tells_nobody_whom_to_turn_to(self):
        self.add_focal_point(position=True)

        for place, text in self.places():
            with self.subTest(place):
                self.assertNotIn(DETAILS["position"], text)

    def test_people_with_a_role_see_everything_marked(self):
        self.add_focal_point(email=True)
        for role in Role:
            self.be(role)
            for place, text in self.places():
                with self.subTest(role, place=place):
                    self.assertFalse([each for each in DETAILS.values() if each not in text])
        self.assertContains(self.open(self.health.url), '<span class="badge">nội bộ</span>', 3)

    def test_who_has_no_role_sees_what_the_public_sees(self):
        self.add_focal_point(email=True)
        self.client.force_login(make_user())

        for place, text in self.places():
            with self.subTest(place):
                self.assertNotIn(DETAILS["phone"], text)
                self.assertIn(DETAILS["email"], text)

    def test_internal_details_are_not_found_by_the_search(self):
        self.add_focal_point(email=True)
        call_command("wagtail_update_index", verbosity=0)
        self.be()

        for detail in ("name", "phone"):
            groups = self.open("/api/v1/tim-kiem/", q=DETAILS[detail]).json()["groups"]
            self.assertEqual(groups, [])


class DocumentTests(DirectoryTestCase):
    def add_document(self, title, collection):
        document = get_document_model().objects.create(
            title=title, file=ContentFile(b"%PDF-", "x.pdf"), collection=collection
        )
        UnitDocument.objects.create(unit=self.health, document=document)
        return document

    def test_documents_of_closed_collections_are_for_those_who_may_open_them(self):
        root = Collection.get_first_root_node()
        inside = root.add_child(name="Nội bộ")
        below = inside.add_child(name="Rất nội bộ")
        CollectionViewRestriction.objects.create(collection=inside, restriction_type="login")
        self.add_document("Quyết định thành lập", root)
        for title, collection in (("Danh sách nhân sự", inside), ("Quy trình mật", below)):
            self.add_document(title, collection)

        page = self.open(self.health.url)
        self.assertContains(page, "Quyết định thành lập")
        self.assertNotContains(page, "Danh sách nhân sự")
        self.assertNotContains(page, "Quy trình mật")
        self.be()
        self.assertContains(self.open(self.health.url), "Quy trình mật")
