from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Break:
    """The first place where what is stored is not what was received, decided or published."""

    dataset: object
    number: int | None
    reason: str
    receipt: str = ""

    def __str__(self):
        told = {"dataset": self.dataset.code, "number": self.number, "reason": self.reason}
        if self.number is not None:
            return _("%(dataset)s, version %(number)s: %(reason)s") % told
        if self.receipt:
            return _("%(dataset)s, receipt %(receipt)s: %(reason)s") % {
                **told,
                "receipt": self.receipt,
            }
        return f"{self.dataset.code}: {self.reason}"
