"""Setting a centre up: the pages every portal begins with, and whose portal it is."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from portal.datasets.models import DatasetIndexPage, IndicatorCataloguePage
from portal.home.models import CentreSettings, HomePage
from portal.home.role_groups import grant_page_rights
from portal.home.workflow import ensure_workflow
from portal.meetings.models import AssessmentIndexPage, MeetingIndexPage
from portal.regulations.models import RegulationIndexPage
from portal.units.models import DutyListPage, UnitIndexPage


def index_pages():
    """Return ``[(page class, title, address)]`` of the rooms below the home page, in order."""
    return [
        (RegulationIndexPage, _("Regulation"), "quy-che"),
        (UnitIndexPage, _("Units"), "don-vi"),
        (DutyListPage, _("Duties"), "nghia-vu"),
        (IndicatorCataloguePage, _("Indicators"), "chi-tieu"),
        (DatasetIndexPage, _("Data"), "du-lieu"),
        (MeetingIndexPage, _("Briefings"), "hop-giao-ban"),
        (AssessmentIndexPage, _("Assessment"), "danh-gia"),
    ]


@transaction.atomic
def ensure_site():
    """Return the home page, making it and its rooms where they are missing; safe to repeat.

    Wagtail's own welcome page gives way; anything an editor made stays.
    """
    home = HomePage.objects.first() or _make_home()
    for model, title, slug in index_pages():
        if not model.objects.exists():
            home.refresh_from_db()
            home.add_child(instance=model(title=title, slug=slug, show_in_menus=True))
    grant_page_rights(home)
    ensure_workflow(home)
    return home


def _make_home():
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title=_("Home"), slug="trang-chu"))
    site = Site.objects.filter(is_default_site=True).first()
    welcome = site.root_page if site else None
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    if welcome is not None and _is_wagtails_own(welcome):
        welcome.delete()
    return HomePage.objects.get(pk=home.pk)


def take_address(url):
    """Let the pages of the default site begin with ``url`` wherever they are named in full.

    A name that somebody gave the site stays where ``url`` names this machine only. Raise
    ``ValidationError`` when it is no address of a site.
    """
    try:
        told = urlsplit(url)
        port = told.port or {"http": 80, "https": 443}[told.scheme]
    except (ValueError, KeyError):
        told = urlsplit("")
    if not told.hostname:
        raise ValidationError(_("“%(url)s” is no address of a portal.") % {"url": url})
    site = Site.objects.get(is_default_site=True)
    is_named = told.hostname == "localhost" and site.hostname != "localhost"
    if not is_named and (site.hostname, site.port) != (told.hostname, port):
        site.hostname, site.port = told.hostname, port
        site.save()


def _is_wagtails_own(page):
    return page.specific_class is Page and not page.get_children().exists()


def describe_centre(**values):
    """Write down whose portal this is; ``values`` are fields of ``CentreSettings``."""
    site = Site.objects.get(is_default_site=True)
    centre = CentreSettings.for_site(site)
    for name, value in values.items():
        setattr(centre, name, value)
    centre.save()
    site.site_name = centre.name
    site.save()
    return centre
