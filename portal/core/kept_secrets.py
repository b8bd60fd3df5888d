"""Texts that the portal has to use but shows nobody: kept encrypted, told never.

The key is made from ``SECRET_KEY``, which stands in the environment and not in the database. So
who gets hold of the database, of a backup or of an export has no secret in hand. With
``SECRET_KEY_FALLBACKS`` a changed key still opens what the one before closed.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecretLost(Exception):
    """The key with which the secret was kept is gone; somebody has to enter it anew."""


def hide(text):
    """Return ``text`` as it may be stored."""
    return _box().encrypt(text.encode()).decode()


def reveal(kept):
    """Return the text that ``hide`` kept; raise ``SecretLost`` when no known key opens it."""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken as fault:
        raise SecretLost from fault


def _box():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key):
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"portal.core.kept_secrets")
    return urlsafe_b64encode(made.derive(key.encode()))
