"""The command that prints what a regulation proposes."""

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase

from portal.meetings.models import MeetingIndexPage, MeetingSeries
from portal.regulations.models import RegulationImport, RegulationPage
from portal.units.models import Obligation, UnitPage
from tests.home.setting_up.texts import AMENDED, WITH_MEETINGS
from tests.regulations.edition_texts import in_days
from tests.regulations.texts import SMALL


class SetupCentreTests(SimpleTestCase):
    """A SimpleTestCase refuses every query: the command needs no database."""

    def run_on(self, text, *options):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "quy-che.txt"
            path.write_text(text, encoding="utf-8")
            printed = io.StringIO()
            call_command("setup_centre", str(path), *options, stdout=printed)
        return printed.getvalue()

    def test_it_prints_the_proposals_without_a_database(self):
        proposals = json.loads(self.run_on(SMALL, "--dry-run"))

        self.assertEqual([unit["name"] for unit in proposals["units"]], ["Sở Y tế"])
        [obligation] = [each for each in proposals["obligations"] if each["kind"] == "supply_data"]
        self.assertEqual(obligation["units"], ["so-y-te"])

    def test_a_file_that_is_not_there_is_one_sentence(self):
        with self.assertRaisesMessage(CommandError, "/khong-co.txt"):
            call_command("setup_centre", "/khong-co.txt", "--dry-run")


class WritingTests(TestCase):
    def run_on(self, text, *options, name="quy-che.txt"):
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            printed = io.StringIO()
            call_command("setup_centre", str(path), *options, stdout=printed)
        return printed.getvalue()

    def test_the_portal_stands_and_the_command_says_what_and_where(self):
        printed = self.run_on(WITH_MEETINGS)

        regulation = RegulationPage.objects.live().get()
        self.assertIn(regulation.get_full_url(), printed)
        self.assertIn(str(UnitPage.objects.live().count()), printed)
        self.assertEqual(self.client.get(UnitPage.objects.first().url).status_code, 200)
        self.assertEqual(regulation.editions.get().decision_number, "15/QĐ-UBND")

    def test_a_second_run_changes_nothing(self):
        self.run_on(WITH_MEETINGS)
        before = self.state()

        self.run_on(f"{WITH_MEETINGS}\n", name="ban-khac.txt")

        self.assertEqual(self.state(), before)

    def test_an_amended_file_of_the_same_number_is_its_next_edition(self):
        self.run_on(WITH_MEETINGS)

        self.run_on(AMENDED)

        regulation = RegulationPage.objects.get()
        self.assertEqual(regulation.editions.count(), 2)
        self.assertTrue(UnitPage.objects.filter(title="Sở Xây dựng").exists())

    def test_the_decision_and_the_day_may_be_named(self):
        self.run_on(WITH_MEETINGS)
        coming = in_days(30)

        printed = self.run_on(
            AMENDED,
            f"--in-force-from={coming:%d/%m/%Y}",
            "--decision=77/QĐ-UBND",
            f"--decided-on={in_days(0):%d/%m/%Y}",
            "--reason=Sắp xếp lại các sở",
        )

        edition = RegulationPage.objects.get().editions.get(number=2)
        self.assertEqual((edition.status, edition.effective_on), ("enacted", coming))
        self.assertEqual(
            (edition.decision_number, edition.decision_date), ("77/QĐ-UBND", in_days(0))
        )
        self.assertEqual(edition.note, "Sắp xếp lại các sở")
        self.assertIn(f"{coming:%d/%m/%Y}", printed)

    def test_a_day_before_the_last_edition_is_refused(self):
        self.run_on(WITH_MEETINGS)

        with self.assertRaisesMessage(CommandError, "05/03/2025"):
            self.run_on(AMENDED, "--in-force-from=01/01/2020")

        self.assertEqual(RegulationPage.objects.get().editions.count(), 1)

    def test_what_is_no_day_is_refused(self):
        with self.assertRaises(CommandError):
            self.run_on(WITH_MEETINGS, "--in-force-from=31/02/2026")

    def test_an_article_that_left_the_text_returns_with_its_duties(self):
        article = f"{WITH_MEETINGS}\n".partition("Điều 6.")[2]
        without = WITH_MEETINGS.replace(f"Điều 6.{article}".strip(), "")
        self.run_on(WITH_MEETINGS)
        url = RegulationPage.objects.get().provisions.get(path="dieu-6/khoan-1").url
        self.run_on(without)
        self.assertEqual(self.client.get(url).status_code, 410)
        self.assertFalse(Obligation.objects.in_force(in_days(1)).filter(kind="meet").exists())

        self.run_on(WITH_MEETINGS)

        self.assertEqual(RegulationPage.objects.get().editions.count(), 3)
        self.assertEqual(self.client.get(url).status_code, 200)
        duty = Obligation.objects.in_force(in_days(1)).get(kind="meet")
        self.assertEqual((duty.provision.url, duty.provision.repealed), (url, False))
        self.assertEqual(self.client.get(duty.unit.url).status_code, 200)
        self.assertIs(MeetingIndexPage.objects.get().live, True)
        self.assertIs(MeetingSeries.objects.get().is_active, True)

    def test_a_text_without_a_dieu_is_refused_and_nothing_stands(self):
        with self.assertRaisesMessage(CommandError, "Điều"):
            self.run_on("Thư ngỏ\n\nKính gửi các đơn vị.")

        self.assertFalse(RegulationPage.objects.exists())
        self.assertFalse(RegulationImport.objects.exists())

    def state(self):
        return (
            RegulationPage.objects.count(),
            list(UnitPage.objects.values_list("pk", "latest_revision")),
            list(Obligation.objects.values_list("pk", "valid_to")),
        )
