"""After a new edition: the way to what the text proposes otherwise now."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.home.setting_up.actions import may_set_up
from portal.regulations.next_steps import NextStep, register_next_step


def _propose_difference(regulation, user):
    if not may_set_up(user):
        return None
    return NextStep(
        words=_(
            "Units and duties still stand as the former text had them. The portal reads the new "
            "one and proposes only what is different; nothing changes before you confirm it."
        ),
        label=_("Propose what is different"),
        url=reverse("setup:start", args=[regulation.pk]),
    )


def register():
    """Show the way behind the enactment of a whole text."""
    register_next_step(_propose_difference)
