"""Things that many tests need, each with sensible defaults; a test names only what it is about."""

from itertools import count

from django.contrib.auth import get_user_model
from wagtail.models import Collection, Locale, Page, Site

from portal.core.roles import UNIT_ROLES
from portal.home.models import HomePage
from portal.home.role_groups import build_role_groups, group_of
from portal.regulations.models import (
    ArticlePage,
    DivisionPage,
    Provision,
    RegulationIndexPage,
    RegulationPage,
)
from portal.units.models import Membership, UnitIndexPage, UnitPage

PASSWORD = "mat-khau-thu-nghiem-2026"
_numbers = count(1)


def make_roots():
    """Make what Wagtail's migrations make, where a flushed database lacks it."""
    Locale.objects.get_or_create(language_code="vi")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    build_role_groups()


def make_home():
    """Return the home page of the default site, made once per test database state."""
    home = HomePage.objects.first()
    if home:
        return home
    root = Page.get_first_root_node()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Trang chủ", slug="trang-chu"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    return home


def make_index(model, title):
    """Return the only page of an index model below the home page."""
    index = model.objects.first()
    return index or make_home().add_child(instance=model(title=title, show_in_menus=True))


def make_user(role=None, *, unit=None, username=None, **fields):
    """Return a user with a role of the centre, or with a role in ``unit``.

    The roles that come with a unit need one: they are gone at the next log-in without.
    """
    username = username or f"nguoi-dung-{next(_numbers)}"
    user = get_user_model().objects.create_user(username, password=PASSWORD, **fields)
    if role in UNIT_ROLES:
        unit = unit or make_unit()
    elif role:
        user.groups.add(group_of(role))
    if unit:
        unit_role = role if role in UNIT_ROLES else "member"
        Membership.objects.create(user=user, unit=unit, role=unit_role)
    return user


def make_unit(title=None, **fields):
    """Return a live unit page."""
    number = next(_numbers)
    fields.setdefault("code", f"DV{number:03}")
    return make_index(UnitIndexPage, "Đơn vị").add_child(
        instance=UnitPage(title=title or f"Phòng số {number}", **fields)
    )


def make_regulation(title="Quy chế thử nghiệm", **fields):
    """Return a live regulation page without text."""
    return make_index(RegulationIndexPage, "Quy chế").add_child(
        instance=RegulationPage(title=title, **fields)
    )


def make_article(regulation=None, number="1", heading="Phạm vi điều chỉnh", **fields):
    """Return a live article with its chapter, and no clauses unless given."""
    regulation = regulation or make_regulation()
    chapter = DivisionPage.objects.child_of(regulation).first() or regulation.add_child(
        instance=DivisionPage(title="Chương I", level="chapter", number="I")
    )
    fields.setdefault("eid", f"qc__dieu_{number}")
    return chapter.add_child(
        instance=ArticlePage(
            title=f"Điều {number}. {heading}", number=number, heading=heading, **fields
        )
    )


def make_provision(regulation=None, eid="qc__dieu_1", **fields):
    """Return a provision in the index of ``regulation``."""
    defaults = {"kind": "article", "number": "1", "label": "Điều 1", "path": "dieu-1"}
    return Provision.objects.create(
        regulation=regulation or make_regulation(), eid=eid, **{**defaults, **fields}
    )
