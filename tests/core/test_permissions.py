"""Registers of units: every screen asks whose row it is, not only what kind of row."""

from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.http import Http404
from django.test import TestCase
from django.urls import NoReverseMatch, reverse
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from portal.core.permissions import (
    ScopedModelViewSet,
    ScopedPolicy,
    get_visible_or_404,
    limit_choices,
)
from portal.core.roles import Role
from portal.meetings.models import Meeting, MeetingSeries
from portal.units.models import Membership, Obligation
from portal.units.viewsets import MembershipViewSet, ObligationViewSet
from tests.factories import make_provision, make_unit, make_user

#: Every screen of one object that a model's view set can have.
SCREENS = ("edit", "delete", "copy", "inspect", "history", "history_results", "usage")
VIEW_SETS = (MembershipViewSet, ObligationViewSet)
#: A head changes no head's membership and deletes none: see tests/units/test_people.py. What a
#: regulation makes a unit owe is the centre's to write.
NARROWER = {(view_set, screen) for view_set in VIEW_SETS for screen in ("edit", "delete", "copy")}
HOME = "/quan-tri/"


def give(user, model, *actions):
    """Let ``user`` do what no role of a unit may: the scope alone must hold then."""
    permissions = Permission.objects.filter(
        content_type__app_label=model._meta.app_label,
        codename__in=[f"{action}_{model._meta.model_name}" for action in actions],
    )
    user.user_permissions.add(*permissions)


class ScopeTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.own_unit, cls.other_unit = make_unit("Phòng Y tế"), make_unit("Phòng Tư pháp")
        cls.head = make_user(Role.UNIT_HEAD, unit=cls.own_unit, username="truong-phong-y-te")
        cls.other_head = make_user(
            Role.UNIT_HEAD, unit=cls.other_unit, username="truong-phong-tu-phap"
        )
        cls.officer = make_user(Role.IOC_OFFICER)
        cls.own = {
            Membership: Membership.objects.get(user=cls.head),
            Obligation: cls.obligation(cls.own_unit, "Nghĩa vụ nhà"),
        }
        cls.foreign = {
            Membership: Membership.objects.get(user=cls.other_head),
            Obligation: cls.obligation(cls.other_unit, "Nghĩa vụ khác"),
        }

    @classmethod
    def obligation(cls, unit, text):
        cls.provision = getattr(cls, "provision", None) or make_provision()
        return Obligation.objects.create(
            unit=unit, provision=cls.provision, kind="report", cadence="monthly", text=text
        )

    def screens_of(self, view_set, instance):
        """Return the addresses of the screens that the view set really has."""
        for screen in SCREENS:
            try:
                yield screen, reverse(f"{view_set.name}:{screen}", args=[instance.pk])
            except NoReverseMatch:
                continue

    def assertDenied(self, response):
        self.assertIn(response.status_code, (302, 403, 404))
        if response.status_code == 302:
            self.assertEqual(response["Location"], HOME)


