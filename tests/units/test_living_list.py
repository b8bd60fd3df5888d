"""The living list of duties: who sees what of it, filters, files, and how it grows."""

import io

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.core.paper import lay_out
from portal.core.roles import Role
from portal.datasets.models import DatasetIndexPage
from portal.units.duties.listing import listing_for
from portal.units.duties.sheets import paper_of
from portal.units.models import DutyListPage, Obligation
from tests.datasets.datasets_factory import make_dataset
from tests.factories import make_article, make_index, make_provision, make_unit, make_user


class LivingListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.page = make_index(DutyListPage, "Nghĩa vụ")
        article = make_article()
        cls.provision = make_provision(article.get_parent().get_parent().specific, article=article)
        cls.health = make_unit("Sở Y tế", code="SYT")
        cls.culture = make_unit("Sở Văn hóa", code="SVH")
        cls.officer = make_user(Role.DATA_OFFICER, unit=cls.health)
        cls.foreign = make_user(Role.DATA_OFFICER, unit=cls.culture)
        cls.reader = make_user(Role.READER)
        cls.leader = make_user(Role.IOC_LEADER)
        cls.duty = cls.make_duty(
            kind="supply_data", cadence="monthly", text="Gửi số liệu khám bệnh"
        )

    @classmethod
    def make_duty(cls, **fields):
        values = {"unit": cls.health, "provision": cls.provision, "kind": "survey",
                  "cadence": "on_request"}  # fmt: skip
        return Obligation.objects.create(**{**values, **fields})

    def open(self, query="", user=None):
        self.client.logout()
        if user:
            self.client.force_login(user)
        return self.client.get(f"{self.page.url}{query}")

    def test_the_public_reads_who_owes_what_but_not_how_well(self):
        dataset = make_dataset(self.health, "kham-benh", obligation=self.duty)

        answer = self.open()

        self.assertContains(answer, "Gửi số liệu khám bệnh")
        self.assertContains(answer, self.provision.label)
        self.assertContains(answer, dataset.title)
        for word in ("Tình trạng", "Quá hạn", "Ghi nhận thực hiện", "đúng hạn"):
            self.assertNotContains(answer, word)

    def test_the_public_learns_nothing_of_an_internal_dataset(self):
        make_dataset(self.health, "mat", title="Tập nội bộ", sharing="internal",
                     obligation=self.duty)  # fmt: skip

        self.assertNotContains(self.open(), "Tập nội bộ")
        self.assertContains(self.open(user=self.reader), "Tập nội bộ")

    def test_a_dataset_of_named_units_withholds_the_state_from_others(self):
        make_dataset(self.health, "rieng", title="Tập riêng", sharing="named",
                     obligation=self.duty)  # fmt: skip

        for user in (self.reader, self.foreign):
            answer = self.open(user=user)
            self.assertNotContains(answer, "Tập riêng")
            self.assertContains(answer, "không hiển thị")
        self.assertContains(self.open(user=self.officer), "Tập riêng")

    def test_people_inside_see_what_is_missing_and_only_those_who_may_are_led_there(self):
        make_index(DatasetIndexPage, "Dữ liệu")
        administrator = make_user(Role.ADMINISTRATOR, is_superuser=True)
        address = reverse("datasets:draft_for_duty", args=[self.duty.pk])

        self.assertContains(self.open(user=self.reader), "Chưa có bộ dữ liệu")
        self.assertNotContains(self.open(user=self.foreign), address)
        self.assertContains(self.open(user=administrator), address)

    def test_only_the_units_own_people_are_asked_to_write_down(self):
        duty = self.make_duty()
        address = reverse("units:duty", args=[duty.pk])

        self.assertContains(self.open(user=self.officer), address)
        for user in (self.foreign, self.reader, self.leader, None):
            self.assertNotContains(self.open(user=user), address)

    def test_a_duty_of_a_kind_of_unit_stands_on_the_page_of_each_member(self):
        kind = make_unit("Các phòng", code="CP", is_group=True)
        self.culture.groups.add(kind)
        self.culture.save()
        self.make_duty(unit=kind, text="Cử đầu mối", kind="name_focal_point")

        self.assertContains(self.client.get(self.culture.url), "Cử đầu mối")
        self.assertNotContains(self.client.get(self.health.url), "Cử đầu mối")
        self.assertContains(self.open("?don-vi=SVH"), "Cử đầu mối")
        self.assertNotContains(self.open("?don-vi=SYT"), "Cử đầu mối")

    def test_ended_duties_are_shown_when_asked_for(self):
        self.make_duty(text="Việc đã hết", valid_to=timezone.localdate().replace(year=2020))

        self.assertNotContains(self.open(), "Việc đã hết")
        self.assertContains(self.open("?het-hieu-luc=1"), "Việc đã hết")

    def test_filters_narrow_and_nonsense_is_no_fault(self):
        self.make_duty(text="Khảo sát hài lòng")
        for query, shows in (
            ("?loai=survey", True), ("?loai=meet", False), ("?ky=on_request", True),
            ("?tim=h%C3%A0i+l%C3%B2ng", True), ("?loai=x&ky=%00&dieu=abc&trang=zz", True),
            ("?dieu=99999999999999", False), ("?don-vi=KHONG", False), ("?nhom=don-vi", True),
            ("?tinh_trang=late", True),  # the public has no states to filter by
        ):  # fmt: skip
            with self.subTest(query):
                answer = self.open(query)
                self.assertEqual(answer.status_code, 200)
                self.assertEqual("Khảo sát hài lòng" in answer.content.decode(), shows)

    def test_states_can_be_filtered_by_people_inside(self):
        self.make_duty(text="Hỏi ý kiến dân")

        self.assertContains(self.open("?tinh_trang=missing", self.reader), "Hỏi ý kiến dân")
        self.assertNotContains(self.open("?tinh_trang=met", self.reader), "Hỏi ý kiến dân")

    def test_a_closed_page_closes_its_files(self):
        self.page.unpublish()

        self.assertEqual(self.client.get(reverse("duty_list_xlsx")).status_code, 404)

    def test_the_workbook_holds_text_and_no_formula(self):
        self.make_duty(text='=HYPERLINK("http://x")\x01')

        answer = self.client.get(reverse("duty_list_xlsx"))
        sheet = load_workbook(io.BytesIO(answer.content)).active

        cells = [cell for row in sheet.iter_rows() for cell in row]
        self.assertEqual({cell.data_type for cell in cells} - {"n", "s", "inlineStr"}, set())
        self.assertIn('=HYPERLINK("http://x")', [cell.value for cell in cells])
        self.assertNotIn("Tình trạng", [cell.value for cell in cells])

    def test_the_paper_is_landscape_and_says_nothing_of_states_to_the_public(self):
        request = RequestFactory().get("/")
        request.user = AnonymousUser()
        html = paper_of(listing_for(request))
        page = lay_out(html).pages[0]

        self.assertGreater(page.width, page.height)
        self.assertIn("Gửi số liệu khám bệnh", html)
        self.assertNotIn("Tình trạng", html)

    def test_the_api_says_what_the_page_says(self):
        public = self.client.get("/api/v1/nghia-vu/").json()
        self.client.force_login(self.reader)
        inside = self.client.get("/api/v1/nghia-vu/?loai=supply_data").json()

        self.assertIsNone(public["items"][0]["state"])
        self.assertEqual(public["counts"], {})
        self.assertEqual(inside["items"][0]["state"], "missing")
        self.assertEqual(inside["items"][0]["id"], self.duty.pk)

    def test_the_number_of_queries_does_not_grow_with_the_duties(self):
        for user in (None, self.reader, self.officer, self.leader):
            with self.subTest(user=user):
                self.open(user=user)
                few = self.count(user)
                Obligation.objects.bulk_create(
                    Obligation(unit=self.health, provision=self.provision, kind=kind,
                               cadence=cadence, due_rule=rule)
                    for kind in Obligation.Kind.values
                    for cadence, rule in (("monthly", {"day": 25}), ("standing", {}))
                    for _number in range(20)
                )  # fmt: skip
                self.assertLessEqual(self.count(user), few + 4)

    def count(self, user):
        self.client.logout()
        if user:
            self.client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            self.client.get(self.page.url)
        return len(captured)

    def test_duties_are_found_by_the_search(self):
        answer = self.client.get(reverse("search:results_json"), {"q": "kham benh"})

        self.assertContains(answer, "Gửi số liệu khám bệnh")
