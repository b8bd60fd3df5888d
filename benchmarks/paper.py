"""The PDF of a regulation of 30 articles, rendered and from the cache."""

from django.template.loader import render_to_string

from benchmarks.figures import Figure, median, seconds
from portal.core.documents import render_pdf, request_document

ARTICLES, CLAUSES = 30, 6
SENTENCE = (
    "Các cơ quan, đơn vị có trách nhiệm cung cấp đầy đủ, chính xác và kịp thời dữ liệu thuộc"
    " phạm vi quản lý cho Trung tâm theo định kỳ và khi có yêu cầu. "
)


def regulation_html():
    """Return the regulation in the frame of every document."""
    body = "".join(
        f"<h3>Điều {number}. Trách nhiệm cung cấp dữ liệu</h3>"
        + "".join(f"<p>{clause}. {SENTENCE * 2}</p>" for clause in range(1, CLAUSES + 1))
        for number in range(1, ARTICLES + 1)
    )
    frame = render_to_string("documents/base.html", {})
    return frame.replace("</body>", f"{body}</body>")


def measure():
    html = regulation_html()
    _pdf, pages = render_pdf(html)
    yield Figure("pages", pages, "pages")
    rendering = median(seconds(lambda: render_pdf(html), repeat=3, warm_up=0))
    yield Figure("rendered in the worker, median", rendering, "s", at_most=3)
    request_document(html, title="Quy chế")
    cached = median(seconds(lambda: request_document(html, title="Quy chế"), repeat=20))
    yield Figure("from the cache, median", cached * 1000, "ms")
    yield Figure("cache against rendering", rendering / cached, "×", at_least=10)
