"""Telling a full disk from other faults: whoever waits can be told what to do about it."""

import errno

_CODES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: What engines that hide the operating system's number say instead.
_WORDS = ("no space left", "disk full", "disk quota", "file too large")


def is_disk_full(fault):
    """Return whether the exception ``fault`` says that nothing more could be written."""
    if isinstance(fault, OSError) and fault.errno in _CODES:
        return True
    said = str(fault).casefold()
    return any(words in said for words in _WORDS)
