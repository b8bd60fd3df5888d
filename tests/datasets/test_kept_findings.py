"""What is kept of a check: the first remarks of each kind, and cells as an export found them."""

from portal.datasets.error_workbooks import workbook_file
from portal.datasets.exports import Export, pieces_of
from portal.datasets.findings import groups_of
from portal.datasets.imports.issues import FIRST_OF_KIND, LISTED_ISSUES
from portal.datasets.manifests import table_file
from portal.datasets.rows.questions import Question
from portal.datasets.schemas import columns_of_version
from portal.datasets.store import read_rows
from tests.datasets.datasets_factory import DatasetTestCase

HEADER = "Mã,Tên,Số lượng,Ghi chú nội bộ\n"


class LateKindTests(DatasetTestCase):
    def receive_many(self):
        many = "".join(f"{place},A,mười,\n" for place in range(LISTED_ISSUES + 10))
        late = "".join(f"z{place},A,-1,\n" for place in range(FIRST_OF_KIND + 5))
        return self.receive(HEADER + many + late)

    def test_a_kind_that_comes_late_shows_its_first_rows(self):
        version = self.receive_many()

        groups = {group.code: group for group in groups_of(version)}
        late = groups["below_minimum"]
        self.assertEqual((late.total, len(late.issues)), (FIRST_OF_KIND + 5, FIRST_OF_KIND))
        self.assertEqual(late.issues[0]["row"], LISTED_ISSUES + 12)
        self.assertIs(late.is_error, True)

    def test_the_report_of_the_contract_stays_capped_in_file_order(self):
        version = self.receive_many()

        self.assertEqual(len(version.report["issues"]), LISTED_ISSUES)
        self.assertEqual({each["code"] for each in version.report["issues"]}, {"not_a_number"})
        self.assertNotIn("further_issues", version.told_report)

    def test_a_short_list_is_kept_once(self):
        version = self.receive(HEADER + "01,A,mười,\n")

        self.assertEqual(len(version.listed_issues), 1)
        self.assertIs(workbook_file(version).exists(), True)


class GuardTests(DatasetTestCase):
    def test_an_exported_csv_comes_back_as_it_was_published(self):
        texts = ["=1+1", "'=x", "-5 độ", "'chữ", "+84 90", "@a"]
        rows = "".join(f'{place},"{each}",1,\n' for place, each in enumerate(texts))
        first = self.publish(HEADER + rows)
        stored = [row["ten"] for row in read_rows(table_file(first), ["ten"])]
        columns = tuple(columns_of_version(first))
        export = Export(first, Question(tuple(column.name for column in columns)), columns)
        second = self.receive(b"".join(pieces_of(export, "csv")).decode("utf-8-sig"))

        self.assertEqual(second.status, "checked")
        self.assertEqual([row["ten"] for row in read_rows(table_file(second), ["ten"])], stored)
        self.assertEqual(second.difference["changed"], 0)
        self.assertEqual(second.report["issues_by_code"]["guarding_apostrophe"], 6)

    def test_only_what_the_guard_would_have_made_is_changed(self):
        version = self.receive(HEADER + "1,'chữ,1,\n2,',2,\n3,a'=b,3,\n")

        found = [row["ten"] for row in read_rows(table_file(version), ["ten"])]
        self.assertEqual(found, ["'chữ", "'", "a'=b"])
        self.assertEqual(version.report["issues_total"], 0)
