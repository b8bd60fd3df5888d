"""Long imports are written by the worker; what fails there or here says so with its number."""

import re
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.db.models.signals import pre_save
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.core.jobs import enqueue, fail_dead_jobs
from portal.core.models import Job, TableImport
from portal.core.roles import Role
from portal.core.statuses import move
from portal.core.tables import actions
from portal.datasets.models import CodeList, CodeListItem
from portal.home.role_groups import grant_page_rights
from portal.units.models import Membership, Obligation
from tests.factories import (
    make_article,
    make_home,
    make_provision,
    make_regulation,
    make_unit,
    make_user,
)
from tests.units.table_imports import messages, send

Status = TableImport.Status
#: Queries for each row that is new, in its preview and when it is written.
LOOKED_AT, WRITTEN = 4, 30
MANY = actions.ROWS_AT_ONCE + 1


def items(count):
    """Return the rows of a file with ``count`` new items."""
    return [
        ["code_list", "code", "label"],
        *(["xa", f"{number:05}", f"Xã {number}"] for number in range(count)),
    ]


@contextmanager
def broken_at(code):
    """Let the database refuse the item ``code``, as a full disk would."""

    def refuse(sender, instance, **kwargs):
        if instance.code == code:
            raise OSError("no space left on device")

    pre_save.connect(refuse, sender=CodeListItem)
    try:
        yield
    finally:
        pre_save.disconnect(refuse, sender=CodeListItem)


@override_settings(SECURE_SSL_REDIRECT=False)
class WorkerTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        CodeList.objects.create(code="xa", title="Xã")

    def setUp(self):
        self.client.force_login(self.admin)

    def step(self, kept, key):
        """Take a step as a person does; the worker works as soon as the step is taken."""
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client.post(reverse("tables:step", args=[kept.pk, key]))
        kept.refresh_from_db()
        return answer

    def page(self, kept):
        return self.client.get(reverse("tables:import", args=[kept.pk]))

    def test_the_worker_writes_what_was_shown(self):
        kept = send("muc-danh-muc-ma", items(MANY), self.admin)

        self.step(kept, "ghi")

        self.assertEqual(kept.status, Status.APPLIED)
        self.assertEqual(actions.latest_job(kept).status, Job.Status.DONE)
        self.assertEqual((CodeListItem.objects.count(), len(kept.differences)), (MANY, MANY))
        self.step(kept, "hoan-tac")
        self.assertEqual((kept.status, CodeListItem.objects.count()), (Status.UNDONE, 0))

    def test_the_worker_writes_nothing_that_was_overtaken(self):
        kept = send("muc-danh-muc-ma", items(MANY), self.admin)
        CodeListItem.objects.create(code_list=CodeList.objects.get(), code="00000", label="x")

        self.step(kept, "ghi")

        self.assertEqual((kept.status, CodeListItem.objects.count()), (Status.STALE, 1))

    def test_a_failure_of_the_worker_has_a_number_and_may_be_tried_again(self):
        kept = send("muc-danh-muc-ma", items(MANY), self.admin)

        with broken_at("00200"), self.assertLogs("portal", "ERROR") as logged:
            self.step(kept, "ghi")

        self.assertEqual((kept.status, CodeListItem.objects.count()), (Status.READY, 0))
        incident = actions.latest_job(kept).incident
        self.assertIn(incident, logged.output[0])
        self.assertContains(self.page(kept), incident)
        self.step(kept, "ghi")
        self.assertEqual((kept.status, CodeListItem.objects.count()), (Status.APPLIED, MANY))

    def test_a_failure_at_once_has_a_number_and_is_not_called_overtaken(self):
        kept = send("muc-danh-muc-ma", items(3), self.admin)

        with broken_at("00001"), self.assertLogs("portal", "ERROR") as logged:
            answer = self.step(kept, "ghi")

        [incident] = re.findall(r"Incident (\w{8})", logged.output[0])
        self.assertContains(answer, incident, status_code=409)
        self.assertEqual((kept.status, CodeListItem.objects.count()), (Status.READY, 0))

    def test_who_lost_the_rights_is_told_so_by_the_worker(self):
        kept = send("muc-danh-muc-ma", items(MANY), self.admin)
        move(kept, Status.APPLYING, user=self.admin)
        enqueue(actions.APPLY, kept, user=make_user(Role.DATA_OFFICER))
        kept.refresh_from_db()

        self.assertEqual(CodeListItem.objects.count(), 0)

    def test_an_import_whose_worker_died_can_be_checked_again(self):
        for status in (Status.WAITING, Status.APPLYING):
            with self.subTest(status):
                kept = send("muc-danh-muc-ma", items(3), self.admin)
                move(kept, status, user=self.admin)
                died = enqueue(actions.APPLY, kept, user=self.admin)
                long_ago = timezone.now() - timedelta(days=1)
                Job.objects.filter(pk=died.pk).update(status="running", heartbeat_at=long_ago)
                self.assertContains(self.page(kept), "data-poll-url")
                self.step(kept, "kiem-tra-lai")
                self.assertEqual(kept.status, status)

                fail_dead_jobs()

                page = self.page(kept)
                self.assertNotContains(page, "data-poll-url")
                self.assertContains(page, "kiem-tra-lai")
                self.step(kept, "kiem-tra-lai")
                self.assertEqual(kept.status, Status.READY)


class WorkTests(TestCase):
    """How much is asked of the database for many rows."""

    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        cls.unit = make_unit("Sở Y tế", code="SYT")
        regulation = make_regulation(document_number="01/2026/QĐ-UBND")
        article = make_article(regulation, number="5")
        make_provision(regulation, "qc__dieu_5", article=article, label="Điều 5")
        CodeList.objects.create(code="xa", title="Xã")
        for number in range(12):
            make_user(username=f"p{number}")

    def files(self, count):
        """Yield ``(key, rows)`` of files with ``count`` new rows of each register."""
        yield "muc-danh-muc-ma", items(count)
        yield (
            "nguoi",
            [
                ["user", "unit", "role", "valid_from"],
                *([f"p{number}", "SYT", "member", "01/07/2026"] for number in range(count)),
            ],
        )
        yield (
            "nghia-vu",
            [
                ["unit", "provision", "kind", "cadence", "text", "counterparts"],
                *(
                    ["SYT", "Điều 5", "report", "monthly", f"V{number}", "SYT"]
                    for number in range(count)
                ),
            ],
        )

    def queries(self, key, rows):
        """Return how many queries the preview and the writing of a file take."""
        with CaptureQueriesContext(connection) as shown:
            kept = send(key, rows, self.admin)
        self.assertEqual(messages(kept), [])
        with CaptureQueriesContext(connection) as written:
            actions.confirm(kept, user=self.admin)
        self.assertEqual(kept.status, Status.APPLIED)
        actions.undo(kept, user=self.admin)
        return len(shown), len(written)

    def test_each_row_more_costs_a_few_queries_and_no_more(self):
        pairs = zip(self.files(2), self.files(12), strict=True)
        for (key, few), (_same, many) in pairs:
            with self.subTest(key):
                self.queries(key, few)
                first, second = self.queries(key, few), self.queries(key, many)

                self.assertLessEqual((second[0] - first[0]) / 10, LOOKED_AT, (first, second))
                self.assertLessEqual((second[1] - first[1]) / 10, WRITTEN, (first, second))
        self.assertFalse(Membership.objects.filter(role="member").exists())
        self.assertFalse(Obligation.objects.exists())
