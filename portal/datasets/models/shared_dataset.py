"""Among whom a dataset is shared, and whether its rows are there for the asking only."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class Sharing(models.TextChoices):
    """Who knows of a dataset."""

    PUBLIC = "public", _("public")
    INTERNAL = "internal", _("internal")
    NAMED = "named", _("named units")


class SharedDataset(models.Model):
    """Who knows of the dataset, and whether they may read its rows by that alone.

    Shared by default, whoever knows of it reads its rows; on request, only those units do to
    which access was granted.
    """

    sharing = models.CharField(
        _("sharing"), max_length=8, choices=Sharing, default=Sharing.INTERNAL
    )
    named_units = ParentalManyToManyField(
        "units.UnitPage",
        blank=True,
        related_name="datasets_naming_it",
        verbose_name=_("named units"),
        help_text=_("They know of the dataset beside its owner, where it is shared so."),
    )
    on_request = models.BooleanField(
        _("rows on request only"),
        default=False,
        help_text=_("Who knows of the dataset asks for its rows; the owner answers."),
    )

    sharing_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("sharing"), FieldPanel("on_request")]),
            FieldPanel("named_units", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("Who may read it"),
    )

    class Meta:
        abstract = True

    @property
    def is_open(self):
        """Tell whether everybody may read the rows, by default and without logging in."""
        return self.sharing == Sharing.PUBLIC and not self.on_request
