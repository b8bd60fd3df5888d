"""Rows of any version: chosen, filtered, sorted, searched, grouped, counted; for machines.

``moi-nhat`` (latest), a number and a day name a version. What each parameter may say stands in
the dataset's own description, ``/api/v1/du-lieu/<code>/openapi.json``.
"""

import json
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router
from ninja.errors import HttpError

from portal.datasets.models import AccessEvent
from portal.datasets.profile_cards import profiles_seen
from portal.datasets.readers import GRANT, TokenRefused
from portal.datasets.rows import limits
from portal.datasets.rows.answers import facets_of, groups_of, rows_page
from portal.datasets.rows.formats import GROUP_FORMATS, MACHINE_FORMATS, TYPES, export_of, plain
from portal.datasets.rows.openapi import described
from portal.datasets.rows.pages import next_mark, place_marked
from portal.datasets.rows.reading import reading_of
from portal.datasets.rows.turns import in_turn
from portal.datasets.rows.versions import NoSuchVersion

router = Router(tags=["du-lieu"])

PARAMETERS = frozenset(
    {"version", "cot", "loc", "tim", "sap_xep", "trang", "so_dong", "tiep", "nhom", "tinh"}
    | {"dem_theo", "dinh_dang", GRANT}
)
#: What chooses a page and columns of rows or stands beside one, and so means nothing for groups.
OF_ROWS = ("cot", "trang", "so_dong", "tiep", "dem_theo")


@router.get(
    "{code}/dong/",
    summary=gettext_lazy("The rows of the latest version"),
    description=gettext_lazy(
        "“version” names another version than the latest. What the parameters may say stands in "
        "the description of the dataset."
    ),
)
def list_rows(request, code: str):
    return _answered(request, code, request.GET.get("version", ""))


@router.get(
    "{code}/phien-ban/{version}/dong/",
    summary=gettext_lazy("The rows of a version"),
    description=gettext_lazy(
        "“version” is “moi-nhat”, the number of a version, or a day, for what stood there on it."
    ),
)
def list_version_rows(request, code: str, version: str):
    return _answered(request, code, version)


@router.get(
    "{code}/phien-ban/{version}/ho-so/",
    summary=gettext_lazy("What stands in each column"),
    description=gettext_lazy(
        "For each column: empty and different values, the least, the greatest and the most "
        "frequent, and their spread."
    ),
)
def get_profile(request, code: str, version: str):
    reading = _reading(request, code, version)

    def answer():
        profiles = profiles_seen(reading.sight)
        head = {"dataset": reading.dataset.code, "version": reading.version.number}
        return _json({**head, "columns": profiles})

    reading.note(AccessEvent.Way.PROFILE)
    return reading.answer(answer)


