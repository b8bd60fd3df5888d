"""The documents keep up with the code."""

import re

from django.test import SimpleTestCase

from tests.source_tree import ROOT, own_apps, relative

TARGET = re.compile(r"^([a-z][a-z-]*):.*## ", re.M)
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.M | re.S)
SETTING = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")


def documents():
    """Return the project's documents: those at the top and all below ``docs``."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def broken_links(path):
    """Return the relative links of a document that lead to no file."""
    text = CODE.sub("", path.read_text(encoding="utf-8"))
    targets = [first or second for first, second in LINK.findall(text)]
    return [
        f"{relative(path)}: {target}"
        for target in targets
        if not re.match(r"[a-z]+:|#", target) and not (path.parent / target.split("#")[0]).exists()
    ]


def written_models():
    """Return the names of the models that people wrote, not those that Django derived."""
    return {
        model.__name__
        for config in own_apps()
        for model in config.get_models()
        if not hasattr(model, "instance_type")  # simple-history's shadow of a model
    }


class DocumentTests(SimpleTestCase):
    def test_every_model_is_in_the_glossary(self):
        text = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
        named = set(re.findall(r"`(\w+)`", text))

        self.assertEqual(sorted(written_models() - named), [])

    def test_every_make_target_is_explained(self):
        text = "".join((ROOT / name).read_text() for name in ("README.md", "CONTRIBUTING.md"))
        targets = TARGET.findall((ROOT / "Makefile").read_text())
        missing = [name for name in targets if not re.search(rf"`make {name}\b(?!-)", text)]

        self.assertIn("run", targets)
        self.assertEqual(missing, [])

    def test_every_setting_of_the_environment_is_explained(self):
        source = (ROOT / "portal" / "settings" / "environment.py").read_text()
        text = (ROOT / "docs" / "operations.md").read_text()
        names = SETTING.findall(source)

        self.assertIn("DATABASE_URL", names)
        self.assertEqual([name for name in names if f"`{name}`" not in text], [])

    def test_every_relative_link_leads_somewhere(self):
        found = [line for path in documents() for line in broken_links(path)]

        self.assertEqual(found, [])

    def test_every_decision_has_its_place_in_the_list(self):
        folder = ROOT / "docs" / "decisions"
        index = (folder / "README.md").read_text()
        missing = [path.name for path in folder.glob("[0-9]*.md") if path.name not in index]

        self.assertEqual(missing, [])
