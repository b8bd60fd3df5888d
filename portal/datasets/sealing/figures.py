"""The hash of the values that a version gives to an indicator."""

from decimal import Decimal

from portal.datasets.manifests import seal


def figures_told(settled):
    """Return for each ``(indicator, values)`` how many values there are, and their hash."""
    return [
        {"indicator": indicator.pk, "code": indicator.code, **digest_of(_rows(derived))}
        for indicator, derived in settled
    ]


def _rows(derived):
    return [(each.period.code, each.area, each.value) for each in derived]


def digest_of(rows):
    """Return count and hash of ``(period, area, value)``, whatever their order."""
    told = sorted([period, area, f"{Decimal(value):.10f}"] for period, area, value in rows)
    return {"count": len(told), "sha256": seal(told)}
