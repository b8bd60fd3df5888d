"""Each real regulation becomes a portal with no hand work, in which its duties are found."""

from django.test import TestCase
from wagtail.models import Page

from portal.home.models import SetupProposal
from portal.home.setting_up.actions import apply_setup, start_setup
from portal.home.setting_up.regulation_file import stand_regulation
from portal.home.setup import ensure_site
from portal.meetings.models import AssessmentIndexPage, MeetingIndexPage
from portal.regulations.contract import structure_of
from portal.units.models import Obligation, UnitPage, UnitResponsibility
from portal.units.proposing import propose_setup
from tests.units.proposing.figures import (
    expectations,
    figures_of,
    matches,
    proposals_of,
    text_of,
)

#: The real texts, and three of ours that are written otherwise.
NAMES = sorted(
    name
    for name, table in expectations().items()
    if table["origin"] == "real" or name in ("commune", "island-zone", "ward")
)


class EveryTextTests(TestCase):
    """One text after the other in an empty portal; nothing of one is left for the next."""

    maxDiff = None

    def set_up(self, name):
        ensure_site()
        data = text_of(expectations()[name]).encode()
        regulation, _is_new = stand_regulation(data, f"{name}.txt")
        return regulation, apply_setup(start_setup(regulation, user=None), user=None)

    def check(self, name):
        regulation, run = self.set_up(name)
        self.published_text_proposes_what_the_file_does(name, regulation)
        self.units_with_their_own_article_stand(name)
        self.duties_are_found(name)
        self.rooms_are_those_of_the_text(name)
        self.portal_opens()
        self.assertFalse(
            start_setup(regulation, user=None).proposals.exists(), "nothing is proposed twice"
        )
        return run

    def published_text_proposes_what_the_file_does(self, name, regulation):
        self.assertEqual(propose_setup(structure_of(regulation)), proposals_of(name)[1])

    def units_with_their_own_article_stand(self, name):
        proposals = proposals_of(name)[1]
        answering = {each["unit"] for each in proposals["responsibilities"]}
        wanted = {unit["name"] for unit in proposals["units"] if unit["key"] in answering}
        standing = set(
            UnitPage.objects.live()
            .filter(responsibilities__isnull=False)
            .values_list("title", flat=True)
        )
        self.assertEqual(wanted - standing, set())
        self.assertEqual(UnitResponsibility.objects.filter(provision=None).count(), 0)

    def duties_are_found(self, name):
        """Every row of the expected table that the reading finds stands as a duty."""
        standing = [
            {"kind": kind, "cadence": cadence, "sources": [{"eid": eid}]}
            for kind, cadence, eid in Obligation.objects.in_force().values_list(
                "kind", "cadence", "provision__eid"
            )
        ]
        expected = expectations()[name]["obligations"]
        found = [row for row in expected if any(matches(row, duty) for duty in standing)]
        self.assertEqual(len(found), figures_of(name).found.total())
        self.assertFalse(Obligation.objects.filter(words="").exists())

    def rooms_are_those_of_the_text(self, name):
        kinds = {each["kind"] for each in proposals_of(name)[1]["obligations"]}
        self.assertEqual(MeetingIndexPage.objects.get().live, "meet" in kinds)
        self.assertEqual(AssessmentIndexPage.objects.get().live, "review_year" in kinds)

    def portal_opens(self):
        rooms = Page.objects.filter(depth__in=(2, 3)).live()
        for page in [*rooms, *UnitPage.objects.live()[:3]]:
            self.assertEqual(self.client.get(page.url).status_code, 200, page.url)


def _test_of(name):
    def test(self):
        if text_of(expectations()[name]) is None:
            self.skipTest("the official texts are not at hand")
        run = self.check(name)
        self.assertTrue(run.proposals.of_kind(SetupProposal.Kind.UNIT).accepted().exists())

    test.__doc__ = f"{name} becomes a portal"
    return test


for _name in NAMES:
    setattr(EveryTextTests, f"test_{_name.replace('-', '_')}", _test_of(_name))
