"""What a regulation proposes stands: units with duties, and what acts on the duties."""

from django.core.exceptions import PermissionDenied
from wagtail.models import Site

from portal.core.models import AuditEntry
from portal.core.roles import Role
from portal.home.models import CentreSettings, SetupProposal, SetupRun
from portal.home.setting_up.actions import (
    SetupRefused,
    apply_setup,
    correct,
    decide,
    start_setup,
)
from portal.meetings.models import AssessmentIndexPage, MeetingIndexPage
from portal.regulations.models import Definition
from portal.units.models import Obligation, UnitPage, UnitResponsibility
from tests.factories import make_unit, make_user
from tests.home.setting_up.case import SetupCase
from tests.home.setting_up.texts import CENTRE, WITH_MEETINGS


class StandingTests(SetupCase):
    is_set_up = True

    def test_the_centre_is_called_as_the_text_calls_it(self):
        centre = CentreSettings.for_site(Site.objects.get())
        self.assertEqual(centre.name, "Trung tâm điều hành thông minh tỉnh Thử")
        self.assertEqual(centre.owner_name, "Ủy ban nhân dân tỉnh")
        self.assertEqual(centre.managing_name, "Văn phòng Ủy ban nhân dân tỉnh")

    def test_every_unit_stands_with_role_level_and_place(self):
        units = {unit.title: unit for unit in UnitPage.objects.live()}
        office = units["Văn phòng Ủy ban nhân dân tỉnh"]
        self.assertEqual((office.centre_role, office.level), ("managing", "province"))
        self.assertEqual(office.parent_unit, units["Ủy ban nhân dân tỉnh"])
        agencies = units["Các sở, ban, ngành tỉnh"]
        self.assertIs(agencies.is_group, True)
        self.assertIn(units["Sở Y tế"], agencies.member_units.all())

    def test_responsibilities_stand_in_the_words_of_the_text_with_their_provision(self):
        duties = UnitResponsibility.objects.filter(unit__title="Sở Y tế")
        self.assertEqual(
            [(duty.provision.eid, duty.name_as_written) for duty in duties],
            [("qc__dieu_4__khoan_1", "Sở Y tế"), ("qc__dieu_4__khoan_2", "Sở Y tế")],
        )
        page = self.client.get(UnitPage.objects.get(title="Sở Y tế").url)
        self.assertContains(page, "Cung cấp dữ liệu khám chữa bệnh")

    def test_the_name_in_the_text_is_kept_and_shown_once_the_unit_is_called_otherwise(self):
        unit = UnitPage.objects.get(title="Sở Y tế")
        before = self.client.get(unit.url).context["reading"].responsibilities[0]

        unit.title = "Sở Sức khỏe"
        unit.save_revision().publish()

        after = self.client.get(unit.url).context["reading"].responsibilities[0]
        self.assertEqual((before.other_name, after.other_name), ("", "Sở Y tế"))

    def test_a_duty_keeps_cadence_day_counterpart_and_the_day_it_began(self):
        report = Obligation.objects.get(kind="report", cadence="monthly")
        self.assertEqual(report.unit.title, "Văn phòng Ủy ban nhân dân tỉnh")
        self.assertEqual(report.due_rule["day"], 25)
        self.assertIs(report.due_rule["strictly_before"], True)
        self.assertEqual(
            [unit.title for unit in report.counterparts.all()], ["Ủy ban nhân dân tỉnh"]
        )
        self.assertEqual(report.valid_from, self.regulation.effective_on)
        self.assertIn("trước ngày 25", report.words)

    def test_terms_that_the_text_explains_are_confirmed(self):
        term = Definition.objects.get(regulation=self.regulation)

        self.assertEqual(term.status, Definition.Status.CONFIRMED)
        self.assertEqual(self.run_of_class.result["definitions"], 1)

    def test_it_is_written_down_who_did_it(self):
        entry = AuditEntry.objects.get(action="home.set_up")
        self.assertEqual((entry.actor, entry.subject), (self.administrator, self.regulation))
        self.assertEqual(self.run_of_class.status, SetupRun.Status.APPLIED)
        duty = Obligation.objects.first()
        self.assertEqual(duty.history.first().history_user, self.administrator)


