"""Units × responsibilities as page, workbook and paper, and the sheet of one unit."""

import io

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from portal.core.models import RenderedDocument
from portal.core.paper import render_pdf
from tests.factories import make_unit
from tests.units.directory_case import DETAILS, DirectoryTestCase, part_of, words_of_book


class MatrixTestCase(DirectoryTestCase):
    def matrix(self, **query):
        return self.open(reverse("unit_matrix"), **query)

    def book(self, **query):
        answer = self.open(reverse("unit_matrix_book"), **query)
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def sheet(self, number, **query):
        """Return the rows of a sheet of the workbook."""
        book = CalamineWorkbook.from_filelike(io.BytesIO(self.book(**query)))
        return book.get_sheet_by_index(number).to_python()

    def paper(self, address):
        """Return the words of the paper that the worker is asked to make."""
        self.assertEqual(self.client.get(address).status_code, 202)
        pdf, _pages = render_pdf(RenderedDocument.objects.latest("pk").source)
        pages = PdfReader(io.BytesIO(pdf)).pages
        text = " ".join(page.extract_text() for page in pages)
        return " ".join(text.split()), pages[0].mediabox


class PageTests(MatrixTestCase):
    def cells(self, **query):
        """Return ``{unit: [what its cells count, those through a kind in brackets]}``."""
        rows = self.matrix(**query).context["page_obj"]
        return {
            unit.code: [
                None if cell is None else -cell.count if cell.through_kind else cell.count
                for cell in cells
            ]
            for unit, cells in rows
        }

    def test_a_cell_counts_what_the_article_asks_of_the_unit_or_of_its_kind(self):
        self.answer_for(self.health, self.secret, "Giữ kín")
        self.owe(self.health)

        self.assertEqual(
            self.cells(),
            {"VP": [None, None], "SYT": [1, 1], "DK": [-1, None], "XP": [1, None]},
        )

    def test_it_is_narrowed_like_the_directory(self):
        self.assertEqual(self.cells(khoi="XP"), {"DK": [-1]})
        self.assertEqual(self.cells(loai="office"), {"VP": []})
        self.assertContains(self.matrix(loai="office"), "Không có Điều nào")

    def test_cells_lead_to_the_place_on_the_unit_s_page(self):
        anchor = f"tn-{self.health.pk}-{self.supply.article_id}"

        self.assertContains(self.matrix(), f'href="{self.health.url}#{anchor}"')
        self.assertContains(self.open(self.health.url), f'id="{anchor}"')

    def test_the_other_reading_says_how_often(self):
        self.owe(self.health)
        self.owe(self.health, cadence="quarterly")
        self.owe(self.communes, kind="supply_data")
        page = self.matrix(kieu="nghia-vu")

        self.assertContains(page, "Hằng tháng; hằng quý")
        self.assertEqual(
            [key for key, _l in page.context["matrix"].columns], ["supply_data", "report"]
        )

    def test_what_is_closed_has_no_column(self):
        self.answer_for(self.health, self.secret, "Giữ kín")
        self.close(self.secret.article)

        self.assertNotContains(self.matrix(), "Điều 6")
        self.be()
        self.assertContains(self.matrix(), "Điều 6")

    def test_a_closed_directory_shows_nothing_of_it(self):
        self.close(self.index)

        for name in ("unit_matrix", "unit_matrix_book", "unit_matrix_pdf"):
            with self.subTest(name):
                self.assertEqual(self.open(reverse(name)).status_code, 404)
        self.assertEqual(self.open(reverse("unit_sheet", args=["SYT"])).status_code, 404)

    def test_many_units_cost_no_more(self):
        addresses = [
            reverse("unit_matrix"),
            f"{reverse('unit_matrix')}?kieu=nghia-vu",
            reverse("unit_matrix_book"),
        ]
        self.owe(self.communes)
        before = [self.count(address) for address in addresses]
        for _number in range(10):
            unit = make_unit()
            unit.groups = [self.communes]
            unit.save()
            self.owe(unit).counterparts.add(self.office)
            self.answer_for(unit, self.secret, "Việc")
        for address, number in zip(addresses, before, strict=True):
            with self.subTest(address):
                self.assertLessEqual(self.count(address), number + 1)

    def count(self, address):
        with CaptureQueriesContext(connection) as captured:
            self.client.get(address)
        return len(captured)


