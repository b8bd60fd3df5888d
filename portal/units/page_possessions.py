"""What stands on a unit's page: responsibilities, contacts, and the units below it."""

from django.utils.translation import gettext_lazy

from portal.core.page_changes import change_page
from portal.units.handovers import Possession, PossessionKind
from portal.units.models import FocalPoint, UnitPage, UnitResponsibility

# --- Responsibilities: copied, because the old page keeps what the regulation made it answer for


def _responsibilities(units, event):
    rows = UnitResponsibility.objects.filter(unit__in=units).select_related("provision__regulation")
    return [
        Possession(
            row.unit_id,
            row.pk,
            row.text[:300],
            str(row.provision) if row.provision else "",
            mark=f"{row.provision_id} {row.text} {row.name_as_written}",
        )
        for row in rows.order_by("unit", "sort_order")
    ]


def _copy_responsibilities(pks, successor, event, user):
    rows = UnitResponsibility.objects.filter(pk__in=pks).select_related("unit")
    copies = [_as_written(row) for row in rows.order_by("unit", "sort_order")]

    def add(page):
        order = page.responsibilities.count()
        for number, copy in enumerate(copies, start=1):
            page.responsibilities.add(UnitResponsibility(**copy, sort_order=order + number))

    change_page(_fresh(successor), add, user=user)
    return {"unit": successor.pk, "copies": copies}


def _as_written(row):
    return {
        "provision_id": row.provision_id,
        "text": row.text,
        "name_as_written": row.name_as_written or row.unit.title,
    }


def _drop_copies(model, name):
    """Return what takes copies of ``model`` off a page again; what was changed since stays."""

    def take_back(data, event, user):
        page = UnitPage.objects.filter(pk=data["unit"]).first()
        if page is None:
            return

        def drop(page):
            children = getattr(page, name)
            wanted = list(data["copies"])
            for child in list(children.all()):
                content = {key: getattr(child, key) for key in wanted[0]} if wanted else None
                if content in wanted:
                    wanted.remove(content)
                    children.remove(child)

        change_page(page, drop, user=user)

    return take_back


def _end_with_unit(pks, event, user, reason):
    """Leave copies unmade: the thing remains on the old unit's page as what it was."""
    return {}


# --- Contacts


def _focal_points(units, event):
    return [
        Possession(
            row.unit_id,
            row.pk,
            " – ".join(filter(None, (row.name, row.position))),
            " · ".join(filter(None, (row.phone, row.email))),
            mark=f"{row.name} {row.position} {row.phone} {row.email}",
        )
        for row in FocalPoint.objects.filter(unit__in=units).order_by("unit", "sort_order")
    ]


_CONTACT = (
    *("name", "position", "phone", "email"),
    *("name_is_public", "phone_is_public", "email_is_public"),
)


def _copy_focal_points(pks, successor, event, user):
    rows = FocalPoint.objects.filter(pk__in=pks).order_by("unit", "sort_order")
    copies = [{name: getattr(row, name) for name in _CONTACT} for row in rows]

    def add(page):
        order = page.focal_points.count()
        for number, copy in enumerate(copies, start=1):
            page.focal_points.add(FocalPoint(**copy, sort_order=order + number))

    change_page(_fresh(successor), add, user=user)
    return {"unit": successor.pk, "copies": copies}


# --- Units below it


def _children(units, event):
    rows = UnitPage.objects.filter(parent_unit__in=units).existing(event.happened_on)
    return [
        Possession(row.parent_unit_id, row.pk, row.title, row.code, mark=row.title)
        for row in rows.order_by("sort_key")
        if row.pk not in {unit.pk for unit in units}
    ]


def _hang_children(pks, successor, event, user):
    return _set_parent(pks, successor, user)


def _free_children(pks, event, user, reason):
    return _set_parent(pks, None, user)


def _set_parent(pks, parent, user):
    data = {"children": []}
    for child in UnitPage.objects.filter(pk__in=pks):
        data["children"].append([child.pk, child.parent_unit_id, parent.pk if parent else None])
        above = None if parent is not None and parent.pk == child.pk else parent

        def hang(page, above=above):
            page.parent_unit = above

        change_page(child, hang, user=user)
    return data


def _rehang_children(data, event, user):
    for pk, was, became in data["children"]:
        child = UnitPage.objects.filter(pk=pk, parent_unit=became).first()
        if child is not None:
            above = UnitPage.objects.get(pk=was)

            def hang(page, above=above):
                page.parent_unit = above

            change_page(child, hang, user=user)


def _fresh(unit):
    return UnitPage.objects.get(pk=unit.pk)


PAGE_KINDS = (
    PossessionKind(
        key="trach-nhiem",
        label=gettext_lazy("Responsibilities"),
        of_units=_responsibilities,
        hand_over=_copy_responsibilities,
        end=_end_with_unit,
        take_back=_drop_copies(UnitResponsibility, "responsibilities"),
        order=10,
    ),
    PossessionKind(
        key="dau-moi",
        label=gettext_lazy("Focal points"),
        of_units=_focal_points,
        hand_over=_copy_focal_points,
        end=_end_with_unit,
        take_back=_drop_copies(FocalPoint, "focal_points"),
        order=72,
    ),
    PossessionKind(
        key="truc-thuoc",
        label=gettext_lazy("Units below it"),
        of_units=_children,
        hand_over=_hang_children,
        end=_free_children,
        take_back=_rehang_children,
        order=74,
    ),
)
