"""What a list of provisions means at the place where it stands."""

from dataclasses import dataclass, replace

from portal.regulations.references.attachment import attach, merged
from portal.regulations.references.grammar import (
    ANNEX,
    ARTICLE,
    CLAUSE,
    ONLY,
    POINT,
)
from portal.regulations.references.resolution import LEVELS, clause_of, point_of
from portal.regulations.references.tokens import key_set

#: Before these a small “điều 5” is a provision, and “khoản này” a clause and no sum of money.
CUES = key_set("tại theo của định và hoặc với trong")


@dataclass(frozen=True)
class Found:
    """A reference in one sentence, before it is known whose sentence it is."""

    start: int
    end: int
    targets: tuple[str, ...] = ()
    document: str = ""
    is_dangling: bool = False
    is_certain: bool = True

    def quoted(self):
        """Return it as it counts inside quotation marks, which often hold another text's words."""
        return replace(self, is_certain=False)


class ListReader:
    """Reads the groups of one list, with the document behind them if one is named."""

    def __init__(self, index, place, groups, document):
        self.index, self.place, self.document = index, place, document
        self.groups = self.kept = attach(groups)
        self.component = place.component
        if document is not None:
            self.component = index.component_of(document, place)

    def references(self, *, is_doubtful):
        """Yield what the list means; ``is_doubtful`` where its sentence speaks of another text."""
        if self.component is None:
            yield from self._of_another_document()
            # “khoản 1 Điều này và Điều 5 Luật …”: what says “này” is ours all the same.
            self.component, self.document = self.place.component, None
            self.kept = [group for group in self.groups if self._says_this(group)]
        for group, item, end in merged(self.groups):
            if group not in self.kept:
                continue
            found = self._resolve(group, item)
            if found is None or not self._is_worth_it(group, item, found):
                continue
            target, is_dangling = found
            yield Found(
                item.start,
                end,
                self._targets(group, item, target),
                is_dangling=is_dangling,
                is_certain=self._is_certain(group, item, is_doubtful),
            )

    def _of_another_document(self):
        theirs = [group for group in self.groups if not self._says_this(group)]
        if theirs:
            document = self.document
            yield Found(theirs[0].items[0].start, document.end, document=document.words)

    # --- Certainty --------------------------------------------------------------------------

    def _is_anchored(self, group):
        """Tell whether “này” or the document's name says that our own text is meant."""
        return self.document is not None or self._says_this(group)

    def _says_this(self, group):
        return group.is_this or any(not item.value for item in group.containers.values())

    def _is_worth_it(self, group, item, found):
        """Drop what alone is no reference: “điểm A”, “mục 5”, “khoản này”."""
        if self._is_anchored(group) and not (group.is_this and self.document is None):
            return True
        if group.is_this:
            return self._is_this_worth_it(group)
        if group.level < ARTICLE and not group.containers.keys() & {ARTICLE, ANNEX}:
            return self._stands_here(group, item, found)
        if group.level > ARTICLE:
            is_written_as_one = group.is_capital or group.containers or group.level == ANNEX
            return bool(is_written_as_one) and found[0] is not None
        return True

    def _is_this_worth_it(self, group):
        at_start = group.before in ("", ".", ":", "\n", "-")
        if group.level >= ARTICLE:
            return (group.is_capital and not at_start) or bool(group.containers)
        if group.containers:
            return True
        return group.before in CUES and not group.is_plural

    def _stands_here(self, group, item, found):
        """A khoản without its Điều is ours only when our Điều has it."""
        target, is_dangling = found
        is_place = group.level == POINT and item.is_capital  # “từ điểm A đến điểm B”
        return target is not None and not is_dangling and not is_place

    def _is_certain(self, group, item, is_doubtful):
        if self._is_anchored(group):
            return True
        is_stranded = group.level < ARTICLE and any(
            other.level >= ARTICLE for other in self.groups if not other.is_backwards
        )
        is_placed = ARTICLE in group.containers or ANNEX in group.containers
        if is_doubtful or (is_stranded and not is_placed):
            return False
        is_small_article = group.level == ARTICLE and not (group.is_capital or group.is_plural)
        starts_list = self.groups[0] is group
        return not (is_small_article and starts_list and group.before not in CUES)

    # --- Meaning ----------------------------------------------------------------------------

    def _targets(self, group, item, target):
        if target is None:
            return ()
        eids = (target.eid,)
        if item.is_range_end or (group.link == "range" and item is group.items[0]):
            first = self._start_of_range(group, item)
            if first is not None:
                eids += tuple(each.eid for each in self.index.between(group.level, first, target))
        return eids

    def _start_of_range(self, group, item):
        place = group.items.index(item)
        if place:
            before_group, before = group, group.items[place - 1]
        else:
            before_group = self.groups[self.groups.index(group) - 1]
            before = before_group.items[-1]
        if before_group.level != group.level:
            return None
        found = self._resolve(before_group, before)
        return found[0] if found and not found[1] else None

    def _resolve(self, group, item):
        """Return ``(part, is_dangling)``, ``(None, True)`` where nothing above it stands either."""
        found = self._look_up(group, item)
        annex = group.containers.get(ANNEX)
        if annex is not None and (found is None or found[0] is None):
            return self._annex(annex)[0], True
        return found

    def _look_up(self, group, item):
        if group.level == ANNEX:
            return self._annex(item)
        if group.level > ARTICLE:
            return self._division(group, item)
        chosen = {**group.containers, group.level: item}
        component = self._component(chosen)
        if component is None:
            return None
        article, is_dangling = self._article(chosen, component)
        if article is None or group.level == ARTICLE:
            return article, article is None
        return self._below(article, chosen, group.level)

    def _component(self, chosen):
        if ANNEX not in chosen:
            return self.component
        annex, _missing = self._annex(chosen[ANNEX])
        if annex is None:
            return None
        has_articles = any(component == annex.eid for component, _n in self.index.articles)
        return annex.eid if has_articles else None

    def _article(self, chosen, component):
        item = chosen.get(ARTICLE)
        if item is None:
            is_here = self.document is None and ANNEX not in chosen
            return (self.place.article if is_here else None), False
        if not item.value:
            return self.place.article, False
        return self.index.article(component, item.value), False

    def _below(self, article, chosen, level):
        clause = self._clause(article, chosen)
        if level == CLAUSE or clause is None:
            return (clause or article), clause is None
        value = chosen[POINT].value
        point = point_of(clause, value) if value else self.place.point
        return (point or clause), point is None

    def _clause(self, article, chosen):
        item = chosen.get(CLAUSE)
        if item is not None:
            return clause_of(article, item.value) if item.value else self.place.clause
        if ARTICLE not in chosen:
            return self.place.clause
        # “điểm a Điều 5” means the one khoản that has a điểm a.
        value = chosen[POINT].value
        having = [clause for clause in article.clauses if point_of(clause, value)]
        return having[0] if len(having) == 1 else None

    def _annex(self, item):
        if not item.value:
            return self.place.annex, self.place.annex is None
        if item.value == ONLY:
            annexes = list(self.index.annexes.values())
            return (annexes[0], False) if len(annexes) == 1 else (None, True)
        annex = self.index.annex(item.value)
        return annex, annex is None

    def _division(self, group, item):
        if not item.value:
            name = next(name for name, level in LEVELS.items() if level == group.level)
            here = [each for each in self.place.divisions if each.level == name]
            return (here[-1], False) if here else (None, True)
        above = self._above(group)
        division = self.index.division(group.level, item.value, above) if above else None
        return division, division is None

    def _above(self, group):
        """Return the eid of what the heading asked for stands below."""
        if group.containers:
            level = min(group.containers)
            holder = type(group)(level, [group.containers[level]], True)
            holder.containers = {k: v for k, v in group.containers.items() if k > level}
            found = self._annex(group.containers[level]) if level == ANNEX else None
            part, _missing = found or self._division(holder, group.containers[level])
            return part.eid if part else None
        larger = [each for each in self.place.divisions if LEVELS[each.level] > group.level]
        if self.document is None and larger and group.level < LEVELS["chapter"]:
            return larger[-1].eid
        return self.component
