from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable


class CodeList(ClusterableModel):
    """The values from which a column chooses."""

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=255)

    panels = [
        FieldRowPanel([FieldPanel("title"), FieldPanel("code")]),
        InlinePanel("items", heading=_("Items"), label=_("item")),
    ]

    class Meta:
        ordering = ["title"]
        verbose_name = _("code list")
        verbose_name_plural = _("code lists")

    def __str__(self):
        return self.title


class CodeListItem(Orderable):
    """One value of a code list."""

    code_list = ParentalKey(CodeList, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(_("code"), max_length=64)
    label = models.CharField(_("label"), max_length=255)

    panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("label")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["code_list", "code"], name="one_item_per_code")
        ]
        verbose_name = _("item")
        verbose_name_plural = _("items")

    def __str__(self):
        return self.label
