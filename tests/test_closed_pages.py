"""A page closed to the public: no list, search, feed, paper or address says a word of it."""

from django.core.cache import cache
from django.db import models, transaction
from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction, Site

from portal.core.models import RenderedDocument
from portal.regulations.models import ArticlePage, Provision
from tests.factories import make_unit
from tests.small_site import build_small_site
from tests.urls_table import ADDRESSES

#: No word of the portal; in the title and the texts of the page that is closed.
MARK = "Zyqqwx"
#: Fields that are no words: what they hold has to keep its form.
FORMAL = {"slug", "path", "url_path", "code", "number", "eid", "first_period"}
OTHERS = ("/sitemap.xml", f"/tim-kiem/?q={MARK}", f"/tim-kiem.json?q={MARK}", "/khong-co/")


def mark(page):
    """Put the mark into the title and into every text of ``page``, as the readers get it."""
    for field in page._meta.fields:
        if _takes_words(field):
            text = f"{getattr(page, field.attname) or ''} {MARK}"
            if field.max_length is None or len(text) <= field.max_length:
                setattr(page, field.attname, text)
    page.save()
    for relation in page._meta.related_objects:
        if relation.one_to_many and _is_part_of_page(relation):
            for row in relation.related_model._default_manager.filter(
                **{relation.field.name: page}
            ):
                _mark_row(row)
    below = ArticlePage.objects.descendant_of(page, inclusive=True)
    Provision.objects.filter(article__in=below).update(heading=MARK, text=MARK, label=MARK)


def _takes_words(field):
    is_text = isinstance(field, models.CharField | models.TextField)
    is_words = not isinstance(field, models.URLField | models.EmailField | models.SlugField)
    return (
        is_text
        and is_words
        and field.editable
        and not field.choices
        and field.name not in FORMAL
        and not field.name.endswith("_column")
    )


def _is_part_of_page(relation):
    return type(
        relation.field
    ).__name__ == "ParentalKey" and relation.related_model.__module__.startswith("portal.")


def _mark_row(row):
    for field in row._meta.fields:
        if _takes_words(field) and field.name != "name":
            row.__class__._default_manager.filter(pk=row.pk).update(
                **{field.name: f"{getattr(row, field.name)} {MARK}"[: field.max_length]}
            )


@override_settings(SECURE_SSL_REDIRECT=False)
class ClosedPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.site = build_small_site(cls)
        cls.site.unit.parent_unit = make_unit("Ủy ban nhân dân")
        cls.site.unit.save()
        for thing in (cls.site.series, cls.site.dataset, cls.site.indicator, cls.site.task):
            thing.provision = cls.site.provision
            thing.save()
        cls.site.indicator.owner_unit = cls.site.unit
        cls.site.indicator.save()
        cls.urls = [*OTHERS, *cls._addresses(), *cls._pages()]

    @classmethod
    def _addresses(cls):
        for name, address in ADDRESSES.items():
            if address.public is not None:
                yield f"{reverse(name, kwargs=address.kwargs(cls.site))}{address.query}"

    @classmethod
    def _pages(cls):
        pages = Page.objects.filter(depth__gt=1).live()
        return [page.url for page in pages.specific() if page.url]

    def said(self, urls=None):
        """Return the addresses that say the mark to the anonymous."""
        Site.clear_site_root_paths_cache()
        cache.clear()
        found = []
        for url in urls or self.urls:
            answer = self.client.get(url)
            content = b"".join(answer) if answer.streaming else answer.content
            if content.decode(errors="replace").count(MARK) > self.echoes(url):
                found.append(url)
        sources = RenderedDocument.objects.values_list("title", "source")
        found += [title for title, source in sources if MARK in title + source]
        return found

    def echoes(self, url):
        """Return how often an address says the mark because it was asked for it."""
        if MARK not in url:
            return 0
        with transaction.atomic():
            answer = self.client.get(url.replace(MARK, f"{MARK}khongco"))
            transaction.set_rollback(True)
        return answer.content.decode().count(f"{MARK}khongco")

    def test_no_address_says_a_word_of_a_closed_page(self):
        for kind, page in self.examples():
            with self.subTest(kind.__name__), transaction.atomic():
                mark(page)
                PageViewRestriction.objects.create(page=page, restriction_type="login")
                self.assertEqual(self.said(), [])
                transaction.set_rollback(True)

    def test_the_mark_is_seen_while_the_page_is_open(self):
        for kind, page in self.examples():
            with self.subTest(kind.__name__), transaction.atomic():
                mark(page)
                self.assertNotEqual(self.said([page.url, self.site.regulation.url]), [])
                transaction.set_rollback(True)

    def examples(self):
        """Yield every type of page, with the page of it about which the most is said."""
        known = {type(page): page for page in Page.objects.filter(depth__gt=1).live().specific()}
        for name in ("dataset", "indicator", "unit"):
            page = getattr(self.site, name)
            known[type(page)] = page
        self.assertGreaterEqual(len(known), 14)
        return [(kind, kind.objects.get(pk=page.pk)) for kind, page in known.items()]
