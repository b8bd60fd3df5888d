"""Minutes, notice of conclusions and a year's result on paper."""

from io import BytesIO

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, TestCase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from pypdf import PdfReader

from portal.core.models.page import visitor_of
from portal.core.paper import render_pdf
from portal.meetings.actions.agenda import change_item
from portal.meetings.actions.assessment import publish_cycle
from portal.meetings.models import Meeting
from portal.meetings.papers import minutes_html, notice_html, result_html
from portal.meetings.records import record_for
from portal.meetings.results import result_of
from tests.meetings.people import MeetingPeople
from tests.meetings.test_assessment import CycleCase


def text_of(html):
    """Return the words of the PDF of ``html``, on one line."""
    pdf, _pages = render_pdf(html)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.split())


class MeetingPaperTests(MeetingPeople, TestCase):
    def paper(self, draw, user, meeting):
        meeting = Meeting.objects.get(pk=meeting.pk)
        return text_of(draw(meeting, record_for(visitor_of(user), meeting)))

    def test_minutes_follow_the_decrees_form(self):
        text = self.paper(minutes_html, self.leader, self.issued_meeting())
        with translation.override("vi"):
            present = gettext("present")

        for words in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "VĂN PHÒNG ỦY BAN",
            "Số: 01/BB-VP",
            "BIÊN BẢN",
            "Thời gian bắt đầu",
            "Địa điểm: Phòng họp số 1",
            "Chủ trì (chủ tọa): Chủ tịch Ủy ban nhân dân",
            f"Phòng Y tế: {present}; Nguyễn Văn A (Trưởng phòng)",
            "Phòng Y tế rà soát số liệu tiêm chủng",
            "Giao Phòng Y tế chủ trì, phối hợp với Phòng Văn hóa",
            "Cuộc họp kết thúc vào",
            "THƯ KÝ",
            "CHỦ TỌA",
            "Nơi nhận:",
            "Lưu: VT, Hồ sơ.",
        ):
            with self.subTest(words):
                self.assertIn(words, text)

    def test_the_notice_says_who_does_what_by_when(self):
        text = self.paper(notice_html, self.leader, self.issued_meeting())

        for words in ("Số: 01/TB-VP", "THÔNG BÁO", "Kết luận của Chủ tịch", "chậm nhất ngày"):
            self.assertIn(words, text)
        self.assertIn("TL. CHỦ TỊCH ỦY BAN NHÂN DÂN", text)

    def test_a_draft_says_that_it_is_one(self):
        text = self.paper(minutes_html, self.leader, self.begun_meeting())

        self.assertIn("Dự thảo, chưa ký", text)

    def test_readers_get_the_public_part(self):
        original = self.begun_meeting

        def begun(**fields):
            meeting = original(is_public=True, **fields)
            last = meeting.agenda_items.last()
            change_item(last, user=self.officer, title="Việc nội bộ", is_public=False)
            return meeting

        self.begun_meeting = begun
        meeting = self.issued_meeting()
        whole = self.paper(minutes_html, self.leader, meeting)
        public = self.paper(minutes_html, AnonymousUser(), meeting)

        self.assertIn("Việc nội bộ", whole)
        self.assertNotIn("Việc nội bộ", public)
        self.assertNotIn("Nguyễn Văn A", public)
        self.assertNotIn("SHA-256", public)

    def test_the_address_answers_with_a_pdf(self):
        meeting = self.issued_meeting(is_public=True)
        for name in ("meeting_minutes_pdf", "meeting_notice_pdf"):
            url = reverse(name, args=[meeting.pk])
            with self.captureOnCommitCallbacks(execute=True):
                self.client.get(url)
            response = self.client.get(url)
            self.assertEqual(response["Content-Type"], "application/pdf")
            self.assertEqual(b"".join(response.streaming_content)[:4], b"%PDF")


class ResultPaperTests(CycleCase):
    def test_the_result_lists_places_and_scores(self):
        cycle = self.finalised("7.5", "9")
        publish_cycle(cycle, user=self.authority)
        request = RequestFactory().get("/")
        request.user = self.reader
        text = text_of(result_html(cycle, result_of(cycle, self.reader), request))

        for words in ("KẾT QUẢ KIỂM ĐIỂM, ĐÁNH GIÁ NĂM", "Phòng Văn hóa", "7,5", "9/10"):
            self.assertIn(words, text)
