"""What a sentence obliges to: the verbs and nouns of each kind of duty.

The words are those by which Vietnamese regulations oblige. A verb counts where it is the
sentence's own: not behind “để …” (a purpose), not behind “tình hình …” or “việc …” (a thing
spoken of), and not behind “đôn đốc các đơn vị …” (what others are urged to do). Units are blanked
to “•” before, so that no name is taken for a verb.
"""

import re
from dataclasses import dataclass

from portal.units.proposing.duty_words import (
    BUDGET_BY_FINANCE,
    OF_PRINCIPLES,
    OF_STAFF,
    OTHER,
    PROBLEM,
    RULES,
)

PRINCIPLES, STAFF_ARTICLE, PLAIN = "principles", "staff", "plain"

_PURPOSE = re.compile(
    r"\s(?:để|nhằm|góp\s+phần)\s.*|\s(?:đảm|bảo)\s+(?:bảo|đảm)\s+cung\s+cấp\s.*", re.DOTALL
)
_SERVICE = re.compile(
    r"\sphục\s+vụ\s+(?:cho\s+)?(?:công\s+tác|việc|sự|hoạt\s+động|vận\s+hành|lãnh\s+đạo|chỉ\s+đạo|tốt)"
    r".*?(?=[,;]\s*(?:đảm\s+bảo|bảo\s+đảm|báo\s+cáo|tổng\s+hợp|thông\s+báo|gửi|chịu|định\s+kỳ)\b|$)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Act:
    """A kind of duty and the place of the words that say it."""

    kind: str
    start: int
    end: int


def acts_in(text, *, article=PLAIN, by_finance=False):
    """Return the acts of a sentence whose units are blanked, each kind once, in its order."""
    text = text.lower()
    main = _main_part(text)
    if article == PRINCIPLES:
        return _firsts("other", OF_PRINCIPLES, text)
    acts = []
    for kind, pattern, unless in RULES:
        acts.extend(_own(kind, pattern, unless, main))
    if article == STAFF_ARTICLE:
        acts.extend(_firsts("other", OF_STAFF, main))
    acts.extend(_firsts("other", OTHER, main))
    if by_finance:
        acts.extend(_firsts("appraise_budget", BUDGET_BY_FINANCE, main))
    return _settled(acts, main)


def _main_part(text):
    """Return ``text`` with the purposes that follow its verb blanked."""
    head, tail = text[:8], text[8:]
    for pattern in (_SERVICE, _PURPOSE):
        tail = pattern.sub(lambda match: " " * len(match[0]), tail)
    return head + tail


def _own(kind, pattern, unless, text):
    """Return the first act of a kind that the sentence itself does, in a list of one or none."""
    for match in pattern.finditer(text):
        before = text[: match.start()]
        if not any(check.search(before) for check in unless):
            return [Act(kind, *match.span())]
    return []


def _firsts(kind, pattern, text):
    match = pattern.search(text)
    return [Act(kind, *match.span())] if match else []


def _settled(acts, text):
    """Return each kind once; of two kinds that read the same words, the one they mean."""
    kinds = {}
    for act in acts:
        kinds.setdefault(act.kind, act)
    if "appraise_budget" in kinds:
        kinds.pop("plan_budget", None)
    if "plan_budget" in kinds or "appraise_budget" in kinds:
        _drop_inside(kinds, "propose", kinds.get("plan_budget"))
    if PROBLEM.search(text):
        kinds.pop("report", None)
    if "name_focal_point" in kinds:
        kinds.pop("supply_data", None)
    return sorted(kinds.values(), key=lambda act: act.start)


def _drop_inside(kinds, kind, around):
    act = kinds.get(kind)
    if act and around and around.start <= act.start and act.end <= around.end:
        del kinds[kind]
