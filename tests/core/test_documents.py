"""Documents: real PDFs that can be read aloud and searched, made once, with the world shut out."""

import socket
from datetime import timedelta
from io import BytesIO

from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory, TestCase, override_settings
from django.utils import timezone
from pypdf import PdfReader

from portal.core.documents import (
    document_response,
    fail_lost_documents,
    render_document,
    request_document,
)
from portal.core.models import RenderedDocument

Status = RenderedDocument.Status
SENTENCE = "Ủy ban nhân dân xã Đắk Nhẫn đề nghị: ưu tiên chữ ở, ẵ, ỡ, ự, ỹ và 1.234,56 tỷ đồng."
#: An infinite size, which the renderer cannot lay out.
BROKEN = '<p style="font-size: 1e308px">x</p>'


def paper(body, title="Báo cáo"):
    """Return a page as the portal's paper templates write it."""
    return (
        engines["django"]
        .from_string(
            '{% extends "documents/base.html" %}{% block plain_title %}{{ title }}'
            "{% endblock %}{% block title %}{{ title }}{% endblock %}"
            "{% block body %}{{ body|safe }}{% endblock %}"
        )
        .render({"title": title, "body": body})
    )


class DocumentTestCase(TestCase):
    def make(self, html, **options):
        """Ask for the document and let the worker do what it is given."""
        with self.captureOnCommitCallbacks(execute=True) as given:
            document = request_document(html, title="Báo cáo", **options)
        document.refresh_from_db()
        return document, len(given)

    def pdf_of(self, html):
        document, _given = self.make(html)
        self.assertEqual(document.error, "")
        return PdfReader(BytesIO(document.file.read()))


class RenderingTests(DocumentTestCase):
    def test_vietnamese_can_be_read_out_of_the_file(self):
        pdf = self.pdf_of(paper(f"<p>{SENTENCE}</p>"))

        text = " ".join(pdf.pages[0].extract_text().split())
        self.assertIn(SENTENCE, text)
        self.assertIn("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", text)

    def test_the_file_is_tagged_and_names_its_language_and_title(self):
        catalogue = self.pdf_of(paper("<h2>Mục 1</h2><p>x</p>")).trailer["/Root"]

        self.assertIs(catalogue["/MarkInfo"]["/Marked"].value, True)
        self.assertIn("/StructTreeRoot", catalogue)
        self.assertEqual(catalogue["/Lang"], "vi")
        self.assertIs(catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value, True)

    def test_the_title_stands_in_the_file(self):
        self.assertEqual(
            self.pdf_of(paper("", title="Kết luận số 5")).metadata.title, "Kết luận số 5"
        )

    def test_the_pages_are_counted(self):
        document, _given = self.make(paper('<p style="break-after: page">1</p><p>2</p>'))

        self.assertEqual((document.status, document.page_count), (Status.READY, 2))
        self.assertEqual(document.source, "")
        self.assertIsNotNone(document.finished_at)


