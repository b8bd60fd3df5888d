"""A whole new text of a regulation that stands: drafts of what it says otherwise.

Somebody who has the amended text, and not a list of amendments, brings it in as it is. Articles
are the same by their number; clauses and points by their words, else by their number, so that what
cites them stays with them.
"""

from django.db import transaction

from portal.core.text import fold_words
from portal.regulations.actions.drafts import annex_page, article_page, division_page
from portal.regulations.actions.editions import ChosenChange, enact_changes
from portal.regulations.outline import regulation_pages

WORDS = ("heading", "intro")


@transaction.atomic
def enact_new_text(regulation, parsed, decision, *, user):
    """Enact what ``parsed`` says otherwise as the next edition; return the editions.

    An empty list when it says the same.
    """
    chosen = draft_new_text(regulation, parsed, user=user)
    return enact_changes(regulation, decision, chosen, user=user) if chosen else []


@transaction.atomic
def draft_new_text(regulation, parsed, *, user):
    """Save a draft of each part that ``parsed`` says otherwise; return the ``ChosenChange`` list.

    What it no longer contains is chosen without a revision: a repeal.
    """
    return _NewText(regulation, parsed, user).changes()


class _NewText:
    def __init__(self, regulation, parsed, user):
        self.regulation, self.parsed, self.user = regulation, parsed, user
        pages = regulation_pages(regulation)
        self.annexes = {page.number: page for page in pages if page.kind == "annex"}
        self.divisions = {
            (page.level, page.number): page
            for page in pages
            if page.kind == "division" and not self._is_in_annex(page)
        }
        self.articles = {
            (page.component, page.number): page
            for page in pages
            if page.kind == "article" and page.number and not self._is_in_annex(page)
        }
        self.chosen = []

    def _is_in_annex(self, page):
        return any(page.is_descendant_of(annex) for annex in self.annexes.values())

    def changes(self):
        decision = (self.parsed["decision"] or {}).get("articles", [])
        kept = self._articles(decision, "qd", self.regulation)
        for division in self.parsed["regulation"]["divisions"]:
            parent = self._division(division)
            kept |= self._articles(division["articles"], "qc", parent)
        gone = [page for key, page in self.articles.items() if key not in kept and self._is_of(key)]
        self.chosen += [ChosenChange(page) for page in gone]
        self._annexes()
        return self.chosen

    def _is_of(self, key):
        """Return whether the new text would contain such an article at all: it may lack a head."""
        return key[0] != "qd" or bool(self.parsed["decision"])

    def _division(self, division):
        """Return the page of a heading, drafted where it is new or worded otherwise."""
        if division["level"] is None:
            return self.regulation
        page = self.divisions.get((division["level"], division["number"] or ""))
        if page is None:
            page = self._add(self.regulation, division_page(division))
        elif page.heading != (division["title"] or ""):
            page.heading = division["title"] or ""
            self._draft(page)
        return page

    def _articles(self, articles, component, parent):
        """Draft the articles of one heading; return their keys."""
        keys, before = set(), None
        for article in articles:
            key = (component, article["number"])
            page = self.articles.get(key)
            if page is None:
                page = self._add(parent, article_page(article, component), before)
            elif self._rewrite(page, article_page(article, component)):
                self._draft(page)
            keys.add(key)
            before = page
        return keys

    def _rewrite(self, page, new):
        """Let ``page`` say what ``new`` says; return whether that is something else."""
        old = page.clauses.get_prep_value()
        clauses = _with_known_ids(new.clauses.get_prep_value(), old)
        footnotes = [block["value"] for block in new.footnotes.get_prep_value()]
        differs = (
            any(getattr(page, name) != getattr(new, name) for name in WORDS)
            or _plain(clauses) != _plain(old)
            or footnotes != [block["value"] for block in page.footnotes.get_prep_value()]
        )
        if differs:
            for name in WORDS:
                setattr(page, name, getattr(new, name))
            page.clauses, page.footnotes = clauses, new.footnotes
        return differs

    def _annexes(self):
        kept = set()
        for ordinal, annex in enumerate(self.parsed["regulation"].get("annexes") or [], start=1):
            new = annex_page(annex, ordinal)
            page = self.annexes.get(new.number)
            kept.add(new.number)
            if page is None:
                self._add(self.regulation, new)
            elif (page.heading, page.body) != (new.heading, new.body):
                page.heading, page.body = new.heading, new.body
                self._draft(page)
        self.chosen += [
            ChosenChange(page) for number, page in self.annexes.items() if number not in kept
        ]

    def _add(self, parent, page, before=None):
        """Add a draft page behind ``before``, or as the last below ``parent``."""
        page.live, page.owner = False, self.user
        if before is not None and before.get_parent().pk == parent.pk:
            before.refresh_from_db()
            before.add_sibling(pos="right", instance=page)
        else:
            parent.refresh_from_db()
            parent.add_child(instance=page)
        self._draft(page)
        return page

    def _draft(self, page):
        revision = page.save_revision(user=self.user)
        fresh = type(page).objects.get(pk=page.pk)
        self.chosen.append(ChosenChange(fresh, revision))


def _with_known_ids(new, old):
    """Return clause blocks with the identifiers of the old ones that they continue."""
    paired = _pairs(new, old, "number")
    result = []
    for block, known in zip(new, paired, strict=True):
        value = dict(block["value"])
        if known is not None:
            points = _pairs(value["points"], known["value"]["points"], "label")
            value["points"] = [
                {**point, "id": match["id"]} if match else point
                for point, match in zip(value["points"], points, strict=True)
            ]
        result.append({**block, "id": known["id"] if known else block["id"], "value": value})
    return result


def _pairs(new, old, mark):
    """Return for each new block the old one it continues: by its words, else by its mark."""
    left = list(old)
    found = [None] * len(new)
    for same in (_same_words, _same_mark(mark)):
        for place, block in enumerate(new):
            if found[place] is None:
                match = next((each for each in left if same(block, each)), None)
                if match is not None:
                    found[place] = match
                    left.remove(match)
    return found


def _same_words(one, other):
    return fold_words(one["value"]["text"]) == fold_words(other["value"]["text"])


def _same_mark(mark):
    return lambda one, other: (
        bool(one["value"][mark]) and (one["value"][mark] == other["value"][mark])
    )


def _plain(clauses):
    """Return what clause blocks say, without identifiers."""
    return [
        (
            block["value"]["number"],
            block["value"]["text"],
            [(point["value"]["label"], point["value"]["text"]) for point in _points(block)],
        )
        for block in clauses
    ]


def _points(block):
    return block["value"].get("points") or []
