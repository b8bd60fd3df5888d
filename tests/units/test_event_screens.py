"""The guided action as people walk it, and what readers see of it afterwards."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.units.events.plan import Plan
from portal.units.models import Obligation, UnitEvent, UnitIndexPage, UnitPage
from tests.factories import make_article, make_provision, make_unit, make_user
from tests.units.event_makers import merged, new_unit, perform, prepared, renamed

DAY = date(2026, 3, 1)


class WizardTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.user = make_user(Role.ADMINISTRATOR)
        cls.old = make_unit("Phòng Kinh tế", code="PKT")
        cls.duty = Obligation.objects.create(
            unit=cls.old, provision=make_provision(), kind="report", cadence="monthly", text="Nộp"
        )

    def setUp(self):
        self.client.force_login(self.user)

    def url(self, name, event):
        return reverse(f"unit_events:{name}", args=[event.pk])

    def begin(self, kind="split", **changes):
        data = {
            "kind": kind,
            "happened_on": "01/03/2026",
            "instrument_number": "15/QĐ-UBND",
            "predecessors": [self.old.pk],
        }
        return self.client.post(reverse("unit_events:create"), {**data, **changes})

    def rows(self, *titles, **more):
        data = {"new-TOTAL_FORMS": "3", "new-INITIAL_FORMS": "0"}
        for number in range(3):
            data[f"new-{number}-kind"] = "division"
        for number, title in enumerate(titles):
            data |= {f"new-{number}-title": title, f"new-{number}-code": f"MA{number}"}
        return {**data, **more}


class WizardTests(WizardTestCase):
    def test_a_division_from_the_first_screen_to_the_last(self):
        self.begin()
        event = UnitEvent.objects.get()
        self.client.post(self.url("successors", event), self.rows("Phòng Một", "Phòng Hai"))
        event.refresh_from_db()
        answer = self.client.post(self.url("decisions", event), {"next": "1"})
        self.assertContains(answer, "Hãy chọn đơn vị tiếp nhận.")
        self.client.post(self.url("decisions", event), {"bulk": f"{self.old.pk}|nghia-vu|new-2"})
        [line] = Plan(UnitEvent.objects.get()).lines
        self.assertEqual(line.choice, "new-2")
        answer = self.client.post(
            self.url("decisions", event), {f"to-{line.key}": "new-1", "next": "1"}
        )
        self.assertRedirects(answer, self.url("preview", event))
        answer = self.client.get(self.url("preview", event))
        self.assertContains(answer, "Phòng Một")
        token = {"token": answer.context["plan"].token}
        for _click in range(2):
            answer = self.client.post(self.url("preview", event), token)
            self.assertRedirects(answer, self.url("show", event))
        self.assertContains(
            self.client.get(self.url("show", event)), "<strong>đã thực hiện</strong>"
        )

        self.assertEqual(Obligation.objects.in_force().get().unit.title, "Phòng Một")
        self.assertEqual(UnitPage.objects.filter(title="Phòng Hai").count(), 1)

    def test_nothing_typed_is_lost_when_something_is_wrong(self):
        answer = self.begin(happened_on="31/02/2026", instrument_title="Về việc chia tách")

        self.assertContains(answer, "31/02/2026")
        self.assertContains(answer, "Về việc chia tách")
        self.assertFalse(UnitEvent.objects.exists())

        self.begin()
        event = UnitEvent.objects.get()
        answer = self.client.post(
            self.url("successors", event), self.rows("Phòng Một", **{"new-1-title": "Không mã"})
        )
        self.assertContains(answer, "Phòng Một")
        self.assertContains(answer, "Không mã")
        answer = self.client.post(self.url("successors", event), self.rows("Phòng Một", more="1"))
        self.assertContains(answer, 'name="new-4-title"')
        self.assertContains(answer, "Phòng Một")

    def test_too_few_units_are_refused_in_words(self):
        self.assertContains(self.begin("merge"), "từ hai đơn vị trở lên thành một đơn vị")
        self.begin()
        event = UnitEvent.objects.get()
        answer = self.client.post(self.url("successors", event), self.rows("Phòng Một"))
        self.assertContains(answer, "một đơn vị thành từ hai đơn vị trở lên")

    def test_a_stale_confirmation_says_so_and_does_nothing(self):
        event = prepared("rename", [self.old], user=self.user, new=[new_unit("Phòng Mới")])
        token = Plan(event).token
        self.duty.text = "Nộp khác"
        self.duty.save()

        answer = self.client.post(self.url("preview", event), {"token": token})

        self.assertContains(answer, "Có thay đổi kể từ lúc bạn xem")
        self.assertFalse(UnitPage.objects.filter(title="Phòng Mới").exists())

    def test_hostile_input_is_answered_calmly(self):
        event = prepared(
            "split", [self.old], user=self.user, new=[new_unit("<b>A</b>"), new_unit("B")]
        )
        for data in (
            {"bulk": "x"},
            {"bulk": "1|2|3|4"},
            {f"to-nghia-vu-{self.old.pk}-{self.duty.pk}": "unit-999999", "next": "1"},
        ):
            self.assertEqual(self.client.post(self.url("decisions", event), data).status_code, 200)
        self.assertNotContains(self.client.get(self.url("decisions", event)), "<b>A</b>")
        for total in ("x", "99999", "-1"):
            answer = self.client.post(
                self.url("successors", event), {**self.rows(), "new-TOTAL_FORMS": total, "more": 1}
            )
            self.assertEqual(answer.status_code, 200)
        answer = self.client.post(self.url("preview", event), {"token": "x"})
        self.assertEqual(answer.status_code, 200)

    def test_an_event_is_given_up_or_taken_back(self):
        event = prepared("rename", [self.old], user=self.user, new=[new_unit("Mới")])
        self.client.post(self.url("discard", event))
        self.assertFalse(UnitEvent.objects.exists())

        event = prepared("rename", [self.old], user=self.user, new=[new_unit("Mới")])
        event = perform(event, user=self.user)
        answer = self.client.post(self.url("undo", event), {"reason": " "})
        self.assertContains(answer, "Hãy nêu lý do.")
        self.client.post(self.url("undo", event), {"reason": "Nhầm"})
        self.assertEqual(UnitEvent.objects.get().status, "undone")

    def test_only_who_holds_the_right_opens_the_screens(self):
        event = prepared("rename", [self.old], user=self.user, new=[new_unit("Mới")])
        for role in (Role.IOC_OFFICER, Role.UNIT_HEAD, Role.DATA_OFFICER, Role.AUTHORITY):
            self.client.force_login(make_user(role, unit=self.old))
            for name in ("show", "edit", "successors", "decisions", "preview"):
                with self.subTest(role, screen=name):
                    self.assertEqual(self.client.get(self.url(name, event)).status_code, 302)
                    self.assertEqual(self.client.post(self.url(name, event)).status_code, 302)
            self.client.post(self.url("discard", event))
        self.assertTrue(UnitEvent.objects.filter(pk=event.pk).exists())

    def test_the_decisions_ask_a_constant_number_of_questions(self):
        event = prepared("split", [self.old], user=self.user, new=[new_unit("A"), new_unit("B")])
        few = questions(self.client, self.url("decisions", event))
        for number in range(8):
            Obligation.objects.create(
                unit=self.old,
                provision=self.duty.provision,
                kind="report",
                cadence="annual",
                text=f"Nghĩa vụ {number}",
            )
            make_user(Role.DATA_OFFICER, unit=self.old)
        self.assertLessEqual(questions(self.client, self.url("decisions", event)), few + 2)


def questions(client, url):
    """Return how many queries a GET of ``url`` asks."""
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


class ReaderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.user = make_user(Role.ADMINISTRATOR)
        cls.article = make_article()
        cls.provision = make_provision(cls.article.get_parent().get_parent(), article=cls.article)
        cls.old = make_unit("Sở Bưu chính", code="SBC")
        cls.duty = Obligation.objects.create(
            unit=cls.old, provision=cls.provision, kind="report", cadence="monthly", text="Nộp"
        )
        cls.new = renamed(cls.old, "Sở Viễn thông", user=cls.user, happened_on=DAY)
        cls.index = UnitIndexPage.objects.get()

    def test_the_old_page_says_what_the_unit_is_now(self):
        answer = self.client.get(self.old.url)

        self.assertContains(answer, "Đơn vị đã đổi tên")
        self.assertContains(answer, "12/QĐ-UBND")
        self.assertContains(answer, f'href="{self.new.url}"')

    def test_the_directory_shows_the_units_of_a_day(self):
        def titles(query=""):
            answer = self.client.get(f"{self.index.url}?xem=a-z&{query}")
            sections = answer.context["sections"]
            return [unit.title for _anchor, _heading, units in sections for unit in units]

        self.assertEqual(titles(), ["Sở Viễn thông"])
        self.assertEqual(titles("ngay=28/02/2026"), ["Sở Bưu chính"])
        self.assertEqual(titles("ngay=2026-03-01"), ["Sở Viễn thông"])
        self.assertEqual(titles("ngay=31/02/2026"), ["Sở Viễn thông"])
        self.assertContains(self.client.get(self.index.url + "?ngay=hôm qua"), "hôm qua")

    def test_a_unit_page_tells_how_it_stood_on_a_day(self):
        self.assertContains(
            self.client.get(self.new.url + "?ngay=01/01/2025"), "đơn vị chưa thành lập"
        )
        answer = self.client.get(self.old.url + "?ngay=01/01/2026")
        self.assertContains(answer, "đơn vị đang hoạt động với tên này")
        self.assertNotContains(answer, "Đơn vị đã đổi tên")
        self.assertContains(answer, "Nộp")

    def test_an_article_names_the_unit_as_written_and_as_it_is_now(self):
        answer = self.client.get(self.article.url)

        self.assertContains(answer, "Sở Bưu chính")
        self.assertContains(answer, "nay là")
        self.assertEqual(len(answer.context["panels"]), 1)

    def test_the_api_tells_codes_of_successors_and_the_units_of_a_day(self):
        now = self.client.get(reverse("api:list_units")).json()["units"]
        self.assertNotIn("SBC", [each["code"] for each in now])
        [then] = self.client.get(reverse("api:list_units"), {"ngay": "2026-02-28"}).json()["units"]
        self.assertEqual((then["code"], then["successors"]), ("SBC", [self.new.code]))
        self.assertEqual(then["valid_to"], "2026-02-28")
        self.assertEqual(
            self.client.get(reverse("api:list_units"), {"ngay": "mai"}).status_code, 422
        )
        one = self.client.get(reverse("api:get_unit", args=["SBC"])).json()
        self.assertEqual(one["events"][0]["successors"], [self.new.code])

    def test_a_chooser_offers_only_units_that_exist(self):
        self.client.force_login(self.user)
        address = reverse("wagtailadmin_choose_page_child", args=[self.index.pk])
        answer = self.client.get(address, {"page_type": "units.unitpage"})

        offered = answer.json()["html"]
        self.assertIn("Sở Viễn thông", offered)
        self.assertNotIn("Sở Bưu chính", offered)

    def test_pages_ask_a_constant_number_of_questions(self):
        urls = [self.index.url, self.new.url, reverse("api:list_units")]
        before = [questions(self.client, url) for url in urls]
        for _each in range(4):
            now = UnitPage.objects.get(pk=self.new.pk)
            merged([now, make_unit()], existing=[now], user=self.user)
        for url, was in zip(urls, before, strict=True):
            with self.subTest(url):
                self.assertLessEqual(questions(self.client, url), was + 3)
