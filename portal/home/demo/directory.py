"""The demo's directory beyond what the regulation names: levels, some communes, contacts."""

from portal.core.text import fold_words, slugify_vi
from portal.home.demo.catalogue import AREAS
from portal.units.models import FocalPoint, UnitIndexPage, UnitPage

PROVINCE = "Ủy ban nhân dân tỉnh"
COMMUNES_AS_ONE = "Ủy ban nhân dân các xã, phường"


def fill_directory(user):
    """Give units their level and place in the tree, and let some communes stand as members."""
    _place_units(user)
    _add_communes(user)


def _place_units(user):
    above = UnitPage.objects.get(title=PROVINCE)
    for unit in UnitPage.objects.exclude(is_group=True):
        unit.level = UnitPage.Level.PROVINCE
        if unit.pk != above.pk and unit.kind != UnitPage.Kind.ENTERPRISE:
            unit.parent_unit = above
        unit.save_revision(user=user).publish(user=user)


def _add_communes(user):
    index = UnitIndexPage.objects.get()
    above = UnitPage.objects.get(title=PROVINCE)
    as_one = UnitPage.objects.get(title=COMMUNES_AS_ONE)
    for area in AREAS:
        place = f"{area[0].lower()}{area[1:]}"
        slug = slugify_vi(f"ubnd {place}")
        unit = UnitPage(
            title=f"Ủy ban nhân dân {place}",
            code="".join(word[0] for word in fold_words(area).split()).upper(),
            slug=slug,
            short_names=f"UBND {place}",
            kind=UnitPage.Kind.COMMUNE,
            level=UnitPage.Level.COMMUNE,
            parent_unit=above,
            email=f"{slug}@anthinh.example",
            owner=user,
        )
        unit.groups = [as_one]
        unit.focal_points = [
            FocalPoint(
                position="Công chức Văn hóa - Xã hội",
                phone="0200 000 0000 (minh họa)",
                email=f"dulieu.{slug}@anthinh.example",
            )
        ]
        index.add_child(instance=unit)
        unit.save_revision(user=user).publish(user=user)
        index.refresh_from_db()
