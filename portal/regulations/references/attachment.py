"""Which number of a list belongs below which: “khoản 2 và khoản 3 Điều 5” are both of Điều 5."""

from portal.regulations.references.grammar import ARTICLE

DIRECT = ("", "of", "comma")


def attach(groups):
    """Give every group its ``containers``: the number of each larger unit that it stands in.

    Read from the right, as the words are meant: what directly precedes a larger unit is in it, and
    what is joined by “và” shares what follows. “khoản 3 và Điều 6” leaves khoản 3 without a Điều.
    """
    for group, after in reversed(list(zip(groups, [*groups[1:], None], strict=True))):
        if after is None:
            continue
        if after.level > group.level and after.link in DIRECT:
            group.containers = {**after.containers, after.level: after.items[0]}
        else:
            above = max(group.level, after.level if after.level > group.level else -1)
            group.containers = {
                level: item for level, item in after.containers.items() if level > above
            }
    _attach_backwards(groups)
    return groups


def _attach_backwards(groups):
    """Read “Điều 5 khoản 2 điểm a”, too: what lacks a Điều takes it from the left."""
    for before, group in zip(groups, groups[1:], strict=False):
        if group.level >= ARTICLE or ARTICLE in group.containers:
            continue
        if before.level > group.level and group.link in ("", "comma"):
            group.containers = {**before.containers, before.level: before.items[-1]}
        elif before.level == group.level and before.is_backwards:
            group.containers = dict(before.containers)
        else:
            continue
        group.is_backwards = True


def merged(groups):
    """Return ``[(group, item, end)]``: the numbers that are links, each with where its words end.

    A single number takes the single larger units behind it into its own words: “điểm a khoản 2
    Điều 5” is one link, “điểm a, b khoản 2” are three.
    """
    found, ends = [], {}
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        after = groups[place + 1] if place + 1 < len(groups) else None
        end = group.items[0].end
        takes = (
            len(group.items) == 1
            and after is not None
            and after.level > group.level
            and after.link in DIRECT
        )
        if takes:
            end = ends.get(place + 1, end)
            found = [each for each in found if each[1] is not after.items[0]]
        ends[place] = end
        rest = [(group, item, item.end) for item in group.items[1:]]
        found = [(group, group.items[0], end), *rest, *found]
    return found