@router.get(
    "{code}/openapi.json",
    summary=gettext_lazy("The description of one dataset's rows"),
    description=gettext_lazy(
        "OpenAPI, with the dataset's own columns, their operators and the limits."
    ),
)
def describe_rows(request, code: str):
    reading = _reading(request, code, "")
    response = JsonResponse(described(reading), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, no-cache"
    return response


def _answered(request, code, version):
    with in_turn():
        reading = _reading(request, code, version, request.GET.get("tiep", ""))
        try:
            asked = _Asked(request.GET, reading)
            response = reading.answer(asked.response)
        except ValidationError as refusal:
            raise HttpError(422, " ".join(refusal.messages)) from refusal
    reading.note(AccessEvent.Way.ROWS)
    return response


def _reading(request, code, version, mark=""):
    try:
        return reading_of(request, code, version, mark=mark)
    except TokenRefused as refused:
        raise HttpError(refused.status, str(refused)) from refused
    except NoSuchVersion as nothing:
        raise HttpError(404, " ".join(nothing.messages)) from nothing
    except ValidationError as refusal:
        raise HttpError(422, " ".join(refusal.messages)) from refusal


class _Asked:
    """The parameters of a request, read before anything is looked up."""

    def __init__(self, parameters, reading):
        self.reading, self.parameters = reading, parameters
        _refuse_unknown(parameters)
        asker = reading.asker
        said = parameters.get
        self.grouping = None
        if said("nhom") or said("tinh"):
            self.grouping = asker.grouping(said("nhom", ""), said("tinh", ""))
        self.question = asker.question(
            columns=said("cot", ""),
            filters=parameters.getlist("loc"),
            search=said("tim", ""),
            sort=said("sap_xep", ""),
            further=self.grouping.names if self.grouping else (),
        )
        self.format = _one_of(said("dinh_dang", "json"), ("json", *MACHINE_FORMATS))
        if self.grouping:
            _refuse_other_sorts(self.question, self.grouping)
            _refuse_beside_groups(parameters)
        self.facets = asker.named(said("dem_theo", ""), limits.MOST_FACETS)
        self.size = _number(said("so_dong"), limits.USUAL_PAGE, "so_dong", limits.LARGEST_PAGE)
        self.page = _number(said("trang"), 1, "trang", 10**9)
        mark = said("tiep")
        self.place = place_marked(mark, reading.version, self.question) if mark else None

    def response(self):
        """Return the answer in the format that was asked for."""
        if self.grouping:
            return self.groups()
        if self.format != "json":
            return export_of(self.reading, self.question, self.format)
        return self.rows()

    def head(self):
        """Return what every answer begins with."""
        return {"dataset": self.reading.dataset.code, "version": self.reading.version.number}

    def groups(self):
        """Return the groups, and whether there are more than an answer holds."""
        found, more = groups_of(self.reading.version, self.question, self.grouping)
        names = [*self.grouping.columns, *self.grouping.names]
        if self.format != "json":
            return self.groups_as_file(names, found, more)
        return _json(
            {
                **self.head(),
                "group_by": self.grouping.columns,
                "aggregates": self.grouping.names,
                "groups": [dict(zip(names, map(plain, row), strict=True)) for row in found],
                "truncated": more,
            }
        )

    def groups_as_file(self, names, found, more):
        """Return the groups as CSV or NDJSON, which cannot say that there are more."""
        if self.format not in GROUP_FORMATS:
            _one_of(self.format, ("json", *GROUP_FORMATS))
        if more:
            raise ValidationError(
                _("There are more than %(most)s groups; only json tells the first ones.")
                % {"most": limits.MOST_GROUPS}
            )
        text = GROUP_FORMATS[self.format](names, found)
        return HttpResponse(text, content_type=TYPES[self.format])

    def rows(self):
        """Return a page of rows with the mark of the next one."""
        version, question = self.reading.version, self.question
        offset = 0 if self.place is not None else (self.page - 1) * self.size
        page = rows_page(
            version, question, place=self.place, offset=offset, limit=self.size, as_told=True
        )
        names = question.columns
        told = {
            **self.head(),
            "columns": names,
            "total": page.total,
            "page": None if self.place is not None else self.page,
            "page_size": self.size,
            "rows": [dict(zip(names, row, strict=True)) for row in page.rows],
            **self.next(page),
        }
        if self.facets:
            told |= facets_told(version, question, self.facets)
        return _json(told)

    def next(self, page):
        """Return the mark and the address of the next page; None when there is none."""
        if page.place is None:
            return {"next": None, "next_url": None}
        mark = next_mark(self.reading.version, self.question, page.place)
        kept = [
            (key, value)
            for key, values in self.parameters.lists()
            for value in values
            if key not in ("trang", "tiep")
        ]
        address = f"{self.reading.request.path}?{urlencode([*kept, ('tiep', mark)])}"
        return {"next": mark, "next_url": self.reading.request.build_absolute_uri(address)}


def facets_told(version, question, columns):
    """Return the facets as the API says them; what the time did not suffice for is named."""
    found = facets_of(version, question, columns)
    most = limits.FACET_VALUES
    return {
        "facets": [
            {
                "column": name,
                "values": [{"value": plain(value), "count": n} for value, n in counted[:most]],
                "more": len(counted) > most,
            }
            for name, counted in found.counted.items()
        ],
        "facets_cut_off": found.cut_off,
    }


def _refuse_unknown(parameters):
    for name, values in parameters.lists():
        if len(values) > 1 and name in PARAMETERS and name != "loc":
            raise ValidationError(_("“%(name)s” is said once only.") % {"name": name})
        if name not in PARAMETERS:
            raise ValidationError(
                _("There is no parameter “%(name)s”; there are: %(known)s.")
                % {"name": name[:40], "known": ", ".join(sorted(PARAMETERS))}
            )


def _refuse_beside_groups(parameters):
    for name in OF_ROWS:
        if name in parameters:
            raise ValidationError(_("“%(name)s” means nothing for groups.") % {"name": name})


def _refuse_other_sorts(question, grouping):
    for name, _down in question.sort:
        if name not in (*grouping.columns, *grouping.names):
            raise ValidationError(
                _("Groups are sorted by their own columns or what is added up, not “%(name)s”.")
                % {"name": name}
            )


def _one_of(text, known):
    if text in known:
        return text
    raise ValidationError(
        _("There is no format “%(text)s”; there are: %(known)s.")
        % {"text": text[:40], "known": ", ".join(known)}
    )


def _number(text, usual, name, highest):
    if text is None:
        return usual
    if text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= highest and len(text) < 12:
        return int(text)
    raise ValidationError(
        _("“%(name)s” takes a whole number from 1 to %(highest)s.")
        % {"name": name, "highest": highest}
    )


def _json(told):
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json; charset=utf-8")
