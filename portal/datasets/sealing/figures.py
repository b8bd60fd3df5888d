"""The hash of the values that a version gives to an indicator."""

from decimal import Decimal

from portal.datasets.manifests import seal


def digests_of(values):
    """Return ``{indicator pk: what digest_of says}`` of ``{pk: (binding, values)}``."""
    return {pk: digest_of(_rows(derived)) for pk, (_binding, derived) in values.items()}


def figures_told(settled, prepared):
    """Return for each ``(indicator, values)`` how many values there are, and their hash.

    Many values are hashed beforehand, in ``prepared``: the others wait while this runs.
    """
    return [
        {"indicator": indicator.pk, "code": indicator.code, **_digest(indicator, derived, prepared)}
        for indicator, derived in settled
    ]


def _digest(indicator, derived, prepared):
    _binding, known = prepared.values.get(indicator.pk, (None, None))
    return prepared.digests[indicator.pk] if derived is known else digest_of(_rows(derived))


def _rows(derived):
    return [(each.period.code, each.area, each.value) for each in derived]


def digest_of(rows):
    """Return count and hash of ``(period, area, value)``, whatever their order."""
    told = sorted([period, area, f"{Decimal(value):.10f}"] for period, area, value in rows)
    return {"count": len(told), "sha256": seal(told)}
