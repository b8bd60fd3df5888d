"""A unit's people edit their unit's page, that page only, and only their part of it."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import InlinePanel
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.units.models import Membership, UnitPage, UnitResponsibility
from portal.units.page_editor import OWN_FIELDS, OWN_LISTS, CentreInlinePanel
from portal.units.page_rights import PagePolicy
from tests.factories import make_unit, make_user

POLICY = PagePolicy(Page)
#: Views of one page that only those reach who may edit it.
EDITING = ["edit", "usage", "history", "workflow_history"]
#: Deeds that change more than a draft; a unit's people do them nowhere.
FOREIGN_DEEDS = ["delete", "move", "unpublish", "set_privacy", "convert_alias"]


def focal_points(*rows):
    return inline_formset([{"name": "", "phone": "", "email": "", **row} for row in rows])


def answers(**more):
    """Return what the browser of a unit's editor sends, and more that somebody forges."""
    return nested_form_data(
        {
            "short_names": "SYT",
            "about": rich_text("<p>Chúng tôi lo sức khỏe.</p>"),
            "address": "Số 2",
            "phone": "02",
            "email": "syt@example.vn",
            "focal_points": focal_points({"position": "Chánh Văn phòng"}),
            "comments": inline_formset([]),
            **more,
        }
    )


class OwnPageCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.unit = make_unit("Sở Y tế", code="SYT", valid_from="2020-01-01")
        cls.unit.responsibilities.add(UnitResponsibility(text="Cung cấp số liệu"))
        cls.unit.save_revision().publish()
        cls.other = make_unit("Sở Khác", code="SK")
        cls.head = make_user(Role.UNIT_HEAD, unit=cls.unit)
        cls.officer = make_user(Role.DATA_OFFICER, unit=cls.unit)
        cls.member = make_user(unit=cls.unit)
        cls.leader = make_user(Role.IOC_LEADER)
        cls.administrator = make_user(Role.ADMINISTRATOR)

    def address(self, name, page=None, **more):
        return reverse(f"wagtailadmin_pages:{name}", args=[(page or self.unit).pk], **more)

    def send(self, user=None, *, button="action-submit", page=None, **more):
        self.client.force_login(user or self.officer)
        return self.client.post(
            self.address("edit", page), {**answers(**more), button: "1"}, follow=False
        )

    def live(self):
        return UnitPage.objects.get(pk=self.unit.pk)

    def draft(self):
        return self.live().get_latest_revision_as_object()