class ScreenTests(ScopeTestCase):
    """With all permissions on the model, what is left is the scope."""

    def setUp(self):
        for view_set in VIEW_SETS:
            give(self.head, view_set.model, "add", "change", "delete", "view")
        self.client.force_login(self.head)

    def test_the_own_unit_s_objects_open_on_every_screen(self):
        for view_set in VIEW_SETS:
            screens = list(self.screens_of(view_set, self.own[view_set.model]))
            self.assertGreaterEqual(len(screens), 4)
            for screen, url in screens:
                if (view_set, screen) in NARROWER:
                    continue
                with self.subTest(url):
                    self.assertEqual(self.client.get(url).status_code, 200)

    def test_another_unit_s_objects_open_on_none(self):
        for view_set in VIEW_SETS:
            for _screen, url in self.screens_of(view_set, self.foreign[view_set.model]):
                with self.subTest(url):
                    self.assertDenied(self.client.get(url))
                    self.assertDenied(self.client.post(url, {}))

    def test_another_unit_s_object_is_neither_changed_nor_deleted(self):
        for model, foreign in self.foreign.items():
            name = f"{model._meta.model_name}s"
            unit_before, label = foreign.unit_id, str(foreign)
            self.client.post(
                reverse(f"{name}:edit", args=[foreign.pk]),
                {"unit": self.own_unit.pk, "user": self.head.pk, "role": "member"},
            )
            self.client.post(reverse(f"{name}:delete", args=[foreign.pk]))

            foreign = model.objects.get(pk=foreign.pk)
            self.assertEqual((foreign.unit_id, str(foreign)), (unit_before, label))

    def test_an_object_cannot_be_handed_to_another_unit_nor_made_for_it(self):
        own = self.own[Obligation]
        values = {
            "unit": self.other_unit.pk,
            "provision": self.provision.pk,
            "kind": "report",
            "cadence": "monthly",
            "text": "cho đơn vị khác",
        }
        for url in (view_set_url("obligations", "edit", own), reverse("obligations:add")):
            with self.subTest(url):
                self.assertDenied(self.client.post(url, values))

        self.assertFalse(Obligation.objects.filter(text="cho đơn vị khác").exists())

    def test_a_duty_is_written_by_the_centre_even_for_the_own_unit(self):
        own = self.own[Obligation]

        self.assertDenied(
            self.client.post(
                view_set_url("obligations", "edit", own),
                {
                    "unit": self.own_unit.pk,
                    "provision": self.provision.pk,
                    "kind": "report",
                    "cadence": "monthly",
                    "text": "do đơn vị tự ghi",
                },
            )
        )

        self.assertEqual(Obligation.objects.get(pk=own.pk).text, "Nghĩa vụ nhà")

    def test_lists_hold_the_own_unit_s_objects_only(self):
        for view_set in VIEW_SETS:
            for screen in ("index", "index_results"):
                with self.subTest(view_set.name, screen=screen):
                    answer = self.client.get(reverse(f"{view_set.name}:{screen}"))
                    self.assertEqual(
                        list(answer.context["object_list"]), [self.own[view_set.model]]
                    )
                    self.assertNotContains(
                        answer, view_set_url(view_set.name, "edit", self.foreign[view_set.model])
                    )

    def test_a_search_in_a_list_does_not_reach_farther(self):
        answer = self.client.get(reverse("memberships:index"), {"q": "tu-phap"})

        self.assertNotContains(answer, "truong-phong-tu-phap")


def view_set_url(name, screen, instance):
    return reverse(f"{name}:{screen}", args=[instance.pk])


class RoleTests(ScopeTestCase):
    def test_a_unit_s_head_reads_the_registers_and_names_people_only(self):
        self.client.force_login(self.head)
        for view_set in VIEW_SETS:
            own = self.own[view_set.model]
            self.assertEqual(self.client.get(reverse(f"{view_set.name}:index")).status_code, 200)
            for screen in ("edit", "delete"):
                url = view_set_url(view_set.name, screen, own)
                with self.subTest(url):
                    self.assertDenied(self.client.post(url, {}))
            added = self.client.get(reverse(f"{view_set.name}:add"))
            if view_set is MembershipViewSet:
                self.assertEqual(added.status_code, 200)
            else:
                self.assertDenied(added)
            self.assertTrue(view_set.model.objects.filter(pk=own.pk).exists())

    def test_the_centre_s_people_see_every_unit(self):
        self.client.force_login(self.officer)
        for view_set in VIEW_SETS:
            answer = self.client.get(reverse(f"{view_set.name}:index"))
            self.assertEqual(answer.context["object_list"].count(), 2)

    def test_a_reader_does_not_enter_the_staff_area(self):
        self.client.force_login(make_user(Role.READER))
        for view_set in VIEW_SETS:
            for _screen, url in self.screens_of(view_set, self.own[view_set.model]):
                with self.subTest(url):
                    self.assertEqual(self.client.get(url).status_code, 302)

    def test_a_membership_that_has_ended_gives_nothing(self):
        self.client.force_login(self.head)  # the next log-in would take the role as well
        Membership.objects.filter(user=self.head).update(valid_to="2020-01-01")

        answer = self.client.get(reverse("obligations:index"))

        self.assertEqual(answer.context["object_list"].count(), 0)


