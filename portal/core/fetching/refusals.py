"""What can go wrong with a fetch, in sentences that tell nothing of what the server said."""

from django.utils.translation import gettext as _


class FetchRefused(Exception):
    """Nothing was fetched. ``code`` names the case, ``str()`` is a sentence for people."""

    def __init__(self, code, sentence, status=None):
        self.code, self.status = code, status
        super().__init__(sentence)


def by_status(status):
    """Return the refusal for an answer that brings no file."""
    if status in (401, 403):
        sentence = _("The server refuses access (%(status)s). Look at the header with the key.")
    elif status in (404, 410):
        sentence = _("There is nothing at this address (%(status)s).")
    elif status == 429:
        sentence = _("The server was asked too often (%(status)s).")
    elif status >= 500:
        sentence = _("The server has a fault of its own (%(status)s).")
    else:
        sentence = _("The server gave no file (%(status)s).")
    return FetchRefused("status", sentence % {"status": status}, status)


def too_large(most):
    """Return the refusal of what is longer than ``most`` bytes."""
    return FetchRefused(
        "too_large",
        _("What the server sends is larger than %(size)s MB.") % {"size": most // 1024 // 1024},
    )


def too_slow(seconds):
    """Return the refusal of what is not there in time."""
    return FetchRefused(
        "too_slow", _("The server did not answer within %(count)s seconds.") % {"count": seconds}
    )
