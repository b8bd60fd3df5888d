"""The project's own files, as the house tests read them."""

import ast
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
CODE_FOLDERS = ("portal", "search", "tests", "scripts", "benchmarks")


def own_apps():
    """Return the app configurations that belong to the project."""
    return [
        config
        for config in apps.get_app_configs()
        if config.name == "search" or config.name.startswith("portal.")
    ]


def python_files(*folders):
    """Return the Python files below ``folders`` (all code by default), migrations left out."""
    return [
        path
        for folder in folders or CODE_FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def migration_files():
    """Return the migrations of the project."""
    return sorted(
        path
        for folder in ("portal", "search")
        for path in (ROOT / folder).rglob("migrations/[0-9]*.py")
    )


def template_files():
    """Return the HTML templates of the project."""
    return [
        path
        for folder in ("portal", "search")
        for path in sorted((ROOT / folder).rglob("*.html"))
        if "templates" in path.parts
    ]


def relative(path):
    """Return ``path`` as people write it in a message."""
    return path.relative_to(ROOT).as_posix()


def module_name(path):
    """Return the dotted name under which ``path`` is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def syntax_tree(path):
    """Return the parsed source of ``path``."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_modules(path):
    """Return the dotted names that ``path`` imports, wherever in the file it does so."""
    names = set()
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names
