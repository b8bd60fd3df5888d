"""How anyone checks the manifests of a dataset: the lines of Python, and how they are called."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.urls import reverse


@dataclass(frozen=True)
class SealCheck:
    """The address of the manifests, and the program that checks them."""

    address: str
    command: str
    code: str


def checking_of(request, dataset):
    """Return the ``SealCheck`` of a dataset."""
    address = request.build_absolute_uri(reverse("manifests", args=[dataset.code]))
    return SealCheck(address, f"python kiem-tra.py {address}", checking_code())


@lru_cache(maxsize=1)
def checking_code():
    """Return the lines of Python that check the manifests of a dataset."""
    return (Path(__file__).parent / "check_published.py").read_text(encoding="utf-8")