class ReachTests(OwnPageCase):
    def test_head_and_data_officer_edit_the_page(self):
        for who in (self.head, self.officer):
            self.client.force_login(who)
            for name in EDITING:
                with self.subTest(who=who, name=name):
                    self.assertEqual(self.client.get(self.address(name)).status_code, 200)

    def test_the_page_of_another_unit_is_shut(self):
        self.client.force_login(self.officer)
        for page in (self.other, self.unit.get_parent()):
            for name in EDITING + FOREIGN_DEEDS:
                with self.subTest(page=page, name=name):
                    answer = self.client.get(self.address(name, page))
                    self.assertIn(answer.status_code, (302, 403, 404))
                    self.assertNotContains(
                        answer, page.title, status_code=answer.status_code
                    ) if answer.status_code != 302 else self.assertIn(
                        answer.url, ("/quan-tri/", reverse("wagtailadmin_home"))
                    )

    def test_the_own_page_is_neither_deleted_moved_nor_unpublished(self):
        self.client.force_login(self.head)
        for name in FOREIGN_DEEDS:
            for method in (self.client.get, self.client.post):
                with self.subTest(name=name):
                    method(self.address(name))
        self.send(self.head, button="action-publish")

        page = self.live()
        self.assertTrue(page.live)
        self.assertEqual(page.path, self.unit.path)
        self.assertEqual(page.address, "")

    def test_it_is_copied_nowhere(self):
        self.client.force_login(self.head)
        parent = self.unit.get_parent()
        self.client.post(
            self.address("copy"),
            {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": parent.pk},
        )

        self.assertFalse(Page.objects.filter(slug="ban-sao").exists())

    def test_bulk_actions_reach_nothing(self):
        self.client.force_login(self.head)
        for action in ("delete", "move", "unpublish", "publish"):
            with self.subTest(action=action):
                address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
                ids = f"?id={self.unit.pk}&id={self.other.pk}"
                self.client.post(address + ids, {"chooser": self.unit.get_parent().pk})
        self.assertEqual(UnitPage.objects.live().count(), 2)

    def test_a_page_that_is_not_public_is_the_centres(self):
        self.unit.unpublish()

        self.assertFalse(POLICY.user_has_permission_for_instance(self.head, "change", self.unit))

    def test_a_unit_that_exists_no_more_is_the_centres(self):
        UnitPage.objects.filter(pk=self.unit.pk).update(
            valid_to=timezone.localdate() - timedelta(days=1)
        )

        self.assertFalse(POLICY.user_has_permission_for_instance(self.head, "change", self.unit))

    def test_a_plain_member_and_one_who_left_edit_nothing(self):
        gone = make_user(Role.UNIT_HEAD, unit=self.unit)
        Membership.objects.filter(user=gone).update(
            valid_to=timezone.localdate() - timedelta(days=1)
        )
        for who in (self.member, gone):
            with self.subTest(who=who):
                self.assertEqual(list(POLICY.instances_user_has_permission_for(who, "change")), [])

    def test_who_may_edit_is_answered_from_both_sides(self):
        editors = POLICY.users_with_permission_for_instance("change", self.unit)

        self.assertEqual(set(editors), {self.head, self.officer, self.leader, self.administrator})
        self.assertNotIn(self.head, POLICY.users_with_permission_for_instance("publish", self.unit))
        self.assertIn(self.officer, POLICY.users_with_permission("change"))

    def test_explorer_and_search_show_the_own_page_only(self):
        self.client.force_login(self.officer)

        answer = self.client.get(reverse("wagtailadmin_pages:search") + "?q=Sở")
        self.assertContains(answer, "Sở Y tế")
        self.assertNotContains(answer, "Sở Khác")
        answer = self.client.get(reverse("wagtailadmin_explore_root"), follow=True)
        self.assertContains(answer, "Sở Y tế")
        self.assertNotContains(answer, "Sở Khác")

    def test_someone_of_two_units_reaches_both_pages_and_no_third(self):
        third = make_unit("Sở Thứ ba")
        Membership.objects.create(user=self.officer, unit=self.other, role=Role.DATA_OFFICER)

        found = POLICY.instances_user_has_permission_for(self.officer, "change")
        self.assertEqual({page.pk for page in found}, {self.unit.pk, self.other.pk})
        self.client.force_login(self.officer)
        answer = self.client.get(reverse("wagtailadmin_explore", args=[third.get_parent().pk]))
        self.assertNotContains(answer, "Sở Thứ ba")

    def test_rights_cost_the_same_however_many_units(self):
        for _each in range(5):
            Membership.objects.create(user=self.officer, unit=make_unit(), role="unit_head")
        with self.assertNumQueries(3):  # the groups' rights, the units, their pages
            list(POLICY.get_all_permissions_for_user(self.officer))


class FieldTests(OwnPageCase):
    def test_saving_keeps_what_the_unit_says_of_itself(self):
        answer = self.send(button="action-save")

        self.assertEqual(answer.status_code, 302)
        draft = self.draft()
        self.assertEqual((draft.address, draft.phone), ("Số 2", "02"))
        self.assertEqual(
            [point.position for point in draft.focal_points.all()], ["Chánh Văn phòng"]
        )
        self.assertEqual(self.live().address, "", "readers see it only after approval")

    def test_forged_fields_of_the_centre_reach_nothing(self):
        self.assertEqual(self.unit.go_live_at or self.unit.expire_at, None)
        forged = {
            "title": "Bộ Tài chính",
            "slug": "bo-tai-chinh",
            "code": "X",
            "kind": "police",
            "level": "central",
            "centre_role": "owner",
            "is_group": "on",
            "groups": [self.other.pk],
            "parent_unit": self.other.pk,
            "valid_from": "01/01/1999",
            "valid_to": "01/01/2001",
            "seo_title": "x",
            "go_live_at": "01/01/2020 00:00",
            "expire_at": "01/01/2030 00:00",
            "show_in_menus": "on",
            "responsibilities": inline_formset([{"text": "Không làm gì", "provision": ""}]),
        }
        before = self.draft().serializable_data()
        self.send(**forged)
        after = self.draft().serializable_data()

        for name in sorted(set(before) - OWN_FIELDS - OWN_LISTS):
            if name.endswith(("_at", "_revision", "_changes")):
                continue  # what Wagtail notes of the saving itself
            with self.subTest(field=name):
                self.assertEqual(after[name], before[name])
        self.assertEqual(after["address"], "Số 2")
        self.assertEqual((after["go_live_at"], after["expire_at"]), (None, None))

    def test_the_screen_shows_the_own_part_and_says_so(self):
        self.client.force_login(self.officer)
        answer = self.client.get(self.address("edit"))

        self.assertContains(answer, "id_address")
        self.assertNotContains(answer, "id_code")
        self.assertNotContains(answer, "id_responsibilities")
        self.assertTemplateUsed(answer, "units/admin/own_part_notice.html")

    def test_the_centre_edits_the_whole_page(self):
        self.client.force_login(self.administrator)
        answer = self.client.get(self.address("edit"))

        self.assertContains(answer, "id_code")
        self.assertContains(answer, "id_responsibilities")
        self.assertTemplateNotUsed(answer, "units/admin/own_part_notice.html")

    def test_an_old_revision_brings_back_the_own_part_only(self):
        old = self.unit.get_latest_revision()
        self.unit.code, self.unit.address = "SYT2", "Số 9"
        self.unit.save_revision().publish()
        self.client.force_login(self.officer)
        address = reverse("wagtailadmin_pages:revisions_revert", args=[self.unit.pk, old.pk])
        self.assertEqual(self.client.get(address).status_code, 200)
        self.send(revision=old.pk, button="action-save")

        self.assertEqual((self.draft().code, self.draft().address), ("SYT2", "Số 2"))

    def test_every_list_of_the_page_is_either_the_units_or_withheld(self):
        lists = [panel for panel in UnitPage.content_panels if isinstance(panel, InlinePanel)]
        for panel in lists:
            with self.subTest(list=panel.relation_name):
                is_withheld = isinstance(panel, CentreInlinePanel)
                self.assertNotEqual(is_withheld, panel.relation_name in OWN_LISTS)

    def test_a_wrong_address_is_refused_in_place(self):
        answer = self.send(email="không phải thư")

        self.assertEqual(answer.status_code, 200)
        self.assertContains(answer, "không phải thư")


class RichTextTests(OwnPageCase):
    """The editor offers what leads somewhere for the person, and drops nothing that stands."""

    def features(self, user, text=""):
        """Return the kinds of things that the editor of “about” lets ``user`` insert."""
        UnitPage.objects.filter(pk=self.unit.pk).update(about=text)
        page = self.live()
        form = page.get_edit_handler().get_form_class()(instance=page, for_user=user)
        return form.fields["about"].widget.features

    def test_a_unit_is_offered_no_pictures_documents_or_embeds(self):
        for user, offered in ((self.head, False), (self.leader, True)):
            for feature in ("image", "embed", "document-link"):
                with self.subTest(user=user, feature=feature):
                    self.assertEqual(feature in self.features(user), offered)
        self.assertTrue({"bold", "link"} <= set(self.features(self.head)))

    def test_a_picture_that_the_centre_put_there_survives(self):
        picture = '<embed alt="x" embedtype="image" format="left" id="1"/>'

        self.assertIn("image", self.features(self.head, picture))
        self.assertNotIn("embed", self.features(self.head, picture))
