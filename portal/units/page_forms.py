"""How the editor of a unit's page is laid out, and what it refuses."""

from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from portal.units.page_editor import CentreInlinePanel, OwnPartForm, OwnPartNotice

OWN_PART_NOTICE = OwnPartNotice(template="units/admin/own_part_notice.html")

UNIT_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel(
                "code",
                help_text=gettext_lazy(
                    "Never changes: two units may bear one name, none one code."
                ),
            ),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("level")]),
            FieldPanel("short_names"),
            FieldPanel(
                "centre_role", help_text=gettext_lazy("What the regulation makes it in the centre.")
            ),
            FieldPanel("about"),
        ],
        heading=gettext_lazy("What the unit is"),
    ),
    MultiFieldPanel(
        [
            FieldPanel(
                "parent_unit",
                help_text=gettext_lazy("The unit directly above; the tree is built from it."),
            ),
            FieldPanel("groups", widget=forms.CheckboxSelectMultiple),
            FieldPanel("is_group"),
            FieldRowPanel(
                [
                    FieldPanel("valid_from"),
                    FieldPanel(
                        "valid_to",
                        help_text=gettext_lazy("After this day it leaves the directory."),
                    ),
                ]
            ),
        ],
        heading=gettext_lazy("Where it belongs, and since when"),
    ),
    CentreInlinePanel(
        "responsibilities",
        label=gettext_lazy("responsibility"),
        heading=gettext_lazy("Responsibilities"),
        help_text=gettext_lazy("One for each khoản or điểm, in the order in which they are shown."),
    ),
    MultiFieldPanel(
        [
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        ],
        heading=gettext_lazy("Contact"),
        help_text=gettext_lazy("Of the whole unit; everybody sees it."),
    ),
    InlinePanel(
        "focal_points",
        label=gettext_lazy("focal point"),
        heading=gettext_lazy("Focal points"),
        help_text=gettext_lazy(
            "What is not ticked as public is shown only to people with a role in the centre."
        ),
    ),
    CentreInlinePanel(
        "documents",
        label=gettext_lazy("document"),
        heading=gettext_lazy("Documents"),
        help_text=gettext_lazy("Who may open a document is decided by its collection."),
    ),
]


class UnitPageForm(OwnPartForm):
    """Lets responsibilities cite only what the editor may read."""

    def clean(self):
        cleaned = super().clean()
        formset = self.formsets.get("responsibilities")
        for form in formset.forms if formset is not None else ():
            provision = getattr(form, "cleaned_data", {}).get("provision")
            if provision and "provision" in form.changed_data and not self._may_read(provision):
                form.add_error("provision", _("There is no such provision in force."))
        return cleaned

    def _may_read(self, provision):
        if self.for_user is None:
            return True
        visitor = SimpleNamespace(user=self.for_user, session={})
        return type(provision).objects.readable_by(visitor).filter(pk=provision.pk).exists()
