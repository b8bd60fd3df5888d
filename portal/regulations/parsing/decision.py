"""The cover decision: head, articles, recipients, signer."""

from portal.regulations.parsing.body import read_body
from portal.regulations.parsing.endings import read_tail, split_tail
from portal.regulations.parsing.heads import read_head, split_head


def read_decision(paragraphs, left_out):
    """Read a cover decision: head, articles, recipients, signer."""
    head, rest = split_head(paragraphs)
    decision = read_head(head, left_out, is_cover=True)
    decision.start, decision.end = paragraphs[0].start, paragraphs[-1].end
    body, tail = split_tail(rest)
    read_tail(tail, decision, left_out)
    divisions = read_body(body)
    decision.articles = [article for division in divisions for article in division.articles]
    return decision
