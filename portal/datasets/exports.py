"""x"""

EXPORTS = {"csv": "text/csv"}


def open_export(version, columns, suffix): ...
