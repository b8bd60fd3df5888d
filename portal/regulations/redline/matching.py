"""Which part of one text is which part of another: by identity, by words, by address, by likeness.

Everything here gives the same answer when the two texts change places.
"""

from bisect import bisect_left
from collections import Counter, defaultdict

from portal.core.text import fold_words

#: From here on two parts without a common identity count as one that was amended.
ALIKE = 0.4
#: So many words in a row are what two texts are compared by.
SHINGLE = 3


def match(olds, news, *, identity, words, address, name=lambda part: ""):
    """Return pairs of positions ``(old, new)``, in the order of ``olds``; each stands once.

    ``identity``, ``words``, ``address`` and ``name`` read from a part what it is known by; what is
    empty says nothing. After identity the same words count (with the same address before others),
    then an address with words that are alike, then words that are alike, then the same name.
    """
    found = {}
    _by_key(found, olds, news, identity)
    _by_key(found, olds, news, lambda part: words(part) and (words(part), address(part)))
    _by_key(found, olds, news, words)
    _by_likeness(found, olds, news, words, address)
    _by_key(found, olds, news, name)
    return sorted(found.items())


def _left(found, olds, news):
    taken = set(found.values())
    return (
        [place for place in range(len(olds)) if place not in found],
        [place for place in range(len(news)) if place not in taken],
    )


def _by_key(found, olds, news, key):
    """Pair what has the same key; of several the first with the first, and so on."""
    waiting = defaultdict(list)
    free_olds, free_news = _left(found, olds, news)
    for place in free_news:
        if key(news[place]):
            waiting[key(news[place])].append(place)
    for place in free_olds:
        same = waiting.get(key(olds[place])) if key(olds[place]) else None
        if same:
            found[place] = same.pop(0)


def _by_likeness(found, olds, news, words, address):
    """Pair what reads alike, the most alike first; the same address counts for something."""
    free_olds, free_news = _left(found, olds, news)
    scores = likenesses(
        [words(olds[place]) for place in free_olds], [words(news[place]) for place in free_news]
    )
    ranked = []
    for (first, second), score in scores.items():
        old, new = free_olds[first], free_news[second]
        same_address = bool(address(olds[old])) and address(olds[old]) == address(news[new])
        if score >= (ALIKE / 2 if same_address else ALIKE):
            # Two pairs of the same rank never share a part, so their order does not matter.
            ranked.append((-score - same_address, abs(old - new), old + new, old, new))
    taken = set(found.values())
    for *_rank, old, new in sorted(ranked):
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)


def likenesses(olds, news):
    """Return ``{(old position, new position): likeness}`` for the pairs that share words.

    Likeness is 0 to 1: the part of their runs of three words that two texts have in common.
    """
    if not olds or not news:
        return {}
    old_runs, new_runs = [_runs(text) for text in olds], [_runs(text) for text in news]
    where = defaultdict(list)
    for place, runs in enumerate(new_runs):
        for run, times in runs.items():
            where[run].append((place, times))
    shared = Counter()
    for place, runs in enumerate(old_runs):
        for run, times in runs.items():
            for other, other_times in where.get(run, ()):
                shared[place, other] += min(times, other_times)
    return {
        (old, new): 2 * count / (old_runs[old].total() + new_runs[new].total())
        for (old, new), count in shared.items()
    }


def _runs(text):
    words = fold_words(text).split()
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(SHINGLE)), strict=False))


def moved_pairs(pairs, *, turned=False):
    """Return those ``(old, new)`` pairs that left the order which most of the others kept.

    Where two answers are as good, ``turned`` chooses: who compares the other way round turns it.
    """
    ordered = sorted((new, old) for old, new in pairs) if turned else sorted(pairs)
    kept = _longest_rising([second for _first, second in ordered])
    moved = {pair for place, pair in enumerate(ordered) if place not in kept}
    return {(old, new) for new, old in moved} if turned else moved


def _longest_rising(numbers):
    """Return the places of a longest rising run of ``numbers``."""
    ends, places, before = [], [], []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(places[length - 1] if length else None)
        ends[length : length + 1] = [number]
        places[length : length + 1] = [place]
    kept, place = set(), places[-1] if places else None
    while place is not None:
        kept.add(place)
        place = before[place]
    return kept
