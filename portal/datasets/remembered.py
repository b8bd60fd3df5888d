"""What a unit said before about reading a dataset's files: it answers the same doubt again."""

from portal.datasets.models import RememberedReading


def memory_of(version):
    """Return what the unit of ``version`` said last for the dataset, or None."""
    return (
        RememberedReading.objects.filter(dataset=version.dataset_id, unit=version.unit_id)
        .select_related("version")
        .first()
    )


def answer_in(chosen, field, column=""):
    """Return what ``chosen`` says about a field, or about the numbers of a column; else None."""
    if field == "number_styles":
        return (chosen.get("number_styles") or {}).get(column)
    return chosen.get(field)


def recalled(memory, candidates, chosen):
    """Return ``chosen`` with the answers of last time, or None where they do not settle all.

    An answer counts only when it is one of the ways in which this file can be read: a file that
    plainly differs is asked about.
    """
    offered = {}
    for each in candidates:
        place = (each["field"], each.get("column") or "")
        offered.setdefault(place, []).append(each["value"])
    if memory is None or not offered:
        return None
    answers = {**chosen, "number_styles": dict(chosen.get("number_styles") or {})}
    for (field, column), values in offered.items():
        value = answer_in(memory.chosen, field, column)
        if value is None or value not in values or answer_in(chosen, field, column) is not None:
            return None
        if field == "number_styles":
            answers["number_styles"][column] = value
        else:
            answers[field] = value
    return answers


def remember(version):
    """Keep what was said about the reading of a file that passed, for the next file."""
    chosen = version.reading.get("chosen") or {}
    is_answer_of_person = not (version.is_trial or version.token_id or version.source_id)
    if not any(chosen.values()) or not is_answer_of_person or version.reading.get("recalled"):
        return
    RememberedReading.objects.update_or_create(
        dataset_id=version.dataset_id,
        unit_id=version.unit_id,
        defaults={"chosen": chosen, "version": version},
    )
