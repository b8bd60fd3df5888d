"""Focal points as a table: rows that stand on the pages of units, and go with their revisions."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.core.roles import runs_centre
from portal.core.tables.columns import Column, Reference
from portal.core.tables.pages import LOG_ACTION, refusal_to_edit, save_page
from portal.core.tables.resources import CatalogueResource
from portal.core.tables.values import Text, YesNo
from portal.units.models import FocalPoint, UnitPage
from portal.units.permissions import unit_ids_of
from portal.units.tables.registers import UnitName


class DetailColumn(Column):
    """A detail that may be internal: exports show it to those who may see it."""

    def export(self, instance, **kwargs):
        if getattr(instance, "is_for_public", False):
            return self.widget.render(instance.details().get(self.attribute, ""))
        return super().export(instance, **kwargs)


class FocalPointResource(CatalogueResource):
    """Whom to turn to: by unit and position, by the name where several hold one position."""

    model = FocalPoint
    tie_columns = ("name",)
    unchecked = ("unit",)

    unit = Column(gettext_lazy("Unit code"), Reference(UnitPage), is_key=True, example="SYT")
    unit_name = UnitName()
    position = DetailColumn(
        pgettext_lazy("person", "Position"), Text(), is_key=True, example="Chánh Văn phòng"
    )
    name = DetailColumn(pgettext_lazy("person", "Name"), Text())
    phone = DetailColumn(gettext_lazy("Phone"), Text())
    email = DetailColumn(gettext_lazy("E-mail"), Text())
    position_is_public = Column(gettext_lazy("Position is public"), YesNo())
    name_is_public = Column(gettext_lazy("Name is public"), YesNo())
    phone_is_public = Column(gettext_lazy("Phone is public"), YesNo())
    email_is_public = Column(gettext_lazy("E-mail is public"), YesNo())

    def __init__(self, user, **options):
        super().__init__(user, **options)
        self._pages, self._infos, self._asked = {}, {}, {}

    def all_instances(self):
        return FocalPoint.objects.select_related("unit").order_by(
            "unit__sort_key", "unit", "sort_order", "pk"
        )

    def label_of(self, instance):
        return f"{instance.unit.code} – {instance.position}"

    def export_queryset(self, request):
        """Return the focal points of the readable units; inner details only to their own people."""
        readable = UnitPage.objects.readable_by(request).values("pk")
        shown = []
        for point in self.all_instances().filter(unit__in=readable):
            point.is_for_public = not self._sees_inner(point.unit)
            if not point.is_for_public or point.details():
                shown.append(point)
        return shown

    def _sees_inner(self, unit):
        if self.user.is_superuser or runs_centre(self.user):
            return True
        return unit.pk in unit_ids_of(self.user) or self._may_edit(unit)

    def _may_edit(self, unit):
        if unit.pk not in self._asked:
            self._asked[unit.pk] = unit.permissions_for_user(self.user).can_edit()
        return self._asked[unit.pk]

    def may_view(self, instance):
        return self._may_edit(instance.unit)

    def refusal(self, instance, is_new):
        unit = getattr(instance, "unit", None)
        if unit is None:
            return ""  # the column says what is wrong
        if ("refusal", unit.pk) not in self._asked:
            self._asked["refusal", unit.pk] = refusal_to_edit(unit, self.user)
        return self._asked["refusal", unit.pk]

    def ends_as_draft(self, instance, is_new):
        return not instance.unit.permissions_for_user(self.user).can_publish()

    # Writing: the page is the thing that is kept, once for all its rows.

    def write(self, change, reason):
        """Put the row on its page; the pages are kept in ``finish``."""
        point = change.instance
        if self.refusal(point, change.is_new):
            raise PermissionDenied
        is_draft = self.ends_as_draft(point, change.is_new)
        page = self._page(point.unit_id)
        if change.is_new:
            point.sort_order = len(page.focal_points.get_object_list())
            if not is_draft:
                point.save()  # so that the revision knows its key
            page.focal_points.add(point)
        elif not change.is_new:
            [known] = [each for each in page.focal_points.get_object_list() if each.pk == point.pk]
            for column in change.columns:
                setattr(known, column.attribute, getattr(point, column.attribute))
        info = {"page": page.pk, "is_draft": is_draft, "mark": None}
        self._infos.setdefault(page.pk, []).append(info)
        return info

    def _page(self, pk):
        if pk not in self._pages:
            self._pages[pk] = UnitPage.objects.get(pk=pk)
        return self._pages[pk]

    def finish(self, reason):
        """Keep each page as one revision, published where one may."""
        for pk, infos in self._infos.items():
            publish = not infos[0]["is_draft"]
            revision = save_page(self._page(pk), self.user, publish=publish)
            for info in infos:
                info["mark"] = revision.pk

    # Undoing: page by page.

    def undo_refusals(self, entries):
        """Return why the pages cannot be put back, one sentence for each."""
        refusals = []
        for entry in _one_for_each_page(entries):
            page = UnitPage.objects.filter(pk=entry["page"]).first()
            reason = self._refusal_to_undo(page, entry)
            if reason:
                refusals.append(
                    _("Line %(line)s, “%(label)s”: %(reason)s.")
                    % {"line": entry["line"], "label": entry["label"], "reason": reason}
                )
        return refusals

    def _refusal_to_undo(self, page, entry):
        if page is None:
            return _("it was deleted since")
        if page.latest_revision_id != entry["mark"]:
            return _("it was changed since")
        tester = page.permissions_for_user(self.user)
        if not tester.can_edit() or tester.page_locked():
            return _("you may not edit the page")
        if not entry["is_draft"] and not tester.can_publish():
            return _("you may not publish the page")
        return ""

    def take_back_all(self, entries, reason):
        """Put the rows of each page back, and keep it as one revision."""
        for first in _one_for_each_page(entries):
            page = UnitPage.objects.get(pk=first["page"])
            if first["is_draft"]:
                page.save_revision(user=self.user, changed=False, log_action=LOG_ACTION)
                UnitPage.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
                continue
            for entry in entries:
                if entry["page"] == page.pk:
                    self._put_back(page, entry)
            save_page(page, self.user, publish=True)

    def _put_back(self, page, entry):
        [point] = [each for each in page.focal_points.get_object_list() if each.pk == entry["pk"]]
        if entry["is_new"]:
            page.focal_points.remove(point)
            return
        for name, raw in entry["before"].items():
            self.fields[name].restore(point, raw)


def _one_for_each_page(entries):
    """Return the first entry of each page."""
    return list({entry["page"]: entry for entry in reversed(entries)}.values())
