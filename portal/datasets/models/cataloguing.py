"""What the catalogues of others want to know of a dataset beyond its definition."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class DataList(models.TextChoices):
    """The lists that Decree 278/2025 has a locality publish; the value stands in the address."""

    MASTER = "du-lieu-chu-chuyen-nganh", _("specialised master data")
    SHARED = "du-lieu-dung-chung", _("shared data")
    OPEN = "du-lieu-mo", _("open data")


class CataloguedDataset(models.Model):
    """In which lists a dataset stands, how it is shared between systems, under which terms.

    Nothing of it is derived: an empty field is left out of every catalogue.
    """

    class Way(models.TextChoices):
        QUERY = "query", _("asked for by query, over the sharing platform")
        SYNC = "sync", _("copied, in part or whole, to the system that uses it")
        NATIONAL = "national", _("copied to the national general database")
        MEDIA = "media", _("handed over on media")

    class Theme(models.TextChoices):
        """The themes by which European catalogues sort data; the values are their codes."""

        AGRI = "AGRI", _("agriculture, fisheries, forestry and food")
        ECON = "ECON", _("economy and finance")
        EDUC = "EDUC", _("education, culture and sport")
        ENER = "ENER", _("energy")
        ENVI = "ENVI", _("environment")
        GOVE = "GOVE", _("government and public sector")
        HEAL = "HEAL", _("health")
        INTR = "INTR", _("international issues")
        JUST = "JUST", _("justice, legal system and public safety")
        REGI = "REGI", _("regions and cities")
        SOCI = "SOCI", _("population and society")
        TECH = "TECH", _("science and technology")
        TRAN = "TRAN", _("transport")

    class License(models.TextChoices):
        """Licences that catalogues know by an address; the values are codes of that list."""

        CC0 = "CC0", "CC0 1.0"
        CC_BY = "CC_BY_4_0", "CC BY 4.0"
        CC_BY_SA = "CC_BYSA_4_0", "CC BY-SA 4.0"

    in_master_list = models.BooleanField(_("in the list of specialised master data"), default=False)
    in_shared_list = models.BooleanField(_("in the list of shared data"), default=False)
    in_open_list = models.BooleanField(
        _("in the list of open data"),
        default=False,
        help_text=_("Only what everybody may read can be open data."),
    )
    sharing_way = models.CharField(
        _("way of sharing between systems"), max_length=8, choices=Way, blank=True
    )
    theme = models.CharField(_("theme"), max_length=4, choices=Theme, blank=True)
    keywords = models.CharField(
        _("keywords"), max_length=255, blank=True, help_text=_("Separated by commas.")
    )
    spatial = models.CharField(
        _("area covered"), max_length=255, blank=True, help_text=_("Such as the province's name.")
    )
    license = models.CharField(
        _("licence"),
        max_length=16,
        choices=License,
        blank=True,
        help_text=_("Empty: no catalogue names one."),
    )
    terms_url = models.URLField(_("address of the terms of use"), blank=True)

    cataloguing_panel = MultiFieldPanel(
        [
            FieldPanel("in_master_list"),
            FieldPanel("in_shared_list"),
            FieldPanel("in_open_list"),
            FieldPanel("sharing_way"),
            FieldRowPanel([FieldPanel("theme"), FieldPanel("spatial")]),
            FieldPanel("keywords"),
            FieldRowPanel([FieldPanel("license"), FieldPanel("terms_url")]),
        ],
        heading=_("In lists and catalogues"),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(in_open_list=False) | Q(sharing="public", on_request=False),
                name="open_data_is_public",
                violation_error_message=_("Only what everybody may read can be open data."),
            )
        ]

    def clean(self):
        super().clean()
        if self.in_open_list and not self.is_open:
            raise ValidationError(
                {"in_open_list": _("Only what everybody may read can be open data.")}
            )

    @property
    def lists(self):
        """Return the lists in which the dataset stands."""
        marked = {
            DataList.MASTER: self.in_master_list,
            DataList.SHARED: self.in_shared_list,
            DataList.OPEN: self.in_open_list,
        }
        return [each for each, is_in in marked.items() if is_in]

    @property
    def keyword_list(self):
        """Return the keywords one by one."""
        return [word.strip() for word in self.keywords.split(",") if word.strip()]
