"""Create a dataset from a Table Schema, or bring one up to date; safe to repeat."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.datasets.actions.definitions import SAID_BY_SCHEMA, define_dataset
from portal.datasets.definitions.history import latest_definition
from portal.datasets.management.table_command import TableCommand
from portal.units.models import UnitPage


class Command(TableCommand):
    help = _(
        "Let the dataset SLUG of a unit have the columns of a Table Schema, and publish its "
        "definition. Prints as JSON what changed and what that means for published rows; nothing "
        "is written when nothing changed. Exit code 3 and one sentence when the schema or the "
        "unit cannot be used, or when published values would be lost, or masked and hidden columns "
        "opened, without --confirm."
    )

    def add_arguments(self, parser):
        parser.add_argument("slug", help=_("the code of the dataset"))
        parser.add_argument("--schema", type=Path, required=True, help=_("a Table Schema (JSON)"))
        parser.add_argument("--unit", required=True, help=_("the code of the unit that owes it"))
        parser.add_argument("--title", default="", help=_("the dataset's name"))
        parser.add_argument(
            "--confirm",
            action="store_true",
            help=_("take it even where published values are lost or columns are opened"),
        )

    def handle(self, slug, **options):
        path = options["schema"]
        descriptor = self.descriptor_in(path)
        schema, members = self.schema_of(descriptor, path)
        unit = self.unit_of(options["unit"])
        title = options["title"] or str(members.get("title") or descriptor.get("title") or "")
        own = members.get("portal")
        stated = [name for name in SAID_BY_SCHEMA if isinstance(own, dict) and name in own]
        try:
            defined = define_dataset(
                slug,
                schema,
                unit=unit,
                title=title,
                stated=stated,
                confirmed=options["confirm"],
            )
        except ValidationError as refusal:
            self.give_up(" ".join(refusal.messages))
        page = defined.page
        self.print_json(
            {
                "dataset": page.code,
                "title": page.title,
                "unit": unit.code,
                "columns": list(page.columns.values_list("name", flat=True)),
                "definition": latest_definition(page).number,
                "changed": bool(defined.changes),
                "changes": [str(each) for each in defined.changes],
                "effects": [
                    {**each.as_dict(), "sentence": each.sentence} for each in defined.effects
                ],
                "not_checked": list(schema.unchecked),
            }
        )

    def unit_of(self, code):
        """Return the unit with that code, or leave with a sentence."""
        unit = UnitPage.objects.filter(code__iexact=code).order_by("-live").first()
        if unit is None:
            self.give_up(gettext("There is no unit with the code “%(code)s”.") % {"code": code})
        return unit
