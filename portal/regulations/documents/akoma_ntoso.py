"""The arrangement as Akoma Ntoso 3.0 (OASIS LegalDocML), for systems that exchange legal texts.

The instrument that issues a text is the ``act``; the text itself and the annexes are its
attachments. ``eId`` follows the naming convention of the standard (``art_5__para_2__point_dd``),
``wId`` is the address that this portal gives the same part (``qc__dieu_5__khoan_2__diem_dd``), and
``GUID`` its identity, which stays when numbers change.
"""

from lxml import etree
from lxml.builder import ElementMaker

from portal.regulations.citations import letter_id
from portal.regulations.documents.akoma_ntoso_meta import Names, meta_of
from portal.regulations.documents.arrangement import loose_notes, pieces
from portal.regulations.documents.legal_references import references_in

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
LEVELS = {
    "part": ("part", "part"),
    "chapter": ("chapter", "chp"),
    "section": ("section", "sec"),
    "subsection": ("subsection", "subsec"),
}


def akoma_ntoso(arrangement, origin):
    """Return the bytes of the XML file."""
    names = Names(arrangement, origin)
    main, *attached = arrangement.sections
    act = E.act({"name": names.kind_of(main), "contains": "singleVersion"})
    act.append(meta_of(names, E))
    act.append(_preface(arrangement, main, names))
    if not arrangement.excerpt and (arrangement.text.legal_bases or arrangement.enacting_word):
        act.append(_preamble(arrangement))
    act.append(E.body(*Hierarchy("").children(main.parts)))
    if arrangement.is_closed:
        act.append(_conclusions(arrangement))
    attachments = _attachments(arrangement, attached, names)
    if len(attachments):
        act.append(attachments)
    tree = etree.ElementTree(E.akomaNtoso(act))
    etree.indent(tree, space="  ")
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _preface(arrangement, section, names):
    preface = E.preface()
    if not arrangement.excerpt and arrangement.number:
        preface.append(E.p("Số: ", E.docNumber(arrangement.number)))
    if not arrangement.excerpt and arrangement.text.issued_on:
        day = E.docDate({"date": arrangement.text.issued_on}, arrangement.place_and_date)
        preface.append(E.p(day))
    preface.append(_title(section))
    if arrangement.excerpt:
        preface.append(E.p(f"({arrangement.excerpt})"))
    return preface


def _title(section):
    words = [E.docType(section.kind.upper())] if section.kind else []
    if section.subject:
        words.append(E.docTitle(section.subject))
    return E.longTitle(E.p(*_spaced(words)))


def _spaced(elements):
    for element in elements[:-1]:
        element.tail = " "
    return elements


def _preamble(arrangement):
    preamble = E.preamble()
    if arrangement.authority:
        preamble.append(E.p(arrangement.authority))
    if arrangement.text.legal_bases:
        bases = [E.citation(E.p(*_with_references(b))) for b in arrangement.text.legal_bases]
        preamble.append(E.citations(*bases))
    if arrangement.enacting_word:
        preamble.append(E.formula({"name": "enacting"}, E.p(arrangement.enacting_word)))
    return preamble


def _with_references(words):
    """Return words with links on the instruments that they name by number and date."""
    result, at = [], 0
    for start, end, uri in references_in(words):
        result += [words[at:start], E.ref({"href": uri}, words[start:end])]
        at = end
    return [part for part in [*result, words[at:]] if not isinstance(part, str) or part]


def _conclusions(arrangement):
    text, block = arrangement.text, []
    if arrangement.signature:
        block.append(E.role({"refersTo": "#signatory-role"}, " ".join(arrangement.signature)))
    if text.signer_name:
        block.append(E.person({"refersTo": "#signatory"}, text.signer_name))
    conclusions = E.conclusions()
    if block:
        conclusions.append(E.p(E.signature(*_spaced(block))))
    if text.recipients:
        lines = [E.p(line) for line in arrangement.recipients]
        conclusions.append(E.container({"name": "recipients"}, E.p("Nơi nhận:"), *lines))
    return conclusions


def _attachments(arrangement, attached, names):
    attachments = E.attachments()
    for section in attached:
        number = len(attachments) + 1
        act = E.act({"name": names.kind_of(section)})
        act.append(meta_of(names, E, component=number))
        act.append(E.preface(_title(section), E.p(section.attached_by)))
        act.append(E.body(*Hierarchy(f"att_{number}__").children(section.parts)))
        if arrangement.text.closing_note:
            act.append(E.conclusions(*_paragraphs(arrangement.text.closing_note)))
        attachments.append(E.attachment({"eId": f"att_{number}"}, act))
    for placed in arrangement.annexes:
        number = len(attachments) + 1
        attachments.append(
            E.attachment(_ids(f"att_{number}", placed.annex), _annex(placed, number, names))
        )
    return attachments


