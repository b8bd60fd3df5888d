"""One sentence with all that is known about it, read into obligations."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from portal.units.proposing.articles import Article
from portal.units.proposing.cadences import ORDER, Cadence, cadences_in, is_on_receipt
from portal.units.proposing.directory import LIKELY, UNSURE
from portal.units.proposing.due_rules import due_for, dues_in, with_year_s_day
from portal.units.proposing.duty_words import PROBLEM
from portal.units.proposing.kinds import PRINCIPLES, STAFF_ARTICLE, Act, acts_in
from portal.units.proposing.mentions import Mention
from portal.units.proposing.subjects import counterparts_of
from portal.units.proposing.unit_patterns import (
    STAFF,
)
from portal.units.proposing.units import Source

#: Kinds whose cadence may stand anywhere in their sentence; others have it before the verb.
TIMED = frozenset(
    {
        "report",
        "meet",
        "review_year",
        "plan_budget",
        "appraise_budget",
        "supply_data",
        "train",
        "survey",
    }
)
#: How often a sentence of one act ends, whatever its kind: “… định kỳ 3 tháng/lần.”
_AT_THE_END = re.compile(
    r"^[^,;:]{0,12}?(?:\s*(?:ít|tối)\s+(?:nhất|thiểu))?\s*(?:\(?\s*(?:0?1|một)?\s*/?\s*lần)?\s*\)?[.;]?\s*$",
    re.IGNORECASE,
)
_PERIODS = frozenset({"periodic", "monthly", "quarterly", "semiannual", "annual"})
_BY_RECEIPT = frozenset({"handle_information", "report"})
#: Kinds that one unit convenes; a sentence that names nobody goes on about the same.
_CONVENED = frozenset({"meet", "review_year"})
_FINANCE = re.compile(r"\b(?:tai chinh|ke hoach dau tu)\b")
_BY_DEFAULT = re.compile(r"mặc\s+định", re.IGNORECASE)
_SPECIAL_REQUEST = re.compile(r"theo\s+yêu\s+cầu(?:\s+đặc\s+thù)?", re.IGNORECASE)
#: “Trong việc cung cấp dữ liệu:” opens points and obliges to nothing itself.
_TOPIC = re.compile(
    r"^(?:trong|về|đối\s+với|thực\s+hiện\s+các)\b.*:\s*$", re.IGNORECASE | re.DOTALL
)
#: “Dữ liệu mở là …” tells what a word means.
_DEFINITION = re.compile(
    r"^(?!là\b)(?!.*\b(?:có\s+trách\s+nhiệm|phải)\b)[^,;.:]{3,90}?\s*:?\s+là\s",
    re.IGNORECASE | re.DOTALL,
)
_EXCHANGE = re.compile(r"\btrao\s+đổi\s+(?:các\s+)?thông\s+tin\b", re.IGNORECASE)
_ALLOWANCE = re.compile(r"\bphụ\s+cấp\b|\bchi\s+hỗ\s+trợ\b|đồng/người", re.IGNORECASE)


#: So near before its verb a cadence is the verb's own: “…, hằng tháng kiểm tra …”.
CLOSE = 12
#: Articles whose sentences may leave out who owes: the portal's life, not its subject matter.
_DUTIFUL_TITLE = re.compile(
    r"báo cáo|chế độ|trách nhiệm|thi hành|thực hiện|kinh phí|ngân sách|họp|giao ban|nhiệm vụ|"
    r"phụ cấp|sơ kết|tổng kết|cập nhật|cung cấp|xử lý|phối hợp|hiệu lực",
    re.IGNORECASE,
)


def _leads_to(between):
    """Return whether nothing but a word stands between a cadence and its verb."""
    return 0 < len(between) < CLOSE and "," not in between


def _tells_duties(title):
    return not title or bool(_DUTIFUL_TITLE.search(title))


@dataclass
class Obligation:
    """A duty of ``units`` (keys of the directory) towards ``counterparts``."""

    kind: str
    units: tuple[str, ...]
    cadence: str
    confidence: str
    counterparts: list[str] = field(default_factory=list)
    due: dict | None = None
    sources: list[Source] = field(default_factory=list)


@dataclass(frozen=True)
class Subject:
    """Who owes what a sentence says, how sure that is, and where the sentence names them."""

    keys: tuple[str, ...] = ()
    confidence: str = UNSURE
    end: int = 0


@dataclass(frozen=True)
class Reading:
    """A piece in its usual spelling.

    ``convenor`` is who last convened something here, ``everybody`` all whom the text binds.
    """

    source: Source
    article: Article
    words: str
    mentions: list[Mention]
    subject: Subject
    convenor: Subject
    everybody: Subject
    lead_cadences: list[Cadence]

    def obligations(self, directory):
        """Return the obligations that the piece lays on its subject, one for each cadence."""
        if _TOPIC.match(self.words) or (not self.subject.end and _DEFINITION.match(self.words)):
            return []
        by_finance = any(_FINANCE.search(key) for key in self.subject.keys)
        of_staff = self.subject.keys == (STAFF,)
        sort = STAFF_ARTICLE if of_staff else self.article.sort
        acts = acts_in(self._masked(), article=sort, by_finance=by_finance)
        found = []
        for act, next_act in zip_longest(acts, acts[1:]):
            counterparts = self._counterparts(act, next_act, directory)
            cadences = self._cadences(act, acts[0], next_act)
            found.extend(self._of_act(act, cadences, counterparts))
        return [obligation for obligation in found if self._obliges(obligation)]

    def _obliges(self, obligation):
        """Return whether somebody owes it, or its own words make it a duty of the centre's life."""
        return bool(
            obligation.units
            or (obligation.cadence != "standing" and _tells_duties(self.article.title))
            or obligation.kind in _CONVENED
            or _ALLOWANCE.search(self.words)
            or self.article.sort == PRINCIPLES
            or (_EXCHANGE.search(self.words) and _tells_duties(self.article.title))
        )

    def _of_act(self, act, cadences, counterparts):
        dues = dues_in(self.words) if act.kind in TIMED or act.kind == "propose" else []
        cadences = with_year_s_day(cadences, dues)
        names = sorted({each.name for each in cadences}, key=ORDER.index)
        subject = self._subject(act)
        for name in names or self._unsaid(act):
            due = due_for(name, cadences, dues) if dues and cadences else None
            yield Obligation(
                kind=act.kind,
                units=subject.keys,
                cadence=name,
                confidence=self._confidence(act, subject),
                counterparts=[key for key in counterparts if key not in subject.keys],
                due=due.as_rule(name) if due else None,
                sources=[self.source],
            )

    def _masked(self):
        """Return the piece with its units blanked, of the same length."""
        masked = self.words
        for mention in self.mentions:
            blank = "•" * (mention.end - mention.start)
            masked = masked[: mention.start] + blank + masked[mention.end :]
        return masked

    def _subject(self, act: Act):
        if not self.subject.keys and act.kind in _CONVENED:
            return self.convenor
        if not self.subject.keys and act.kind == "propose" and PROBLEM.search(self.words.lower()):
            return self.everybody
        if not self.subject.keys and act.kind in TIMED and self.convenor.confidence == LIKELY:
            return Subject(self.convenor.keys, UNSURE)
        return self.subject

    def _cadences(self, act, first, next_act):
        """Return the cadences of an act: those that open the sentence, and its own.

        Where neither names one, a timed act takes whatever its sentence names.
        """
        found = cadences_in(self.words)
        end = next_act.start if next_act else len(self.words)
        opening = [each for each in found if each.start < first.start]
        if act.kind in TIMED:
            own = [each for each in found if act.start <= each.start < end]
            return [*opening, *own] or found or self.lead_cadences
        own = [each for each in found if _leads_to(self.words[each.end : act.start])]
        if not own and not next_act and act is first:
            own = [each for each in found if each.name in _PERIODS and self._ends_with(each)]
        return [*opening, *own] or self.lead_cadences

    def _ends_with(self, cadence):
        return bool(_AT_THE_END.match(self.words[cadence.end :]))

    def _unsaid(self, act):
        """Return the cadences of an act whose sentence names none."""
        if act.kind == "review_year":
            return ["annual"]
        if act.kind in _BY_RECEIPT and is_on_receipt(self.words[: act.end]):
            return ["on_request"]
        if act.kind == "share_data" and _SPECIAL_REQUEST.search(self.words):
            by_default = ["standing"] if _BY_DEFAULT.search(self.words) else []
            return [*by_default, "on_request"]
        return ["standing"]

    def _confidence(self, act, subject):
        if not subject.keys:
            return UNSURE
        if act.kind == "other" or self.article.sort == PRINCIPLES:
            return LIKELY
        return subject.confidence

    def _counterparts(self, act, next_act, directory):
        """Return to whom an act is directed: what its own words say, else its sentence."""
        mentions = self._directed_to(act, next_act) or self._directed_to(None, None)
        mentions = [mention for mention in mentions if mention.keys != (STAFF,)]
        for mention in mentions:
            directory.note(mention, Source(self.source.eid, mention.words), LIKELY)
        return directory.resolve(key for mention in mentions for key in mention.keys)

    def _directed_to(self, act, next_act):
        start = max(self.subject.end, act.start if act else 0)
        end = next_act.start if next_act else len(self.words)
        return counterparts_of(self.words, self.mentions, start, end)
