"""References and terms in the admin: who edits a regulation decides on what was found in it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import page_permission_policy, register_permission_policy

from portal.core.permissions import (
    ScopedCreateView,
    ScopedEditView,
    ScopedModelViewSet,
    ScopedPolicy,
)
from portal.core.roles import CENTRE_ROLES, grant
from portal.regulations.actions.findings import (
    add_definition,
    add_reference,
    decide_definition,
    decide_reference,
)
from portal.regulations.finding_forms import (
    DefinitionDecisionForm,
    DefinitionForm,
    ReferenceDecisionForm,
    ReferenceForm,
)
from portal.regulations.models import CrossReference, Definition
from portal.regulations.models.reading import Finding


class FindingPolicy(ScopedPolicy):
    """Who edits a regulation decides on what was found in it; only what hands added is deleted."""

    def scope(self, user, action, queryset):
        pages = page_permission_policy.instances_user_has_permission_for(user, "change")
        queryset = queryset.filter(regulation__in=pages.values("pk"))
        return queryset.filter(origin=Finding.Origin.HAND) if action == "delete" else queryset


class ReferenceCreateView(ScopedCreateView):
    def save_instance(self):
        data = self.form.cleaned_data
        return add_reference(data["source"], data["words"], data["target"], user=self.request.user)


class ReferenceEditView(ScopedEditView):
    def save_instance(self):
        data = self.form.cleaned_data
        return decide_reference(
            CrossReference.objects.get(pk=self.object.pk),
            data["decision"],
            target=data["target"],
            user=self.request.user,
        )


class DefinitionCreateView(ScopedCreateView):
    def save_instance(self):
        data = self.form.cleaned_data
        return add_definition(
            data["source"],
            data["term"],
            data["meaning"],
            other_names=data["other_names"],
            user=self.request.user,
        )


class DefinitionEditView(ScopedEditView):
    def save_instance(self):
        data = self.form.cleaned_data
        return decide_definition(
            Definition.objects.get(pk=self.object.pk),
            data["decision"],
            meaning=data["meaning"],
            other_names=data["other_names"],
            user=self.request.user,
        )


class FindingViewSet(ScopedModelViewSet):
    """One form adds, another decides."""

    add_form, decision_form = None, None

    def get_form_class(self, for_update=False):
        return self.decision_form if for_update else self.add_form


class CrossReferenceViewSet(FindingViewSet):
    """What the text names of itself and of other documents."""

    model = CrossReference
    name = "cross_references"
    url_prefix = "quy-che/dan-chieu"
    icon = "link"
    menu_label = _("Cross-references")
    add_view_class = ReferenceCreateView
    edit_view_class = ReferenceEditView
    add_form, decision_form = ReferenceForm, ReferenceDecisionForm
    list_display = [
        "words",
        Column("in_its_sentence", label=_("In its sentence")),
        Column("source_label", label=_("In"), sort_key="source__position"),
        Column("target_label", label=_("Leads to"), sort_key="target__position"),
        BooleanColumn("is_certain", label=_("Certain")),
        "status",
    ]
    list_select_related = ["source", "target"]
    list_filter = ["status", "is_certain", "is_dangling", "origin", "is_present", "regulation"]
    search_fields = ["words", "document"]


class DefinitionViewSet(FindingViewSet):
    """The terms that the text explains."""

    model = Definition
    name = "definitions"
    url_prefix = "quy-che/thuat-ngu"
    icon = "openquote"
    menu_label = _("Terms")
    add_view_class = DefinitionCreateView
    edit_view_class = DefinitionEditView
    add_form, decision_form = DefinitionForm, DefinitionDecisionForm
    list_display = [
        "term",
        "meaning",
        Column("source_label", label=_("Defined in"), sort_key="source__position"),
        "status",
    ]
    list_select_related = ["source"]
    list_filter = ["status", "origin", "is_present", "regulation"]
    search_fields = ["term", "meaning"]


class FindingsViewSetGroup(ViewSetGroup):
    """References and terms under one menu entry."""

    menu_label = _("References and terms")
    menu_icon = "link"
    menu_order = 115
    items = (CrossReferenceViewSet(), DefinitionViewSet())


def register_rights():
    """Say which roles decide; the policy says on which regulations."""
    for model in (CrossReference, Definition):
        register_permission_policy(model, FindingPolicy(model))
        for role in CENTRE_ROLES:
            grant(
                role,
                *(
                    f"regulations.{action}_{model._meta.model_name}"
                    for action in ("add", "change", "delete", "view")
                ),
            )
