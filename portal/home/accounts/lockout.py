"""Accounts that are locked after wrong passwords: for how long still, and letting them in again.

The counting is allauth's, in the cache: a wrong password counts for the account, whatever name
was typed, and for the network address.
"""

import time

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.utils.translation import ngettext

from portal.home.accounts.people import account_named

RULE = {"app": "allauth.account", "action": "login_failed"}


def key_for(text):
    """Return under which key attempts are counted for somebody who typed ``text``."""
    user = account_named(text)
    return key_of(user) if user else f"name:{text.lower()}"


def key_of(user):
    """Return under which key wrong passwords of an account are counted."""
    return f"account:{user.pk}"


def seconds_to_wait(request, key, *, per=("key", "ip")):
    """Return how long no further attempt is taken, 0 where the next one is."""
    waits = [0]
    for rate in ratelimit.parse_rates(app_settings.RATE_LIMITS["login_failed"]):
        if rate.per in per:
            history = cache.get(ratelimit.get_cache_key(request, rate=rate, key=key, **RULE), [])
            if len(history) >= rate.amount:
                waits.append(history[-1] + rate.duration - time.time())
    return max(waits)


def wait_in_words(seconds):
    """Return the sentence for somebody who has to wait."""
    minutes = max(1, -(-int(seconds) // 60))
    return ngettext(
        "Too many failed attempts. Please wait %(minutes)d minute and try again, "
        "or ask an administrator to unlock the account.",
        "Too many failed attempts. Please wait %(minutes)d minutes and try again, "
        "or ask an administrator to unlock the account.",
        minutes,
    ) % {"minutes": minutes}


def minutes_locked(request, user):
    """Return for how many minutes wrong passwords keep ``user`` out, 0 when they do not."""
    return -(-int(seconds_to_wait(request, key_of(user), per=("key",))) // 60)


def unlock(request, user):
    """Forget the wrong passwords and codes of ``user``."""
    for key in (key_of(user), f"mfa-auth-user-{user.pk}"):
        ratelimit.clear(request, key=key, **RULE)
