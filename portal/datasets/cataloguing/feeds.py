"""What changed in the published data, as an Atom feed: versions, corrections, withdrawals.

A feed is read by programs that nobody logs in, so it tells everybody the same: what is public.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.formats import format_number
from portal.core.models import StatusEvent
from portal.core.models.page import may_read, visitor_of
from portal.core.text import printable
from portal.datasets.cataloguing.records import centre_party, version_url
from portal.datasets.models import DatasetPage, DatasetVersion

ENTRIES_ON_A_PAGE = 50
PUBLISHED, CORRECTED, RESTORED, WITHDRAWN = "published", "corrected", "restored", "withdrawn"


@dataclass(frozen=True)
class Change:
    """One entry: what happened to which version, when."""

    kind: str
    at: datetime
    uid: str
    title: str
    summary: str
    url: str
    author: str


def public_datasets():
    """Return the datasets of which everybody may know and whose rows everybody may read."""
    visitor = visitor_of(AnonymousUser())
    return DatasetPage.objects.readable_by(visitor).filter(sharing=DatasetPage.Sharing.PUBLIC)


def changes_of(datasets, request, *, start=0, size=ENTRIES_ON_A_PAGE):
    """Return ``size`` changes of ``datasets`` from ``start`` on, newest first, and if more follow.

    The number of queries does not depend on how many there are.
    """
    rows = list(_events(datasets)[start : start + size + 1])
    versions = _with_what_they_follow().in_bulk([pk for pk, _at, _kind in rows[:size]])
    visitor = visitor_of(AnonymousUser())
    centre = centre_party(request)
    changes = [
        _change(versions[pk], at, kind, request, visitor, centre) for pk, at, kind in rows[:size]
    ]
    return changes, len(rows) > size


def _events(datasets):
    """Return (version, moment, what happened) of publications and withdrawals, newest first."""
    ever = DatasetVersion.objects.published_ever().filter(dataset__in=datasets.values("pk"))
    ever = ever.order_by()
    withdrawals = StatusEvent.objects.filter(
        content_type=ContentType.objects.get_for_model(DatasetVersion),
        object_id=OuterRef("pk"),
        to_status=DatasetVersion.Status.WITHDRAWN,
    ).order_by("-at")
    told = ("pk", "happened_at", "what")
    published = ever.annotate(happened_at=F("published_at"), what=_word(PUBLISHED))
    withdrawn = ever.filter(status=DatasetVersion.Status.WITHDRAWN).annotate(
        happened_at=Subquery(withdrawals.values("at")[:1]), what=_word(WITHDRAWN)
    )
    both = published.values_list(*told).union(withdrawn.values_list(*told), all=True)
    return both.order_by("-happened_at", "-pk", "what")


def _word(text):
    return Value(text, output_field=CharField())


def _with_what_they_follow():
    """Return versions with those that they correct or restore."""
    heavy = DatasetVersion.HEAVY
    found = DatasetVersion.objects.select_related("dataset", "unit", "corrects", "restores")
    others = (f"{other}__{name}" for other in ("corrects", "restores") for name in heavy)
    return found.defer(*heavy, *others)


def _change(version, at, kind, request, visitor, centre):
    if kind == PUBLISHED and version.corrects:
        kind = CORRECTED
    elif kind == PUBLISHED and version.restores:
        kind = RESTORED
    title = _("%(title)s – version %(number)s") % {
        "title": version.dataset.title,
        "number": version.number,
    }
    if version.period:
        title = f"{title} ({version.period_label})"
    author = version.unit.title if may_read(version.unit, visitor) else centre.name
    return Change(
        kind=kind,
        at=at,
        uid=_lasting_id(version, "withdrawn" if kind == WITHDRAWN else "published"),
        title=printable(title),
        summary=_summary(version, kind),
        url=version_url(version.dataset, version.number, request),
        author=printable(author),
    )


def _lasting_id(version, what):
    """Return an identity that no change of address or name touches.

    It follows from the seal of the version's manifest, which is made once and never changes.
    """
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{version.manifest_sha256}#{what}").urn


def _summary(version, kind):
    if kind == WITHDRAWN:
        return _("This version has been withdrawn.")
    rows = ngettext("%(rows)s row", "%(rows)s rows", version.row_count) % {
        "rows": format_number(version.row_count)
    }
    if kind == CORRECTED:
        return _("Corrects version %(number)s: %(reason)s (%(rows)s)") % {
            "number": version.corrects.number,
            "reason": printable(version.correction_reason),
            "rows": rows,
        }
    if kind == RESTORED:
        told = {"number": version.restores.number, "rows": rows}
        return _("Restores version %(number)s; %(rows)s.") % told
    return _("A new version was published; %(rows)s.") % {"rows": rows}


class PagedAtomFeed(Atom1Feed):
    """An Atom feed that says where its other pages are (RFC 5005)."""

    def add_root_elements(self, handler):
        """Add the links to other pages after what every feed says."""
        super().add_root_elements(handler)
        for relation, url in self.feed["pages"]:
            handler.addQuickElement("link", "", {"rel": relation, "href": url})


def feed_of(changes, *, title, page_url, feed_url, pages, uid, updated_at):
    """Return the feed as bytes; ``pages`` are (relation, address) of its other pages."""
    feed = PagedAtomFeed(
        title=printable(title),
        link=page_url,
        description=None,
        language="vi",
        feed_url=feed_url,
        feed_guid=uid,
        pages=pages,
    )
    for change in changes:
        feed.add_item(
            title=change.title,
            link=change.url,
            description=change.summary,
            author_name=change.author,
            pubdate=change.at,
            updateddate=change.at,
            unique_id=change.uid,
            categories=[change.kind],
        )
    feed.latest_post_date = lambda: max([updated_at, *(change.at for change in changes)])
    return feed.writeString("utf-8").encode()