class DecidingTests(SetupCase):
    def test_what_is_dropped_does_not_stand(self):
        run = self.start()
        health = run.proposals.get(kind="unit", key="so-y-te")
        others = set(run.proposals.exclude(pk=health.pk).values_list("pk", flat=True))

        decide(run, others, among={health.pk, *others}, user=self.administrator)
        self.apply(run)

        self.assertFalse(UnitPage.objects.filter(title="Sở Y tế").exists())
        self.assertFalse(
            Obligation.objects.filter(provision__eid__startswith="qc__dieu_4").exists()
        )

    def test_a_correction_stands_instead_of_what_was_read(self):
        run = self.start()
        health = run.proposals.get(kind="unit", key="so-y-te")

        correct(health, {"name": "Sở Y tế tỉnh Thử"}, user=self.administrator)
        self.apply(run)

        unit = UnitPage.objects.get(title="Sở Y tế tỉnh Thử")
        self.assertEqual(unit.responsibilities.first().name_as_written, "Sở Y tế")

    def test_a_unit_that_stands_already_gets_what_the_text_adds(self):
        known = make_unit("Sở Y tế", code="Y")

        self.set_up()

        self.assertEqual(UnitPage.objects.filter(title__startswith="Sở Y tế").get(), known)
        self.assertEqual(known.responsibilities.count(), 2)

    def test_a_unit_may_be_told_to_be_one_that_bears_another_name(self):
        known = make_unit("Sở Sức khỏe", code="SK")
        run = self.start()

        health = run.proposals.get(kind="unit", key="so-y-te")
        correct(health, {"existing": known.pk}, user=self.administrator)
        self.apply(run)

        self.assertFalse(UnitPage.objects.filter(title="Sở Y tế").exists())
        self.assertEqual(known.responsibilities.count(), 2)

    def test_what_an_editor_has_not_published_is_neither_published_nor_lost(self):
        unit = make_unit("Sở Y tế")
        unit.address = "Số 1 đường Mới"
        unit.save_revision()

        self.set_up()

        unit = UnitPage.objects.get(pk=unit.pk)
        draft = unit.get_latest_revision_as_object()
        self.assertEqual((unit.address, draft.address), ("", "Số 1 đường Mới"))
        self.assertEqual((unit.responsibilities.count(), draft.responsibilities.count()), (2, 2))


class WithoutMeetingsTests(SetupCase):
    text = CENTRE
    is_set_up = True

    def test_a_centre_without_briefings_and_review_has_no_such_rooms(self):
        self.assertIs(MeetingIndexPage.objects.get().live, False)
        self.assertIs(AssessmentIndexPage.objects.get().live, False)
        self.assertNotContains(self.client.get("/"), "/hop-giao-ban/")

    def test_its_staff_have_no_such_menus_either(self):
        self.client.force_login(self.administrator)

        answer = self.client.get("/quan-tri/")

        self.assertNotContains(answer, "/quan-tri/hop/danh-gia/")

    def test_a_duty_written_by_hand_opens_its_room(self):
        duty = Obligation.objects.first()
        Obligation.objects.create(
            unit=duty.unit, provision=duty.provision, kind="review_year", cadence="annual"
        )

        self.assertIs(AssessmentIndexPage.objects.get().live, True)
        self.assertIs(MeetingIndexPage.objects.get().live, False)

    def test_duties_to_meet_and_review_that_come_later_open_the_rooms(self):
        self.apply(self.start(self.bring_in(WITH_MEETINGS)))

        self.assertIs(MeetingIndexPage.objects.get().live, True)
        self.assertIs(AssessmentIndexPage.objects.get().live, True)


class RefusalTests(SetupCase):
    def test_only_an_administrator_sets_up(self):
        run = self.start()

        with self.assertRaises(PermissionDenied):
            apply_setup(run, user=make_user(Role.IOC_OFFICER))
        self.assertFalse(UnitPage.objects.exists())

    def test_a_run_is_applied_once(self):
        run = self.set_up()

        with self.assertRaises(SetupRefused):
            self.apply(run)

    def test_a_text_that_has_changed_since_is_not_set_up(self):
        run = self.start()
        article = self.regulation.get_descendants().get(slug="dieu-4").specific
        article.heading = "Trách nhiệm của Sở Công Thương"
        article.save_revision().publish()

        with self.assertRaises(SetupRefused):
            self.apply(run)
        self.assertFalse(UnitPage.objects.exists())

    def test_a_duty_without_anybody_is_refused_and_nothing_stands(self):
        run = self.start()
        duty = run.proposals.filter(kind="obligation").first()
        correct(duty, {"units": []}, user=self.administrator)

        with self.assertRaises(SetupRefused):
            self.apply(run)
        self.assertFalse(UnitPage.objects.exists())

    def test_a_text_that_is_not_public_is_not_set_up(self):
        self.regulation.unpublish()

        with self.assertRaises(SetupRefused):
            start_setup(self.regulation, user=self.administrator)

    def test_starting_again_puts_the_unfinished_run_aside(self):
        first, second = self.start(), self.start()

        first.refresh_from_db()
        self.assertEqual(first.status, SetupRun.Status.ABANDONED)
        self.assertIs(second.is_open, True)
        with self.assertRaises(SetupRefused):
            decide(first, set(), among={1}, user=self.administrator)
        self.assertTrue(SetupProposal.objects.filter(run=second).exists())