class ShutOutTests(DocumentTestCase):
    def test_nothing_of_the_machine_or_the_network_is_fetched(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.setblocking(False)
            web = f"http://127.0.0.1:{server.getsockname()[1]}/x"
            pdf = self.pdf_of(
                "".join(
                    f'<img src="{url}"><object data="{url}"></object>'
                    f'<link rel="stylesheet" href="{url}"><link rel="attachment" href="{url}">'
                    f"<style>@import url({url}); p {{ background: url({url}) }}"
                    f"@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}"
                    f'</style><svg><image href="{url}"/></svg>'
                    for url in ("file:///etc/passwd", web, "http://127.0.0.1:9/x", "http://[x")
                )
                + "<p>Chỉ còn câu này.</p>"
            )
            with self.assertRaises(BlockingIOError):
                server.accept()

        self.assertEqual(pdf.pages[0].extract_text().strip(), "Chỉ còn câu này.")
        self.assertEqual((list(pdf.attachments), list(pdf.pages[0].images)), ([], []))

    def test_what_the_page_brings_along_is_shown(self):
        pixel = (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
            "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
        )

        self.assertEqual(len(self.pdf_of(f'<img src="{pixel}" alt="x">').pages[0].images), 1)


class OnceTests(DocumentTestCase):
    def test_the_same_content_is_rendered_once(self):
        first, given = self.make(paper("<p>1</p>"))
        again, given_again = self.make(paper("<p>1</p>"))
        other, _given = self.make(paper("<p>2</p>"))

        self.assertEqual((first.pk, given, given_again), (again.pk, 1, 0))
        self.assertNotEqual(first.pk, other.pk)
        self.assertEqual(first.finished_at, again.finished_at)

    def test_a_waiting_document_is_not_queued_twice(self):
        request_document(paper("<p>1</p>"), title="x")

        self.assertEqual(self.make(paper("<p>1</p>"))[1], 0)

    def test_a_ready_document_is_left_alone_by_a_late_worker(self):
        document, _given = self.make(paper("<p>1</p>"))

        render_document.call(document.pk)

        self.assertEqual(
            RenderedDocument.objects.get(pk=document.pk).finished_at, document.finished_at
        )


class FailureTests(DocumentTestCase):
    def test_what_cannot_be_rendered_fails_and_keeps_the_reason(self):
        document, _given = self.make(BROKEN)

        self.assertEqual(document.status, Status.FAILED)
        self.assertIn("OverflowError", document.error)

    def test_a_failed_document_is_tried_again_only_when_asked(self):
        failed, _given = self.make(BROKEN)

        self.assertEqual(self.make(BROKEN)[1], 0)
        again, given = self.make(BROKEN, retry=True)
        self.assertEqual((again.pk, given), (failed.pk, 1))

    def test_a_file_that_cannot_be_kept_fails_and_succeeds_later(self):
        with override_settings(FILE_UPLOAD_PERMISSIONS="unusable"):
            failed, _given = self.make(paper("<p>1</p>"))
        self.assertEqual(failed.status, Status.FAILED)

        document, _given = self.make(paper("<p>1</p>"), retry=True)

        self.assertEqual((document.status, document.error), (Status.READY, ""))

    def test_a_document_whose_worker_is_gone_can_be_asked_for_again(self):
        lost = request_document(paper("<p>1</p>"), title="x")
        later = timezone.now() + timedelta(minutes=31)

        self.assertEqual(fail_lost_documents(later - timedelta(minutes=2)), 0)
        self.assertEqual(fail_lost_documents(later), 1)

        lost.refresh_from_db()
        self.assertEqual(lost.status, Status.FAILED)
        document, _given = self.make(paper("<p>1</p>"), retry=True)
        self.assertEqual(document.status, Status.READY)


class AnsweringTestCase(DocumentTestCase):
    def answer(self, html, query="", *, format="pdf", **headers):
        request = RequestFactory().get(f"/x.pdf{query}", headers=headers)
        request.user = AnonymousUser()
        with self.captureOnCommitCallbacks(execute=True):
            response = document_response(
                request, html, title="Báo cáo", filename="báo-cáo.pdf", format=format
            )
        if response.status_code == 304:
            return response
        kept = "private, no-cache" if response.status_code == 200 else "private, no-store"
        self.assertEqual(response["Cache-Control"], kept)
        return response


class ResponseTests(AnsweringTestCase):
    def test_a_reader_waits_and_then_has_the_file(self):
        waiting = self.answer(paper("<p>1</p>"), "?ban=2")
        self.assertEqual((waiting.status_code, waiting["Refresh"]), (202, "2; url=/x.pdf?ban=2"))

        ready = self.answer(paper("<p>1</p>"), "?ban=2")

        self.assertEqual((ready.status_code, ready["Content-Type"]), (200, "application/pdf"))
        self.assertTrue(b"".join(ready).startswith(b"%PDF-"))

    def test_a_reader_is_told_of_a_failure_and_may_try_again(self):
        self.answer(BROKEN, "?ban=2")
        failed = self.answer(BROKEN, "?ban=2")

        self.assertNotIn("Refresh", failed)
        self.assertContains(failed, "/x.pdf?ban=2&amp;thu-lai=1", status_code=202)

    def test_a_second_failure_is_told_as_well(self):
        self.answer(BROKEN)
        self.answer(BROKEN)

        trying = self.answer(BROKEN, "?thu-lai=1")
        self.assertEqual(trying["Refresh"], "2; url=/x.pdf")
        self.assertNotIn("Refresh", self.answer(BROKEN))

    def test_what_the_reader_has_already_is_not_sent_again(self):
        self.answer(paper("<p>1</p>"))
        etag = self.answer(paper("<p>1</p>"))["ETag"]

        again = self.answer(paper("<p>1</p>"), if_none_match=etag)

        self.assertEqual((again.status_code, again.content), (304, b""))
