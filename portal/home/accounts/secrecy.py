"""Secrets of second factors as they stand in the database: encrypted by ``SECRET_KEY``."""

import base64
import hashlib
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

logger = logging.getLogger(__name__)


def encrypt(text):
    """Return ``text`` as it is stored."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(stored):
    """Return the text that was stored; where no present key opens it, one that nobody knows.

    An empty one would do harm: everybody can compute its codes.
    """
    try:
        return _keys().decrypt(stored.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was encrypted with another SECRET_KEY; it fits no code")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _keys():
    return MultiFernet(
        [_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret):
    digest = hashlib.sha256(f"portal second factor {secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
