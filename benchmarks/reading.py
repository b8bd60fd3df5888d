"""A regulation of 45 Điều as pages: made, published, read; two texts of 300 Điều compared."""

import time
from dataclasses import replace

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings

from benchmarks.figures import Figure, median, seconds
from benchmarks.paper import SENTENCE, regulation_text
from benchmarks.parsing import regulation
from portal.home.setup import ensure_site
from portal.regulations.actions import create_draft_pages, publish_regulation
from portal.regulations.models import RegulationIndexPage
from portal.regulations.parsing import as_json, parse_text
from portal.regulations.redline import compare_texts
from portal.regulations.structure import Article

ARTICLES, LONG = 45, 300


def _took(function):
    begun = time.perf_counter()
    outcome = function()
    return outcome, time.perf_counter() - begun


def _texts(count):
    """Return a text of so many articles, and the same after an amendment of every tenth."""
    article = regulation_text().articles()[0]
    articles = [
        replace(article, eid=f"qc__dieu_{n}", number=str(n), id=str(n), heading=f"Điều thứ {n}")
        for n in range(1, count + 1)
    ]
    old = replace(regulation_text(), parts=tuple(articles))
    new = tuple(_amended(each) if int(each.number) % 10 == 0 else each for each in articles)
    return old, replace(old, parts=new)


def _amended(article: Article):
    first, *others = article.clauses
    return replace(article, clauses=(replace(first, text=f"{SENTENCE} Bổ sung."), *others))


def _page_figures(page):
    client, address = Client(), page.get_url()

    def read():
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    cache.clear()
    _nothing, first = _took(read)
    yield Figure(f"whole text of {ARTICLES} Điều, first reader", first * 1000, "ms")
    again = median(seconds(read, repeat=10)) * 1000
    yield Figure(f"whole text of {ARTICLES} Điều, next readers, median", again, "ms")
    address = f"{page.get_url()}dieu-20/"
    yield Figure("one Điều, median", median(seconds(read, repeat=10)) * 1000, "ms")


@override_settings(SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["*"])
def measure():
    """Yield how long editors and readers wait for a text of ordinary length."""
    ensure_site()
    user = get_user_model().objects.create_superuser("bench")
    structure = as_json(parse_text(regulation(ARTICLES)))
    parent = RegulationIndexPage.objects.get()
    page, created = _took(lambda: create_draft_pages(structure, parent=parent, user=user))
    yield Figure(f"draft pages of {ARTICLES} Điều", created, "s")
    _page, published = _took(lambda: publish_regulation(page, user=user))
    yield Figure(f"{ARTICLES} Điều published and indexed", published, "s")
    yield from _page_figures(page)
    old, new = _texts(LONG)
    comparing = median(seconds(lambda: compare_texts(old, new), repeat=3))
    yield Figure(f"redline of {LONG} Điều", comparing, "s", at_most=1)
