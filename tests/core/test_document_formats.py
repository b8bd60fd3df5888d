"""Documents of other formats than PDF, and what happens when there are many of them."""

from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from portal.core import documents
from portal.core.document_formats import DocumentFormat, FormatNameTaken, register_format
from portal.core.documents import (
    TooManyWaiting,
    content_hash,
    document_response,
    forget_unused_documents,
    request_document,
)
from portal.core.models import RenderedDocument
from tests.core.test_documents import AnsweringTestCase, DocumentTestCase, paper

Status = RenderedDocument.Status
SHOUTED = register_format(
    DocumentFormat(
        name="test-shouted",
        extension="txt",
        content_type="text/plain; charset=utf-8",
        render=lambda source: (source.upper().encode(), 0),
        version=lambda: "1",
    )
)


class FormatTests(DocumentTestCase):
    def test_another_format_is_made_from_the_same_source_as_another_document(self):
        made, given = self.make("ở", format="test-shouted")

        self.assertEqual((made.status, made.format, given), (Status.READY, "test-shouted", 1))
        self.assertEqual(made.file.read().decode(), "Ở")
        self.assertTrue(made.file.name.endswith(".txt"), made.file.name)
        self.assertNotEqual(content_hash("ở"), content_hash("ở", "test-shouted"))

    def test_one_name_means_one_format(self):
        register_format(SHOUTED)

        with self.assertRaises(FormatNameTaken):
            register_format(replace(SHOUTED, extension="xyz"))

    def test_another_version_of_the_renderer_makes_another_document(self):
        versions = iter("12")
        register_format(replace(SHOUTED, name="test-changing", version=lambda: next(versions)))

        first, second = (content_hash("ở", "test-changing") for _time in range(2))

        self.assertNotEqual(first, second)


class ManyDocumentsTests(DocumentTestCase):
    def test_only_so_many_documents_wait(self):
        for number in range(documents.MOST_WAITING):
            request_document(f"<p>{number}</p>", title="x")

        with self.assertRaises(TooManyWaiting):
            request_document("<p>more</p>", title="x")
        self.assertEqual(request_document("<p>1</p>", title="x").status, Status.WAITING)

    def test_documents_that_nobody_asks_for_go_with_their_files(self):
        old, _given = self.make(paper("<p>1</p>"))
        fresh, _given = self.make(paper("<p>2</p>"))
        today = timezone.localdate()
        RenderedDocument.objects.filter(pk=old.pk).update(
            last_asked_on=today - timedelta(days=documents.DAYS_KEPT + 1)
        )

        self.assertEqual(forget_unused_documents(), 1)

        self.assertEqual(list(RenderedDocument.objects.all()), [fresh])
        self.assertIs(old.file.storage.exists(old.file.name), False)
        self.assertIs(fresh.file.storage.exists(fresh.file.name), True)

    def test_a_document_that_is_asked_for_stays(self):
        old, _given = self.make(paper("<p>1</p>"))
        long_ago = timezone.localdate() - timedelta(days=documents.DAYS_KEPT + 1)
        RenderedDocument.objects.filter(pk=old.pk).update(last_asked_on=long_ago)
        self.make(paper("<p>1</p>"))

        self.assertEqual(forget_unused_documents(), 0)


class SavedFileTests(AnsweringTestCase):
    def test_what_is_saved_and_not_shown_says_so_while_it_waits(self):
        waiting = self.answer("ở", format="test-shouted")
        self.assertContains(waiting, "TXT", status_code=202)

        ready = self.answer("ở", format="test-shouted")

        self.assertTrue(ready["Content-Disposition"].startswith("attachment"))

    def test_a_reader_is_asked_to_come_back_when_too_many_wait(self):
        for number in range(documents.MOST_WAITING):
            request_document(f"<p>{number}</p>", title="x")
        request = RequestFactory().get("/x.pdf")
        request.user = AnonymousUser()

        answer = document_response(request, "<p>more</p>", title="Báo cáo", filename="x.pdf")

        self.assertEqual((answer.status_code, answer["Retry-After"]), (503, "60"))
        self.assertContains(answer, "Báo cáo", status_code=503)