class BookTests(MatrixTestCase):
    def test_the_sheets_hold_both_readings_and_the_list(self):
        self.owe(self.health, text="Báo cáo dịch bệnh").counterparts.add(self.office)

        by_article, by_duty, lines = (self.sheet(number) for number in range(3))
        self.assertEqual(by_article[0][:3], ["Mã", "Đơn vị", "Điều 5\nCung cấp dữ liệu"])
        self.assertEqual(by_article[2], ["SYT", "Sở Y tế", 1.0])
        self.assertEqual(by_duty[2], ["SYT", "Sở Y tế", "hằng tháng"])
        self.assertIn("Sở Y tế gửi số liệu khám chữa bệnh.", [line[3] for line in lines])
        duty = next(line for line in lines if line[3] == "Báo cáo dịch bệnh")
        self.assertEqual(duty[6], "Văn phòng Ủy ban")
        self.assertTrue(duty[7].startswith("khoản 1 Điều 5 Quy chế IOC"))
        through = next(line for line in lines if line[0] == "DK")
        self.assertEqual((through[1], through[2]), ("Xã Đồng Khê", "Các xã, phường"))

    def test_no_text_is_calculated(self):
        self.answer_for(self.health, self.supply, '=HYPERLINK("http://x.example","x")')
        self.health.title = "=1+1"
        self.health.save()

        self.assertIn('=HYPERLINK("http://x.example","x")', [line[3] for line in self.sheet(2)])
        content = self.book()
        self.assertNotIn("<f>", part_of(content, "xl/worksheets/sheet1.xml"))
        self.assertNotIn("<f>", part_of(content, "xl/worksheets/sheet3.xml"))
        self.assertNotIn("hyperlink", part_of(content, "xl/worksheets/sheet3.xml"))

    def test_heads_stay_in_sight_and_columns_can_be_filtered(self):
        sheet = part_of(self.book(), "xl/worksheets/sheet1.xml")

        self.assertIn('<pane xSplit="2" ySplit="1"', sheet)
        self.assertIn("<autoFilter", sheet)

    def test_nothing_closed_or_internal_is_in_it(self):
        self.answer_for(self.health, self.secret, "Giữ kín mật mã")
        self.owe(self.health, self.secret, text="Đổi mật mã")
        self.close(self.secret.article)
        self.add_focal_point()

        words = words_of_book(self.book())
        self.assertIn("khám chữa bệnh", words)
        self.assertNotIn("mật mã", words)
        self.be()
        words = words_of_book(self.book())
        self.assertIn("mật mã", words)
        self.assertFalse([each for each in DETAILS.values() if each in words])

    def test_an_empty_matrix_is_a_workbook_too(self):
        self.assertEqual(self.sheet(0, tim="khong co don vi nao nhu the"), [["Mã", "Đơn vị"]])


class PaperTests(MatrixTestCase):
    def test_the_matrix_lies_across(self):
        text, box = self.paper(reverse("unit_matrix_pdf"))

        self.assertGreater(box.width, box.height)
        for words in ("MA TRẬN ĐƠN VỊ VÀ TRÁCH NHIỆM", "Độc lập - Tự do - Hạnh phúc",
                      "Sở Y tế 1", "Xã Đồng Khê (1)", "Điều 5: Cung cấp dữ liệu."):  # fmt: skip
            with self.subTest(words):
                self.assertIn(words, text)

    def test_the_sheet_of_a_unit_is_a_paper_of_its_own(self):
        self.owe(self.communes, due_rule={"day": 25, "strictly_before": True})
        text, box = self.paper(reverse("unit_sheet", args=["DK"]))

        self.assertLess(box.width, box.height)
        for words in (
            "PHIẾU TRÁCH NHIỆM",
            "Xã Đồng Khê",
            "Theo Quy chế IOC ban hành kèm theo Quyết định số 7/QĐ-UBND",
            "II. Trách nhiệm",
            "Các xã gửi số liệu dân cư.",
            "Khoản 1 Điều 5: Các đơn vị gửi số liệu đúng hạn.",
            "III. Nghĩa vụ thường xuyên",
            "trước ngày 25",
        ):
            with self.subTest(words):
                self.assertIn(words, text)

    def test_a_sheet_holds_public_details_only_whoever_asks(self):
        self.add_focal_point(email=True)
        self.be()
        text, _box = self.paper(reverse("unit_sheet", args=["SYT"]))

        self.assertIn(DETAILS["email"], text)
        self.assertNotIn(DETAILS["phone"], text)
        self.assertNotIn(DETAILS["name"], text)
        self.assertNotIn(DETAILS["position"], text)

    def test_a_sheet_leaves_out_what_is_closed(self):
        self.answer_for(self.health, self.secret, "Giữ kín mật mã")
        self.close(self.secret.article)

        self.assertNotIn("mật mã", self.paper(reverse("unit_sheet", args=["SYT"]))[0])

    def test_a_code_with_a_slash_has_a_sheet(self):
        self.health.code = "SYT/01"
        self.health.save()

        self.assertContains(self.open(self.health.url), "/phieu-trach-nhiem/SYT/01/phieu.pdf")
        self.assertIn("Sở Y tế", self.paper(reverse("unit_sheet", args=["SYT/01"]))[0])
