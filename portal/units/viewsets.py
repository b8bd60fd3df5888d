"""The register of duties in the admin, beside that of people."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets import Button
from wagtail.permissions import register_permission_policy

from portal.core.permissions import ScopedEditView, ScopedIndexView, ScopedModelViewSet
from portal.core.roles import Role, grant
from portal.units import people_viewsets
from portal.units.duties.ending import settle_ending
from portal.units.duties.forms import ObligationForm
from portal.units.events.viewset import UnitEventViewSet
from portal.units.models import DutyRecord, Obligation
from portal.units.people_viewsets import MembershipViewSet
from portal.units.permissions import DutyRecordPolicy, ObligationPolicy


class ObligationIndexView(ScopedIndexView):
    """Every duty, those that have ended included; each line leads to what acts on it."""

    list_export = [
        "unit.code",
        "unit.title",
        "name_as_written",
        "get_kind_display",
        "title",
        "provision.citation",
        "get_cadence_display",
        "due_words",
        "counterpart_names",
        "valid_from",
        "valid_to",
    ]
    export_headings = {
        "unit.code": _("Code of the unit"),
        "unit.title": _("Unit"),
        "title": _("Duty"),
        "get_kind_display": _("Kind"),
        "provision.citation": _("Provision"),
        "get_cadence_display": _("How often"),
        "due_words": _("Due day"),
        "counterpart_names": _("To whom"),
    }

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("counterparts")


class ObligationEditView(ScopedEditView):
    """Leads to how the duty stands and who changed it; what acts on it ends and wakes with it."""

    def save_instance(self):
        before = Obligation.objects.get(pk=self.object.pk)
        with transaction.atomic():
            duty = super().save_instance()
            settle_ending(before, duty, user=self.request.user)
        return duty

    @property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            Button(
                _("How it stands, who changed it"),
                reverse("units:duty", args=[self.object.pk]),
                icon_name="calendar-check",
            ),
        ]


class ObligationViewSet(ScopedModelViewSet):
    """Who owes what, by which provision, how often, due when, to whom."""

    model = Obligation
    name = "obligations"
    url_prefix = "don-vi/nghia-vu"
    icon = "calendar-check"
    menu_label = _("Duties")
    index_view_class = ObligationIndexView
    edit_view_class = ObligationEditView
    list_display = [
        "unit",
        Column("title", label=_("Duty"), sort_key="kind"),
        Column("get_cadence_display", label=_("How often"), sort_key="cadence"),
        Column("due_words", label=_("Due day")),
        Column("provision", label=_("Provision"), sort_key="provision__position"),
        Column("force_words", label=_("In force"), sort_key="valid_to"),
    ]
    list_select_related = ["unit", "provision__regulation"]
    list_filter = {
        "kind": ["exact"],
        "cadence": ["exact"],
        "unit": ["exact"],
        "provision__regulation": ["exact"],
        "valid_to": ["isnull"],
    }
    list_per_page = 50
    export_filename = "nghia-vu"
    search_fields = ["text", "words", "name_as_written", "unit__title", "provision__label"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel(
                        "unit",
                        help_text=_("A kind of unit binds every unit that belongs to it."),
                    ),
                    FieldPanel("name_as_written"),
                    FieldPanel("provision"),
                ],
                heading=_("Who, by which provision"),
            ),
            MultiFieldPanel(
                [FieldPanel("kind"), FieldPanel("text"), FieldPanel("words")],
                heading=_("What is owed"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("cadence"),
                    FieldRowPanel([FieldPanel("due_day"), FieldPanel("due_month")]),
                    FieldPanel("due_strictly_before"),
                ],
                heading=_("How often, by when"),
            ),
            FieldPanel("counterparts"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")])],
                heading=_("In force"),
                help_text=_("A duty that has ended stays in the register with its last day."),
            ),
        ],
        base_form_class=ObligationForm,
    )


class UnitsViewSetGroup(ViewSetGroup):
    """People and duties under one menu entry."""

    menu_label = _("Units")
    menu_icon = "group"
    menu_order = 130
    items = (MembershipViewSet(), ObligationViewSet(), UnitEventViewSet())


def register_rights():
    """Say which roles may do what in the registers, and on whose rows."""
    people_viewsets.register_rights()
    register_permission_policy(Obligation, ObligationPolicy(Obligation))
    register_permission_policy(DutyRecord, DutyRecordPolicy(DutyRecord))
    for codename in ("add", "change", "delete", "view"):
        grant(Role.ADMINISTRATOR, f"units.{codename}_obligation")
    for role in (Role.ADMINISTRATOR, Role.IOC_LEADER):
        grant(role, "units.view_unitevent", "units.perform_unitevent")
    for role in (Role.IOC_LEADER, Role.IOC_OFFICER, Role.UNIT_HEAD, Role.DATA_OFFICER):
        grant(role, "units.view_obligation")
        grant(role, "units.view_dutyrecord", "units.add_dutyrecord")
    grant(Role.ADMINISTRATOR, "units.view_dutyrecord", "units.add_dutyrecord")
