"""How an edition stands on a day: coming, in force, replaced, or withdrawn before its day."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.formats import format_date
from portal.core.models.status import StatusEvent
from portal.regulations.models import Edition


class Standing(models.TextChoices):
    """The states of an edition as its readers see them."""

    COMING = "coming", pgettext_lazy("edition", "not yet in force")
    CURRENT = "current", pgettext_lazy("edition", "in force")
    REPLACED = "replaced", pgettext_lazy("edition", "replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("edition", "withdrawn")


TONES = {"coming": "info", "current": "good", "replaced": "warn", "withdrawn": "bad"}
SENTENCES = {
    Standing.COMING: _("Edition %(number)s is not yet in force; it will be from %(day)s."),
    Standing.CURRENT: _("Edition %(number)s is in force since %(day)s."),
    Standing.REPLACED: _(
        "Edition %(number)s is no longer in force: edition %(next)s took its place on %(end)s."
    ),
    Standing.WITHDRAWN: _(
        "Edition %(number)s was withdrawn before its day and never came into force."
    ),
}


@dataclass(frozen=True)
class Stand:
    """An edition with its standing; ``successor`` is the edition that follows it, if any."""

    edition: Edition
    standing: Standing
    previous: Edition | None = None
    successor: Edition | None = None
    withdrawn_because: str = ""

    @property
    def is_current(self):
        """Tell whether readers of today go by it."""
        return self.standing == Standing.CURRENT

    @property
    def told_changes(self):
        """Return what the edition changed, as far as words are concerned."""
        return [change for change in self.edition.changes.all() if not change.is_left_behind]

    @property
    def tone(self):
        """Return the tone of its badge."""
        return TONES[self.standing]

    @property
    def until(self):
        """Return its last day in force, None where no later edition stands."""
        return self.successor.effective_on - timedelta(days=1) if self.successor else None

    @property
    def is_of_one_day(self):
        """Tell whether another edition took its place on the very day it would hold from."""
        return self.until is not None and self.until < self.edition.effective_on

    @property
    def sentence(self):
        """Return the notice above its text."""
        return SENTENCES[self.standing] % {
            "number": self.edition.number,
            "day": format_date(self.edition.effective_on),
            "next": self.successor.number if self.successor else "",
            "end": format_date(self.successor.effective_on) if self.successor else "",
        }


def stands_of(editions, today):
    """Return ``{number: Stand}`` of all editions of one regulation, as they stand on ``today``."""
    line = sorted(
        (each for each in editions if each.status != Edition.Status.WITHDRAWN),
        key=lambda each: (each.effective_on, each.number),
    )
    withdrawn = [each for each in editions if each.status == Edition.Status.WITHDRAWN]
    reasons = _reasons(withdrawn)
    stands = {
        each.number: Stand(each, Standing.WITHDRAWN, withdrawn_because=reasons.get(each.pk, ""))
        for each in withdrawn
    }
    for place, edition in enumerate(line):
        successor = line[place + 1] if place + 1 < len(line) else None
        if edition.effective_on > today:
            standing = Standing.COMING
        elif successor is None or successor.effective_on > today:
            standing = Standing.CURRENT
        else:
            standing = Standing.REPLACED
        previous = line[place - 1] if place else None
        stands[edition.number] = Stand(edition, standing, previous, successor)
    return stands


def _reasons(withdrawn):
    """Return ``{pk: reason}`` of editions that were withdrawn."""
    if not withdrawn:
        return {}
    steps = StatusEvent.objects.about_all(Edition, [each.pk for each in withdrawn])
    return dict(steps.filter(to_status=Edition.Status.WITHDRAWN).values_list("object_id", "note"))
