"""What a unit's people change on their page waits for the centre, and they see its end."""

from django.urls import reverse
from wagtail.models import TaskState

from tests.units.test_own_page import OwnPageCase, answers


class WorkflowTests(OwnPageCase):
    def decide(self, action, **data):
        state = TaskState.objects.get(status="in_progress")
        self.client.force_login(self.leader)
        return self.client.post(
            reverse("wagtailadmin_pages:workflow_action", args=[self.unit.pk, action, state.pk]),
            data,
        )

    def test_a_leader_approves_and_readers_see_it(self):
        self.send()
        self.assertEqual(self.live().address, "")
        self.decide("approve", comment="")

        self.assertEqual(self.live().address, "Số 2")
        self.client.logout()
        self.assertContains(self.client.get(self.live().url), "Số 2")

    def test_the_editor_cannot_approve(self):
        self.send()
        state = TaskState.objects.get(status="in_progress")
        self.client.force_login(self.head)
        self.client.post(
            reverse("wagtailadmin_pages:workflow_action", args=[self.unit.pk, "approve", state.pk])
        )
        self.client.post(self.address("edit"), {**answers(), "action-publish": "1"})

        self.assertEqual(self.live().address, "")

    def test_a_page_sent_back_says_why_on_page_and_start_page(self):
        self.send()
        self.decide("reject", comment="Ghi rõ tên đường")
        self.client.force_login(self.officer)

        self.assertContains(self.client.get(reverse("wagtailadmin_home")), "Ghi rõ tên đường")
        history = self.client.get(self.address("history"))
        self.assertContains(history, "Ghi rõ tên đường")
        self.send(self.officer)
        self.assertEqual(self.live().current_workflow_state.status, "in_progress")

    def test_submitting_is_the_first_button(self):
        self.client.force_login(self.officer)
        page = self.client.get(self.address("edit")).content.decode()

        self.assertRegex(page, r'(?s)name="action-submit".*name="action-save"|action-submit.*Lưu')
