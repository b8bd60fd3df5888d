"""Every catalogue, whatever stands in it: what goes out comes in again, and changes are exact."""

import csv
import io
import unicodedata
from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from python_calamine import CalamineWorkbook

from portal.core.formats import format_date
from portal.core.formulas import guarded, unguarded
from portal.core.roles import Role
from portal.core.tables import actions
from portal.core.tables.registry import table_named
from portal.core.tables.values import Choice, Day, YesNo
from portal.datasets.models import CodeList, CodeListItem, IndicatorCataloguePage, IndicatorPage
from portal.home.role_groups import grant_page_rights
from portal.units.models import FocalPoint, Membership, Obligation, UnitPage
from tests.factories import (
    make_article,
    make_home,
    make_index,
    make_provision,
    make_regulation,
    make_unit,
    make_user,
)
from tests.units.table_imports import exported, messages, send, xlsx_bytes

SETTINGS = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
#: Texts that break readers of tables: formulas, quotes, lines, zeros, NFD, errors, other planes.
HOSTILE = st.sampled_from(
    [
        "=1+1", "+84 24", "-5", "@SUM(A1)", "'=1+1", "''x", "'", '"', '"a";"b"', "a\nb",
        "a;b,c|d\te", "00123", "1e5", "1.205", "01/02/2026", "#N/A", "#REF!", "TRUE", "sep=;",
        "_x0041_", "x" * 60, unicodedata.normalize("NFD", "Phường Đông Ngạc"), "&amp;", "Tên",
        "\U0001f3e5 Trạm y tế \U0001f1fb\U0001f1f3", "<script>alert(1)</script>",
        "\u00a0x\u3000y", "\u202eabc", "\uff1d1+1", "\uff10\uff11",
    ]
)  # fmt: skip
_SEEN = st.characters(codec="utf-8", exclude_categories=["C"])
TEXTS = HOSTILE | st.text(_SEEN, max_size=12)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))

#: Of each catalogue the fields whose stored texts may be anything.
FREE = {
    "don-vi": ["title", "address", "phone"],
    "dau-moi": ["name", "phone"],
    "nguoi": [],
    "nghia-vu": ["name_as_written", "words"],
    "chi-tieu": ["title", "definition", "formula", "value_column"],
    "danh-muc-ma": ["title"],
    "muc-danh-muc-ma": ["label"],
}
#: Of each catalogue the columns in which any value of their kind is valid.
CHANGEABLE = {
    "don-vi": ["title", "address", "phone", "kind", "level", "valid_from"],
    "dau-moi": ["phone", "name", "phone_is_public"],
    "nguoi": ["valid_to"],
    "nghia-vu": ["words", "name_as_written", "due_before"],
    "chi-tieu": ["title", "definition", "unit_of_measure", "direction", "frequency"],
    "danh-muc-ma": ["title"],
    "muc-danh-muc-ma": ["label"],
}


class _Undo(Exception):
    """Takes an example back."""


def rows_of(content, suffix):
    """Return the cells of an export as texts, as a person sees them in a table program."""
    if suffix == "csv":
        text = content.decode("utf-8-sig")
        found = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        return [[unguarded(cell) for cell in row] for row in found]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [list(map(_seen, row)) for row in sheet.to_python()]


def _seen(value):
    if isinstance(value, date):
        return format_date(value)
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def file_of(rows, suffix):
    """Return the bytes of a file that holds exactly these texts."""
    if suffix == "xlsx":
        return xlsx_bytes(rows)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


MODELS = {
    "don-vi": UnitPage,
    "dau-moi": FocalPoint,
    "nguoi": Membership,
    "nghia-vu": Obligation,
    "chi-tieu": IndicatorPage,
    "danh-muc-ma": CodeList,
    "muc-danh-muc-ma": CodeListItem,
}


def fitting(model, name, text):
    """Return as much of ``text`` as the field can hold, with room for the guard of a formula."""
    longest = model._meta.get_field(name).max_length
    return text[: longest - 1] if longest else text


class RoundTripTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        grant_page_rights(make_home())
        cls.admin = make_user(Role.ADMINISTRATOR)
        units = [make_unit(f"Sở {code}", code=code) for code in ("SYT", "STC", "00X")]
        units[1].parent_unit = units[0]
        units[1].save_revision().publish()
        for unit in units:
            make_user(Role.UNIT_HEAD, unit=unit, username=f"tk.{unit.code}")
            FocalPoint.objects.create(unit=unit, position="Chánh Văn phòng", sort_order=0)
        regulation = make_regulation(document_number="01/2026/QĐ-UBND")
        article = make_article(regulation, number="5")
        provision = make_provision(regulation, "qc__dieu_5", article=article, label="Điều 5")
        for unit in units[:2]:
            duty = Obligation.objects.create(
                unit=unit, provision=provision, kind="report", cadence="monthly",
                due_rule={"day": 25, "strictly_before": True},
            )  # fmt: skip
            duty.counterparts.set(units[1:])
        catalogue = make_index(IndicatorCataloguePage, "Chỉ tiêu")
        for number in range(2):
            page = IndicatorPage(title=f"Chỉ tiêu {number}", code=f"KT0{number}", target="7.25")
            catalogue.add_child(instance=page)
        for code in ("xa", "khoi"):
            code_list = CodeList.objects.create(code=code, title=code)
            for item in ("001", "-1", "A"):
                CodeListItem.objects.create(code_list=code_list, code=item, label=item)

    def each(self, example):
        """Run ``example(key, suffix)`` for every catalogue and format; keep nothing of it."""
        for key in FREE:
            for suffix in ("csv", "xlsx"):
                try:
                    with transaction.atomic():
                        example(key, suffix)
                        raise _Undo
                except _Undo:
                    pass

    @SETTINGS
    @given(texts=st.lists(TEXTS, min_size=5, max_size=5))
    @example(texts=["#N/A", "=1+1", "'=1", "_x0041_", " a  b "])
    def test_an_export_that_comes_back_changes_nothing(self, texts):
        def example(key, suffix):
            for number, thing in enumerate(MODELS[key].objects.order_by("pk")):
                stored = {
                    name: fitting(MODELS[key], name, texts[(number + place) % len(texts)])
                    for place, name in enumerate(FREE[key])
                }
                if stored:
                    MODELS[key].objects.filter(pk=thing.pk).update(**stored)

            content = exported(key, self.admin, suffix)
            kept = send(key, content, self.admin, f"a.{suffix}")

            self.assertEqual((key, suffix, messages(kept)), (key, suffix, []))
            self.assertEqual(kept.counts["unchanged"], kept.counts["rows"], kept.report)

        self.each(example)

    @SETTINGS
    @given(data=st.data())
    def test_changed_cells_are_the_differences_and_no_others(self, data):
        def example(key, suffix):
            columns = table_named(key).resource(self.admin).columns
            head, *rows = rows_of(exported(key, self.admin, suffix), suffix)
            expected = {}
            for number, row in enumerate(rows):
                for place, column in enumerate(columns):
                    if column.name in CHANGEABLE[key] and data.draw(st.booleans()):
                        new, seen = data.draw(values_of(column))
                        if seen != row[place]:
                            expected[number, column.name] = seen
                        row[place] = new

            kept = send(key, file_of([head, *rows], suffix), self.admin, f"a.{suffix}")

            self.assertEqual((key, suffix, messages(kept)), (key, suffix, []))
            found = {
                (number, cell["column"]): cell["new"]
                for number, row in enumerate(kept.report["rows"])
                for cell in row["cells"]
            }
            self.assertEqual(found, expected)
            self.assert_written(kept, head, rows, suffix)

        self.each(example)

    def assert_written(self, kept, head, rows, suffix):
        """What is written leaves as it came: the same file again changes nothing."""
        self.assertEqual(actions.confirm(kept, user=self.admin).status, kept.Status.APPLIED)
        again = send(kept.table, file_of([head, *rows], suffix), self.admin, f"b.{suffix}")
        self.assertEqual(again.counts["unchanged"], len(rows), again.report)


def values_of(column):
    """Return pairs of a valid cell and the text that the preview then shows."""
    if isinstance(column.widget, Day):
        return DAYS.map(lambda day: (format_date(day),) * 2)
    if isinstance(column.widget, Choice | YesNo):
        return st.sampled_from(column.widget.allowed()).map(lambda word: (word, word))
    texts = TEXTS.filter(lambda text: not text.startswith("#") and len(text) < 100)
    if column.required:
        texts = texts.filter(lambda text: text.strip())
    return texts.map(lambda text: (text, _kept(text, column.widget.lines)))


def _kept(text, has_lines):
    text = unicodedata.normalize("NFC", text).strip()
    return text if has_lines else " ".join(text.split())
