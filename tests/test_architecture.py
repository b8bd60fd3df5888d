"""The shape of the house: which room may know which, and how big a file gets."""

from django.test import SimpleTestCase

from tests.source_tree import imported_modules, module_name, python_files, relative

#: From the ground up. A room may import itself and what stands before it.
FLOORS = ["core", "regulations", "units", "datasets", "meetings", "home"]
#: Modules that tie the rooms together and therefore see all of them.
ROOF = {"portal.api", "portal.urls", "portal.wsgi"}
DRAWERS = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "misc.py"}
LINE_BUDGET = 300
EXCUSE = "Longer than 300 lines because"


def floor_of(module):
    """Return the room of a module below ``portal``; None for what is no room."""
    parts = module.split(".")
    return parts[1] if parts[0] == "portal" and len(parts) > 1 and parts[1] in FLOORS else None


def forbidden_imports(path):
    """Return the imports of ``path`` that point upwards, as sentences."""
    module = module_name(path)
    own = floor_of(module)
    return sorted(
        f"{relative(path)} imports {name}"
        for name in imported_modules(path)
        if is_forbidden(module, own, name)
    )


def is_forbidden(module, own, name):
    """Tell whether ``module`` of the room ``own`` must not know ``name``."""
    target = floor_of(name)
    if name.split(".")[0] == "tests":
        return True
    if module.split(".")[0] == "search":
        return target not in (None, "core") or name in ROOF
    if own is None:
        return False
    if name in ROOF or name.split(".")[0] == "search":
        return True
    return target is not None and FLOORS.index(target) > FLOORS.index(own)


class ImportArrowTests(SimpleTestCase):
    def test_imports_point_down(self):
        found = [
            line for path in python_files("portal", "search") for line in forbidden_imports(path)
        ]

        self.assertEqual(found, [])

    def test_the_rule_knows_up_from_down(self):
        cases = [
            ("portal.units.models", "portal.regulations.models", False),
            ("portal.regulations.models", "portal.units.models", True),
            ("portal.core.text", "portal.home.models", True),
            ("portal.home.models", "portal.meetings.models", False),
            ("search.backend", "portal.core.text", False),
            ("search.backend", "portal.datasets.models", True),
            ("portal.datasets.apps", "search.sources", True),
            ("portal.api", "portal.meetings.api", False),
            ("portal.units.api", "portal.api", True),
            ("portal.api", "tests.factories", True),
        ]
        for module, name, forbidden in cases:
            with self.subTest(module=module, name=name):
                self.assertIs(is_forbidden(module, floor_of(module), name), forbidden)


class FileTests(SimpleTestCase):
    def test_no_file_is_a_drawer_without_a_name(self):
        found = [relative(path) for path in python_files() if path.name in DRAWERS]

        self.assertEqual(found, [])

    def test_a_long_file_says_why(self):
        found = []
        for path in python_files():
            text = path.read_text(encoding="utf-8")
            head = " ".join(text.split("\n", 30)[:30])
            if text.count("\n") > LINE_BUDGET and EXCUSE not in " ".join(head.split()):
                found.append(f"{relative(path)}: {text.count(chr(10))} lines")

        self.assertEqual(found, [])