def _annex(placed, number, names):
    doc = E.doc({"name": "phu-luc"}, meta_of(names, E, component=number))
    words = [E.docNumber(placed.annex.label)] if placed.annex.label else []
    if placed.annex.heading:
        words.append(E.docTitle(placed.annex.heading))
    preface = E.preface(E.longTitle(E.p(*_spaced(words))))
    if placed.attached_by:
        preface.append(E.p(placed.attached_by))
    body = E.mainBody()
    for block in placed.blocks:
        body.append(_table(block) if block.rows else E.p(block.text))
    if placed.parts:
        body.extend(Hierarchy(f"att_{number}__").children(placed.parts))
    if not len(body):
        body.append(E.p())
    doc.extend([preface, body])
    return doc


def _table(block):
    rows = []
    for number, cells in enumerate(block.rows):
        cell = E.th if number == 0 and block.has_header else E.td
        rows.append(E.tr(*(cell(E.p(words)) for words in cells)))
    return E.table(*rows)


def _paragraphs(words):
    return [E.p(line.strip()) for line in words.split("\n") if line.strip()]


def _ids(eid, part):
    ids = {"eId": eid, "wId": part.eid}
    if part.id:
        ids["GUID"] = part.id
    return ids


class Hierarchy:
    """Builds nested elements with unique names from the flat parts of a text."""

    def __init__(self, prefix):
        self._prefix = prefix
        self._taken = set()
        self._note_count = 0

    def children(self, parts):
        """Return the elements of the top level; a body is never empty."""
        top, above = [], []
        for placed in parts:
            above = [each for each in above if each[0] < placed.depth]
            parent, parent_eid = above[-1][1:] if above else (None, "")
            if placed.part.kind == "division":
                made = self._division(placed.part, parent_eid)
                above.append((placed.depth, made, made.get("eId").removeprefix(self._prefix)))
            else:
                made = self._article(placed.part)
            (top if parent is None else parent).append(made)
        return top or [E.hcontainer({"name": "empty"}, E.content(E.p()))]

    def _eid(self, parent, name):
        """Return a name that is free below ``parent``: the second of its kind gets ``_2``."""
        wanted = f"{parent}__{name}" if parent else name
        eid, number = wanted, 1
        while eid in self._taken:
            number += 1
            eid = f"{wanted}_{number}"
        self._taken.add(eid)
        return eid

    def _division(self, division, parent_eid):
        name, short = LEVELS[division.level]
        eid = self._eid(parent_eid, f"{short}_{letter_id(division.number) or 'nn'}")
        made = E(name, _ids(f"{self._prefix}{eid}", division), E.num(division.label))
        if division.heading:
            made.append(E.heading(division.heading))
        return made

    def _article(self, article):
        name = "article" if article.number else "hcontainer"
        eid = self._eid("", f"art_{letter_id(article.number)}" if article.number else "text_nn")
        made = E(name, _ids(f"{self._prefix}{eid}", article))
        if article.number:
            made.append(E.num(f"Điều {article.number}."))
        else:
            made.set("name", "text")
        if article.heading:
            made.append(E.heading(*self._words(article.heading, article, eid)))
        clauses = [self._clause(clause, article, eid) for clause in article.clauses]
        self._fill(made, article.intro, clauses, article, eid)
        return made

    def _clause(self, clause, article, parent):
        name = "paragraph" if clause.number else "alinea"
        short = f"para_{letter_id(clause.number)}" if clause.number else "al_nn"
        eid = self._eid(parent, short)
        made = E(name, _ids(f"{self._prefix}{eid}", clause))
        if clause.number:
            made.append(E.num(f"{clause.number}."))
        points = [self._point(point, article, eid) for point in clause.points]
        self._fill(made, clause.text, points, article, eid)
        return made

    def _point(self, point, article, parent):
        name = "point" if point.label else "indent"
        short = f"point_{letter_id(point.label)}" if point.label else "ind_nn"
        eid = self._eid(parent, short)
        made = E(name, _ids(f"{self._prefix}{eid}", point))
        made.append(E.num(f"{point.label})" if point.label else "-"))
        self._fill(made, point.text, [], article, eid)
        return made

    def _fill(self, made, words, children, article, eid):
        """Give an element its words: before what stands below it, or alone."""
        blocks = [
            E.p(*self._words(line, article, eid)) for line in words.split("\n") if line.strip()
        ]
        if made.get("wId") == article.eid:
            blocks += [E.p(self._note(note, eid)) for note in loose_notes(article)]
        if children:
            if blocks:
                made.append(E.intro(*blocks))
            made.extend(children)
        else:
            made.append(E.content(*(blocks or [E.p()])))

    def _words(self, words, article, eid):
        found = pieces(words.strip(), article.footnotes)
        return [self._note(piece.note, eid) if piece.note else piece.text for piece in found]

    def _note(self, note, eid):
        ids = {"eId": f"{self._prefix}{self._eid(eid, f'authorialNote_{letter_id(note.mark)}')}"}
        options = {"marker": note.mark, "placement": "bottom", **ids}
        return E.authorialNote(options, *(_paragraphs(note.text) or [E.p()]))
