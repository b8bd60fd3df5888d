"""A unit's page from its editor to the reader, and a hand-over from step to step."""

from django.urls import reverse

from portal.core.roles import Role
from portal.home.demo.people import DEMO_PASSWORD, HEALTH
from portal.units.models import Membership, PersonHandOver, UnitPage
from tests.browser.support import PHONE, Journey
from tests.factories import make_user


class PeopleJourney(Journey):
    def log_in_as(self, username):
        self.log_out()
        self.log_in(username, DEMO_PASSWORD)

    def press(self, name):
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        self.check_page()

    def test_a_units_editor_changes_the_page_and_a_leader_lets_readers_see_it(self):
        unit = UnitPage.objects.get(title=HEALTH)
        edit = reverse("wagtailadmin_pages:edit", args=[unit.pk])
        self.log_in_as("du-lieu")
        self.open(edit)
        self.assertFalse(self.page.locator("#id_code").count())
        self.page.locator("#id_address").fill("Số 5 đường Y Đức")
        self.screenshot("own-page-edit")
        self.page.locator("[name=action-submit]").first.click()
        self.page.wait_for_load_state()
        self.open(reverse("wagtailadmin_home"))
        self.screenshot("own-page-waiting")

        self.log_in_as("lanh-dao")
        self.open(edit)
        self.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        self.page.locator("[data-workflow-action-name=approve]:visible").first.click()
        self.page.wait_for_url("**/pages/*/")
        unit.refresh_from_db()
        self.assertEqual(unit.address, "Số 5 đường Y Đức")
        self.log_out()
        self.open(unit.url)
        self.assertIn("Số 5 đường Y Đức", self.page.content())

    def test_who_leaves_hands_over(self):
        unit = UnitPage.objects.get(title=HEALTH)
        leaver = make_user(Role.DATA_OFFICER, unit=unit, first_name="Cán bộ chuyển công tác")
        heir = Membership.objects.get(user__username="thu-truong").user
        self.log_in_as("quan-tri")
        self.open(reverse("memberships:index"))
        self.screenshot("people")
        self.open(reverse("units:without_contact"))
        self.screenshot("people-without-contact")
        self.open(reverse("units:person", args=[leaver.pk]))
        self.screenshot("person")
        self.page.get_by_role("link", name="Bàn giao", exact=True).click()
        self.page.wait_for_load_state()
        self.screenshot("hand-over-begin")
        self.press("Tiếp theo: chọn người nhận")
        self.page.locator("main select").first.select_option(str(heir.pk))
        self.screenshot("hand-over-who")
        self.page.set_viewport_size({"width": PHONE, "height": 800})
        self.check_page()
        self.press("Tiếp theo: xem lại")
        self.screenshot("hand-over-preview")
        self.press("Thực hiện bàn giao")
        self.screenshot("hand-over-record")

        paper = PersonHandOver.objects.get(person=leaver)
        self.assertEqual([item["to"] for item in paper.items], [heir.get_full_name()])
