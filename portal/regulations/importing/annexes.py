"""What pages have no place of their own for, as text: articles of an annex, footnotes."""

from portal.regulations.citations import article_label


def annex_body(annex):
    """Return all words of an annex below its title: text first, then its articles as printed."""
    lines = [annex.get("text") or ""]
    for division in annex.get("divisions") or ():
        lines.extend(_division_lines(division))
    return "\n".join(line for line in lines if line)


def _division_lines(division):
    if division["level"]:
        yield " ".join(filter(None, (division["number"], division["title"])))
    for article in division["articles"]:
        heading = f"{article_label(article['number'])}." if article["number"] else ""
        yield " ".join(filter(None, (heading, article["title"])))
        yield article["intro"]
        for clause in article["clauses"]:
            yield f"{clause['number']}. {clause['text']}" if clause["number"] else clause["text"]
            for point in clause["points"]:
                yield (
                    f"{point['label']}) {point['text']}" if point["label"] else f"- {point['text']}"
                )
        yield from (f"[{note['mark']}] {note['text']}" for note in article.get("footnotes", ()))


def closing_note_with_footnotes(parsed):
    """Return the closing note of a parsed text, the footnotes of its articles below it."""
    articles = [*(parsed["decision"] or {}).get("articles", ())]
    for division in parsed["regulation"]["divisions"]:
        articles += division["articles"]
    notes = [
        f"[{note['mark']}] {note['text']} ({article_label(article['number'])})"
        for article in articles
        for note in article.get("footnotes", ())
    ]
    return "\n".join(filter(None, (parsed["regulation"].get("closing_note"), *notes)))
