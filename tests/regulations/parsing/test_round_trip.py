"""Random regulations, printed in every broken way, come back as they were."""

from django.test import SimpleTestCase
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from portal.regulations.parsing import as_json, parse_text, words_unplaced
from tests.regulations.parsing.printing import Style, hides_borders, write
from tests.regulations.parsing.structures import regulations

MARKUPS = ("none", "bold", "bold mark", "hashes")
STYLES = st.builds(
    Style,
    markup=st.sampled_from(MARKUPS),
    two_lines=st.booleans(),
    spacing=st.sampled_from(("spaced", "tight")),
    width=st.sampled_from((0, 0, 60, 78, 95)),
    breaks_pages=st.booleans(),
    glues=st.booleans(),
    decomposes=st.booleans(),
    headers=st.sampled_from(("", "", "Quy chế vận hành hệ thống thử nghiệm")),
    article=st.sampled_from(
        ("Điều {}.", "Điều {}.", "ĐIỀU {}.", "Điều {}:", "Ðiều {}.", "Điều{}.", "Điều {} .")
    ),
    clause=st.sampled_from(("{}.", "{}.", "{})", "{}/", "{} .")),
    point=st.sampled_from(("{})", "{})", "{}.", "{}/", "({})")),
    capital_words=st.booleans(),
    newline=st.sampled_from(("\n", "\r\n", "\r")),
    blank=st.sampled_from((" ", " ", "\u00a0", "\u200b ")),
    seed=st.integers(0, 1000),
)


def expected(regulation):
    """Return what the parser should give back, reduced to what is compared."""
    decision = regulation.decision
    return {
        "decision": decision
        and {
            "number": decision.number,
            "issued_on": decision.issued_on,
            "issuer": decision.issuer,
            "title": decision.title,
            "legal_bases": decision.bases,
            "articles": [article_of(article) for article in decision.articles],
            "recipients": decision.recipients,
            "signer": {"capacity": decision.capacity, "name": decision.name},
        },
        "title": regulation.title,
        "divisions": [
            (d.level, d.number, d.title, [article_of(a) for a in d.articles])
            for d in regulation.divisions
        ],
        "annexes": [
            (f"PHỤ LỤC {number}", title, text) for number, title, text in regulation.annexes
        ],
    }


def article_of(article):
    return (
        article.number,
        article.title,
        article.intro,
        [(c.number, c.text, [(p.label, p.text) for p in c.points]) for c in article.clauses],
    )


def found(structure):
    """Return the parsed structure in the same shape."""
    decision = structure["decision"]
    return {
        "decision": decision
        and {key: value for key, value in decision.items() if key != "articles"}
        | {"articles": [parsed_article(article) for article in decision["articles"]]},
        "title": structure["regulation"]["title"],
        "divisions": [
            (d["level"], d["number"], d["title"], [parsed_article(a) for a in d["articles"]])
            for d in structure["regulation"]["divisions"]
        ],
        "annexes": [
            (a["label"], a["title"], a["text"]) for a in structure["regulation"]["annexes"]
        ],
    }


def parsed_article(article):
    return (
        article["number"],
        article["title"],
        article["intro"],
        [
            (c["number"], c["text"], [(p["label"], p["text"]) for p in c["points"]])
            for c in article["clauses"]
        ],
    )


class RoundTrip(SimpleTestCase):
    maxDiff = 4000

    @settings(
        max_examples=120,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(regulations(), STYLES)
    def test_every_style_reads_as_what_was_printed(self, regulation, style):
        assume(not hides_borders(regulation, style))
        text = write(regulation, style)

        parsed = parse_text(text)

        self.assertEqual(found(as_json(parsed)), expected(regulation), text)
        self.assertEqual(words_unplaced(text, parsed), [])
