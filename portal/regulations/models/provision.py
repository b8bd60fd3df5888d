from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from portal.regulations.citations import citation_tail
from portal.regulations.models.parts import ArticlePage
from portal.regulations.models.regulation import RegulationPage


class ProvisionQuerySet(models.QuerySet):
    def current(self):
        """Keep what the text in force still contains."""
        return self.filter(repealed=False, regulation__live=True)

    def at_address(self, path):
        """Return ``(provision, is_here)`` for an address below the regulation, or None.

        A part of the text in force comes first, then one that has left it, then the part that
        had this address before; failing these, the nearest part above. ``is_here`` is False
        when readers have to be led to another address.
        """
        if "dieu-" not in path.partition("/")[0]:
            return None
        here = self.filter(path=path).select_related("article").order_by("repealed", "-pk").first()
        if here is not None and not here.repealed:
            return here, True
        alias = ProvisionAlias.objects.filter(path=path, provision__in=self.current()).first()
        if alias is not None:
            return alias.provision, False
        if here is not None:
            return here, True
        above, _slash, last = path.rpartition("/")
        found = self.at_address(above) if last and above else None
        return (found[0], False) if found else None

    def with_eid(self, eid):
        """Return the part of the text with this identifier, None if there never was one.

        Where none has it now: the part that had it before it was renumbered, else the one that
        has left the text with it.
        """
        known = self.filter(eid=eid).select_related("article").order_by("repealed", "-pk")
        here = known.first()
        if here is not None and not here.repealed:
            return here
        alias = ProvisionAlias.objects.filter(eid=eid, provision__in=self.current())
        former = alias.select_related("provision__article").first()
        return former.provision if former else here

    def for_choices(self):
        """Load what the names of many provisions need."""
        return self.select_related("regulation")

    def readable_by(self, request):
        """Keep what the visitor of ``request`` may read of the text in force."""
        return self.current().filter(
            regulation__in=RegulationPage.objects.readable_by(request),
            article__in=ArticlePage.objects.readable_by(request),
        )


class Provision(index.Indexed, models.Model):
    """The address of one điều, khoản or điểm of a published regulation.

    Rebuilt when pages publish; a row is never deleted, because duties, datasets and minutes
    cite it: what has left the text is marked repealed. ``block_id`` is the editor's block that the
    row stands for, so that a clause which gets another number stays the same row; its ``eid``
    follows the number, and a ``ProvisionAlias`` keeps the old one.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", _("article")
        CLAUSE = "clause", _("clause")
        POINT = "point", _("point")

    regulation = models.ForeignKey(
        "regulations.RegulationPage", on_delete=models.PROTECT, related_name="provisions"
    )
    article = models.ForeignKey(
        "regulations.ArticlePage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="provisions",
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    eid = models.CharField(_("identifier"), max_length=96)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    number = models.CharField(_("number"), max_length=16, blank=True)
    label = models.CharField(_("citation"), max_length=255)
    heading = models.TextField(_("heading"), blank=True)
    text = models.TextField(_("text"), blank=True)
    path = models.CharField(_("address in the regulation"), max_length=128)
    position = models.PositiveIntegerField(_("position"), default=0)
    block_id = models.CharField(max_length=64, blank=True, editable=False)
    repealed = models.BooleanField(_("repealed"), default=False)

    objects = ProvisionQuerySet.as_manager()

    search_fields = [
        index.SearchField("label", boost=3),
        index.AutocompleteField("label"),
        index.SearchField("heading", boost=2),
        index.SearchField("text"),
        index.FilterField("kind"),
        index.FilterField("repealed"),
        index.FilterField("regulation_id"),
    ]

    class Meta:
        ordering = ["regulation", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "eid"],
                condition=models.Q(repealed=False),
                name="one_current_provision_per_eid",
            )
        ]
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")

    def __str__(self):
        return f"{self.label} {self.regulation.short_title or self.regulation.title}"

    @property
    def url(self):
        """Return the address of the provision, below its regulation's."""
        return f"{self.regulation.url}{self.path}/"

    @property
    def citation(self):
        """Return the full citation, from small to large."""
        regulation = self.regulation
        name = regulation.short_title or regulation.title
        tail = citation_tail(name, regulation.document_number, self.eid.partition("__")[0])
        return f"{self.label} {tail}".strip()


class ProvisionAlias(models.Model):
    """An address that a provision had before it got another number; it leads on."""

    regulation = models.ForeignKey(
        "regulations.RegulationPage", on_delete=models.PROTECT, related_name="former_addresses"
    )
    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="former_addresses"
    )
    eid = models.CharField(_("identifier"), max_length=96)
    path = models.CharField(_("address in the regulation"), max_length=128, db_index=True)
    retired_at = models.DateTimeField(_("used until"), default=timezone.now)

    class Meta:
        ordering = ["-retired_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["provision", "eid"], name="one_alias_per_provision")
        ]
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return f"{self.eid} → {self.provision.eid}"
