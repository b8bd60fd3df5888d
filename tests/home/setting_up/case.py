"""What the tests of the set-up share."""

from django.test import TestCase

from portal.core.roles import Role
from portal.home.setting_up.actions import apply_setup, start_setup
from portal.home.setting_up.regulation_file import stand_regulation
from portal.home.setup import ensure_site
from tests.factories import make_user
from tests.home.setting_up.texts import WITH_MEETINGS


class SetupCase(TestCase):
    """A portal with an administrator, in which the regulation of ``text`` is published.

    Set up once for the whole class where ``is_set_up``.
    """

    text = WITH_MEETINGS
    is_set_up = False

    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.administrator = make_user(Role.ADMINISTRATOR)
        case = cls()
        cls.regulation = case.bring_in(cls.text)
        if cls.is_set_up:
            cls.run_of_class = case.apply(case.start(cls.regulation))

    def bring_in(self, text):
        """Return the published regulation of ``text``."""
        regulation, _is_new = stand_regulation(
            text.encode(), "quy-che.txt", user=self.administrator
        )
        return regulation

    def start(self, regulation=None):
        """Return a fresh run, of the class's regulation when none is named."""
        return start_setup(regulation or self.regulation, user=self.administrator)

    def set_up(self):
        """Return a run of the class's regulation that was applied as it came."""
        return self.apply(self.start(self.regulation))

    def apply(self, run):
        """Return the run, applied."""
        return apply_setup(run, user=self.administrator)

    def proposed(self, run):
        """Return ``{(kind, change): number}`` of a run's proposals."""
        counts = {}
        for proposal in run.proposals.all():
            pair = (proposal.kind, proposal.change)
            counts[pair] = counts.get(pair, 0) + 1
        return counts