class DeletingTests(ScopeTestCase):
    def test_what_is_used_elsewhere_stays_and_the_page_says_so(self):
        series = MeetingSeries.objects.create(title="Giao ban", convenor=self.own_unit)
        Meeting.objects.create(title="Họp", series=series, convenor=self.own_unit)
        self.client.force_login(make_user(Role.ADMINISTRATOR))

        answer = self.client.post(view_set_url("meeting_series", "delete", series), follow=True)

        self.assertEqual(answer.status_code, 200)
        self.assertContains(answer, "“Giao ban”")
        self.assertTrue(MeetingSeries.objects.filter(pk=series.pk).exists())


class ChoiceTests(ScopeTestCase):
    def test_a_form_neither_offers_nor_accepts_what_is_foreign(self):
        field = ModelChoiceField(Obligation.objects.all())

        limit_choices([field], self.head)

        self.assertEqual(list(field.queryset), [self.own[Obligation]])
        for pk in (self.foreign[Obligation].pk, 987_654):
            with self.assertRaises(ValidationError) as refusal:
                field.clean(pk)
            self.assertEqual(refusal.exception.code, "invalid_choice")

    def test_what_has_no_scope_is_offered_whole(self):
        field = ModelChoiceField(Permission.objects.all())

        limit_choices([field], self.head)

        self.assertEqual(field.queryset.count(), Permission.objects.count())


class PolicyTests(ScopeTestCase):
    def test_an_action_reaches_only_as_far_as_its_own_permission(self):
        policy = policy_registry.get_by_type(Obligation)
        own, foreign = self.own[Obligation], self.foreign[Obligation]

        self.assertTrue(policy.user_has_permission_for_instance(self.head, "view", own))
        self.assertFalse(policy.user_has_permission_for_instance(self.head, "change", own))
        self.assertFalse(policy.user_has_permission_for_instance(self.head, "view", foreign))
        self.assertEqual(
            list(policy.instances_user_has_any_permission_for(self.head, ["view", "change"])), [own]
        )
        self.assertEqual(list(policy.instances_user_has_permission_for(self.head, "change")), [])

    def test_who_may_see_an_object_is_told_by_the_same_scope(self):
        policy = policy_registry.get_by_type(Obligation)

        users = policy.users_with_any_permission_for_instance(["view"], self.own[Obligation])

        self.assertIn(self.head, users)
        self.assertIn(self.officer, users)
        self.assertNotIn(self.other_head, users)

    def test_nobody_has_nothing(self):
        policy = policy_registry.get_by_type(Obligation)

        for nobody in (AnonymousUser(), make_user()):
            self.assertFalse(policy.instances_user_has_permission_for(nobody, "view").exists())

    def test_a_foreign_object_answers_as_if_it_did_not_exist(self):
        policy = policy_registry.get_by_type(Obligation)
        own, foreign = self.own[Obligation], self.foreign[Obligation]

        self.assertEqual(get_visible_or_404(policy, self.head, "view", pk=own.pk), own)
        with self.assertRaises(Http404):
            get_visible_or_404(policy, self.head, "view", pk=foreign.pk)

    def test_every_register_with_a_scope_is_shown_by_the_scoped_views(self):
        reverse("wagtailadmin_home")  # loads the view sets
        scoped = [
            view_set
            for view_set in viewsets.viewsets
            if isinstance(view_set, ModelViewSet)
            and isinstance(policy_registry.get_by_type(view_set.model), ScopedPolicy)
        ]

        self.assertTrue({type(each) for each in scoped}.issuperset(VIEW_SETS))
        self.assertEqual([each for each in scoped if not isinstance(each, ScopedModelViewSet)], [])
