"""How often, and due when."""

from django.test import SimpleTestCase

from portal.units.proposing.cadences import cadences_in, is_on_receipt
from portal.units.proposing.due_rules import due_for, dues_in


def names(text):
    return [cadence.name for cadence in cadences_in(text)]


def due(text, cadence):
    """Return ``(day, month, strict)`` of the due rule of ``cadence`` in ``text``, or None."""
    found = due_for(cadence, cadences_in(text), dues_in(text))
    return found and tuple(found.as_json(cadence).values())


class CadenceTests(SimpleTestCase):
    def test_words_of_cadence_are_read(self):
        for text, wanted in (
            ("hằng tháng", ["monthly"]),
            ("hàng quý", ["quarterly"]),
            ("03 tháng một lần", ["quarterly"]),
            ("Sáu tháng một lần", ["semiannual"]),
            ("06 tháng/lần", ["semiannual"]),
            ("mỗi năm", ["annual"]),
            ("cuối năm", ["annual"]),
            ("hằng ngày", ["periodic"]),
            ("Định kỳ báo cáo theo quy định", ["periodic"]),
            ("khi có yêu cầu", ["on_request"]),
            ("đột xuất", ["on_request"]),
            ("ngay sau khi có sự thay đổi", ["on_change"]),
            ("ngay khi dữ liệu có thay đổi hoặc cơ quan yêu cầu", ["on_change"]),
            ("thường xuyên, kịp thời", []),
            ("trong năm 2024", []),
        ):
            with self.subTest(text):
                self.assertEqual(names(text), wanted)

    def test_lists_give_each_cadence_once(self):
        for text, wanted in (
            ("định kỳ (tháng, quý)", ["monthly", "quarterly"]),
            ("báo cáo tháng, quý, 6 tháng, năm", ["monthly", "quarterly", "semiannual", "annual"]),
            ("hằng tháng, hằng quý và hằng tháng", ["monthly", "quarterly"]),
            ("định kỳ hằng quý", ["quarterly"]),
            ("giao ban tháng", ["monthly"]),
            ("giao ban tuần, tháng, quý", ["periodic", "monthly", "quarterly"]),
            ("giao ban quý IV", []),
            ("Quý, 6 tháng và năm", ["quarterly", "semiannual", "annual"]),
            ("sơ kết 6 tháng, tổng kết năm", ["semiannual", "annual"]),
            ("sơ kết vào tháng 6, tổng kết vào tháng 12", ["semiannual", "annual"]),
            ("02 lần/ngày", ["periodic"]),
            ("01 lần/tháng", ["monthly"]),
            ("mỗi năm hai lần", ["semiannual"]),
            ("hằng tuần và hằng tháng", ["periodic", "monthly"]),
            ("chậm nhất ngày 05 tháng sau", ["monthly"]),
            ("06 tháng, năm trước ngày 10/6 và 10/12", ["semiannual", "annual"]),
        ):
            with self.subTest(text):
                self.assertEqual(names(text), wanted)

    def test_receipt_of_information_is_known(self):
        self.assertTrue(is_on_receipt("Khi tiếp nhận thông tin từ Trung tâm"))
        self.assertFalse(is_on_receipt("Tiếp nhận thông tin từ Trung tâm"))


class DueTests(SimpleTestCase):
    def test_days_are_read_with_their_month_and_strictness(self):
        for text, cadence, wanted in (
            ("hằng tháng, trước ngày 25", "monthly", (25, None, True)),
            ("trước ngày 05 hằng tháng", "monthly", (5, None, True)),
            ("chậm nhất ngày 20 hằng tháng", "monthly", (20, None, False)),
            ("hằng quý, trước ngày 25 của tháng cuối quý", "quarterly", (25, "last", True)),
            ("hằng quý, chậm nhất ngày 10 tháng đầu quý sau", "quarterly", (10, "first", False)),
            ("báo cáo năm trước ngày 15 tháng 12", "annual", (15, "last", True)),
            ("báo cáo năm trước ngày 15/12", "annual", (15, "last", True)),
            ("kế hoạch năm trước ngày 30 tháng 6", "annual", (30, None, True)),
            ("báo cáo 6 tháng trước ngày 15/6", "semiannual", (15, "last", True)),
            ("ngày 18 hằng tháng", "monthly", (18, None, False)),
            ("06 tháng và năm, chậm nhất ngày 20/6 và 20/12", "semiannual", (20, "last", False)),
            ("06 tháng và năm, chậm nhất ngày 19/6 và 20/12", "annual", (20, "last", False)),
            ("kế hoạch năm trước 30/6", "annual", (30, None, True)),
            ("hằng tháng", "monthly", None),
            ("khi có yêu cầu trước ngày 10", "on_request", None),
            ("hằng tháng, trước ngày 45", "monthly", None),
            ("hằng tháng theo Quyết định trước ngày 10/5/2020", "monthly", None),
        ):
            with self.subTest(text):
                self.assertEqual(due(text, cadence), wanted)

    def test_each_cadence_of_a_sentence_has_its_own_day(self):
        text = (
            "báo cáo tháng trước ngày 25 hằng tháng; báo cáo quý trước ngày 20 của tháng cuối quý"
        )

        self.assertEqual(due(text, "monthly"), (25, None, True))
        self.assertEqual(due(text, "quarterly"), (20, "last", True))
