"""What a source tells about its page: at which width it breaks lines, how it spaces them."""

from portal.regulations.parsing.grammar import is_finished, item_mark, starts_lower

WIDE = 130


def wrap_width(lines):
    """Return the width at which the source breaks its lines, 0 if it does not."""
    lengths, neighbours = [], 0
    for line, following in zip(lines, lines[1:], strict=False):
        if following.blank_before or len(line.text) > WIDE:
            continue
        neighbours += 1
        if (
            starts_lower(following.text)
            and not item_mark(following.text)
            and (not is_finished(line.text))
        ):
            lengths.append(len(line.text))
    if len(lengths) < 3 or len(lengths) < 0.12 * neighbours:
        return 0
    lengths.sort()
    return lengths[int(len(lengths) * 0.97)]


def is_double_spaced(lines):
    """Say whether empty lines stand between the lines of one paragraph, too."""
    gaps = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if b.blank_before]
    broken = [
        1
        for a, b in gaps
        if starts_lower(b.text) and not item_mark(b.text) and not is_finished(a.text)
    ]
    return len(lines) > 8 and len(gaps) > 0.9 * len(lines) and len(broken) > 0.2 * len(lines)
