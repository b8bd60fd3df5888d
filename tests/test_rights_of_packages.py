"""What Wagtail and other packages open, and to whom."""

from types import SimpleNamespace

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import SimpleTestCase, tag
from django.urls import get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, GroupPagePermission

from tests.foreign_unit import MARK
from tests.packages_table import reach_of, value_of
from tests.reach import EVERYBODY, OUTSIDER, kind_of
from tests.rights_case import LOG_IN, RightsCase, is_refusal
from tests.test_every_page import own_patterns

SENT_ONLY = 405


def patterns(resolver, namespace="", keys=()):
    """Yield ``(name, keys of its address)`` of every pattern below ``resolver``."""
    for pattern in resolver.url_patterns:
        route = pattern.pattern
        below = (*keys, *(getattr(route, "converters", None) or route.regex.groupindex))
        if hasattr(pattern, "url_patterns"):
            inside = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from patterns(pattern, inside, below)
        else:
            yield ":".join(filter(None, (namespace, pattern.name))), below


def patterns_of_packages():
    """Return the patterns that are not of our own views, each once."""
    own = set(own_patterns())
    return sorted({row for row in patterns(get_resolver()) if row[0] not in own})


class DeclaredTests(SimpleTestCase):
    def test_every_pattern_of_a_package_says_who_reaches_it(self):
        silent = {name for name, _keys in patterns_of_packages() if reach_of(name) is None}

        self.assertEqual(silent, set(), "say in tests/packages_table.py who may reach these")


@tag("walk")
class PackagesTests(RightsCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        site = cls.site
        root = Collection.get_first_root_node()
        site.collection = root.add_child(name=f"Kín {MARK}")
        site.restriction = CollectionViewRestriction.objects.create(
            collection=site.collection, restriction_type="login"
        )
        site.document = Document.objects.create(
            title=f"Tài liệu {MARK}", collection=site.collection, file=ContentFile(b"x", "x.txt")
        )
        site.image = Image.objects.create(
            title=f"Ảnh {MARK}", collection=site.collection, file=get_test_image_file()
        )
        site.redirect = Redirect.objects.create(old_path="/cu", redirect_link="/moi")
        cls.foreign.dataset.save_revision()
        cls.foreign.dataset.refresh_from_db()
        foreign = {"dataset": cls.foreign.dataset, "membership": cls.foreign.membership}
        cls.things = SimpleNamespace(**{**vars(site), **foreign})

    def refused(self):
        """Yield ``(who, url)`` of everybody who must not reach an address."""
        for name, keys in patterns_of_packages():
            reach = reach_of(name) or frozenset()
            url = self.url_of(name, keys) if reach != EVERYBODY else None
            for who in self.people:
                if url and not who.startswith("foreign_") and kind_of(who, "own") not in reach:
                    yield name, who, url

    def url_of(self, name, keys):
        if name == "wagtaildocs_serve":
            return self.things.document.url
        return reverse(name, kwargs={key: value_of(name, key, self.things) for key in keys})

    def test_others_are_turned_away(self):
        for name, who, url in self.refused():
            with self.subTest(name, who=who):
                answer = self.ask(who, "get", url)
                is_led_away = answer.status_code == 302 and LOG_IN in answer["Location"]
                told = f"{answer.status_code} {answer.headers.get('Location', '')}"
                is_away = is_led_away or answer.status_code == SENT_ONLY
                self.assertTrue(is_away or is_refusal(answer, who, url), told)
                self.assertNotIn(MARK, answer.body.decode(errors="replace"))

    def test_what_others_send_changes_nothing(self):
        for name, who, url in self.refused():
            with self.subTest(name, who=who):
                answer, changed = self.changed_by(who, url)
                self.assertEqual(changed, set(), answer.status_code)

    def test_what_units_share_names_nothing_of_another(self):
        for name, keys in patterns_of_packages():
            if "other_unit" in (reach_of(name) or ()) and reach_of(name) != EVERYBODY:
                with self.subTest(name):
                    answer = self.ask(OUTSIDER, "get", self.url_of(name, keys))
                    self.assertNotIn(MARK, answer.body.decode(errors="replace"))

    def test_an_editor_learns_no_page_by_its_number(self):
        """One who edits one page chooses among pages, and does not find what is not known."""
        editor = self.site.people["unit_head"]
        permission = Permission.objects.get(codename="change_page")
        group = Group.objects.create(name="Biên tập trang đơn vị")
        GroupPagePermission.objects.create(group=group, page=self.site.unit, permission=permission)
        editor.groups.add(group)
        self.clients["unit_head"].force_login(editor)
        hidden = self.foreign.dataset

        for url, status in (
            (reverse("wagtailadmin_choose_page_child", args=[hidden.get_parent().pk]), 200),
            (reverse("wagtailadmin_choose_page_child", args=[hidden.pk]), 404),
            (f"{reverse('wagtailadmin_choose_page_chosen_multiple')}?id={hidden.pk}", 404),
            (f"{reverse('wagtailadmin_choose_page_search')}?q={MARK}", 200),
            (reverse("wagtailadmin_pages:move_confirm", args=[hidden.pk, self.site.unit.pk]), 404),
            (reverse("wagtailadmin_pages:edit", args=[hidden.pk]), 404),
            (reverse("wagtailadmin_pages:edit", args=[self.site.unit.pk]), 200),
        ):
            with self.subTest(url):
                answer = self.ask("unit_head", "get", url)
                self.assertEqual(answer.status_code, status)
                self.assertNotIn(hidden.title, answer.body.decode())
