"""The face of the centre: who it is, its pages, and how it was set up from its regulation."""

from portal.home.accounts.models import Invitation
from portal.home.models.pages import CentreSettings, HomePage, TextPage
from portal.home.models.set_up import SetupProposal, SetupRun

__all__ = ["CentreSettings", "HomePage", "Invitation", "SetupProposal", "SetupRun", "TextPage"]
