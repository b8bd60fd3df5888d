"""What readers ask of rows: “column:value”, in columns that they may see."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def filters_asked(texts, columns):
    """Return the filters that ``texts`` write, for ``columns`` only."""
    names = {column.name for column in columns}
    filters = []
    for text in texts:
        name, separator, value = text.partition(":")
        if name not in names or not separator:
            raise ValidationError(_("There is no column “%(name)s”.") % {"name": name[:80]})
        filters.append((name, "=", value))
    return filters
