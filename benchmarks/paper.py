"""The documents of a regulation of 30 articles, made and from the cache."""

from benchmarks.figures import Figure, median, seconds
from portal.core.documents import request_document
from portal.core.paper import render_pdf
from portal.regulations.documents import document_of, render_word
from portal.regulations.structure import Article, Clause, Division, Point, RegulationText

CHAPTERS, ARTICLES, CLAUSES = 5, 30, 5
SENTENCE = (
    "Các cơ quan, đơn vị có trách nhiệm cung cấp đầy đủ, chính xác và kịp thời dữ liệu thuộc"
    " phạm vi quản lý cho Trung tâm theo định kỳ và khi có yêu cầu."
)


def regulation_text():
    """Return a regulation with chapters, articles, clauses and points."""
    parts = []
    for number in range(ARTICLES):
        if number % (ARTICLES // CHAPTERS) == 0:
            chapter = str(number // (ARTICLES // CHAPTERS) + 1)
            parts.append(Division(f"qc__chuong_{chapter}", "chapter", chapter, "Quy định"))
        parts.append(_article(number + 1))
    return RegulationText(
        title="Quy chế quản lý, vận hành Trung tâm Điều hành thông minh",
        document_number="01/QĐ-UBND",
        issuer="ỦY BAN NHÂN DÂN XÃ KIM SƠN",
        issued_on="2026-01-05",
        parts=tuple(parts),
    )


def _article(number):
    eid = f"qc__dieu_{number}"
    clauses = []
    for place in range(1, CLAUSES + 1):
        own = f"{eid}__khoan_{place}"
        points = tuple(Point(f"{own}__diem_{letter}", letter, SENTENCE) for letter in "abc")
        clauses.append(Clause(own, str(place), SENTENCE, points if place == 1 else ()))
    return Article(eid, str(number), "Trách nhiệm cung cấp dữ liệu", clauses=tuple(clauses))


def measure():
    text = regulation_text()
    html = document_of(text, "pdf").source
    pages = render_pdf(html)[1]
    yield Figure("pages", pages, "pages")
    rendering = median(seconds(lambda: render_pdf(html), repeat=3, warm_up=0))
    yield Figure("PDF rendered in the worker, median", rendering, "s", at_most=3)
    word = document_of(text, "docx").source
    writing = median(seconds(lambda: render_word(word), repeat=3, warm_up=1))
    yield Figure("DOCX written in the worker, median", writing * 1000, "ms")
    for extension in ("pdf", "docx", "md", "json", "xml"):
        asked = median(seconds(lambda e=extension: document_of(text, e), repeat=10))
        is_whole = extension not in ("pdf", "docx")
        name = "made while the reader waits" if is_whole else "source for the worker"
        limit = {"at_most": 50} if is_whole else {}
        yield Figure(f"{extension.upper()}: {name}, median", asked * 1000, "ms", **limit)
    request_document(html, title="Quy chế")
    cached = median(seconds(lambda: request_document(html, title="Quy chế"), repeat=20))
    yield Figure("PDF from the cache, median", cached * 1000, "ms")
    yield Figure("cache against rendering", rendering / cached, "×", at_least=10)
