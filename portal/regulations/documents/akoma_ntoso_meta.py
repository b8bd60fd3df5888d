"""What an Akoma Ntoso file says about itself: work, expression, manifestation, events, names."""

from portal.core.text import slugify_vi
from portal.regulations.documents.heads import instrument_kind, name_of
from portal.regulations.documents.legal_references import work_uri

LANGUAGE = "vie"
#: The standard asks for a date where a text has none; this one is nobody's.
NO_DATE = "0001-01-01"


class Names:
    """The addresses and identifiers of one document and its components."""

    def __init__(self, arrangement, origin):
        text = arrangement.text
        self.arrangement, self.origin = arrangement, origin
        self.issued_on = text.issued_on or NO_DATE
        self.expressed_on = origin.effective_on or self.issued_on
        kind = instrument_kind(text.document_number) or arrangement.sections[0].kind
        number = text.document_number or origin.slug or text.title
        self.work = work_uri(kind, text.issued_on, number)
        version = self.expressed_on if self.expressed_on != NO_DATE else ""
        self.expression = f"{self.work}/{LANGUAGE}@{version}"

    @staticmethod
    def kind_of(section):
        """Return the kind of a section as a name: “Quy chế” is ``quy-che``."""
        return slugify_vi(section.kind) if section.kind else "van-ban"

    @staticmethod
    def component(number):
        """Return the last part of a component's address."""
        return f"!schedule_{number}" if number else "!main"


def meta_of(names, E, component=0):
    """Return the ``meta`` of the document, or of the component with this number."""
    meta = E.meta(_identification(names, E, component))
    if not component:
        meta.append(_lifecycle(names, E))
        meta.append(_references(names, E))
        meta.append(_proprietary(names, E))
    return meta


def _identification(names, E, component):
    this = names.component(component)
    day = {"date": names.issued_on, "name": "issued"}
    author = {"href": "#issuer", "as": "#author"}
    number = names.arrangement.text.document_number
    work = E.FRBRWork(
        E.FRBRthis({"value": f"{names.work}/{this}"}),
        E.FRBRuri({"value": names.work}),
        E.FRBRdate(day),
        E.FRBRauthor(author),
        E.FRBRcountry({"value": "vn"}),
        *([E.FRBRnumber({"value": number})] if number else []),
    )
    expression = E.FRBRExpression(
        E.FRBRthis({"value": f"{names.expression}/{this}"}),
        E.FRBRuri({"value": names.expression}),
        E.FRBRdate({"date": names.expressed_on, "name": "in-force"}),
        E.FRBRauthor(author),
        E.FRBRlanguage({"language": LANGUAGE}),
    )
    manifestation = E.FRBRManifestation(
        E.FRBRthis({"value": f"{names.expression}/{this}.xml"}),
        E.FRBRuri({"value": f"{names.expression}.akn"}),
        E.FRBRdate({"date": names.expressed_on, "name": "markup"}),
        E.FRBRauthor({"href": "#portal", "as": "#editor"}),
    )
    return E.identification({"source": "#portal"}, work, expression, manifestation)


def _lifecycle(names, E):
    events = [
        E.eventRef(
            {
                "eId": "event_1",
                "date": names.issued_on,
                "source": "#original",
                "type": "generation",
            }
        )
    ]
    if names.origin.edition_number > 1:
        events.append(
            E.eventRef(
                {
                    "eId": "event_2",
                    "date": names.expressed_on,
                    "source": "#edition",
                    "type": "amendment",
                }
            )
        )
    return E.lifecycle({"source": "#portal"}, *events)


def _references(names, E):
    text, origin = names.arrangement.text, names.origin
    references = [E.original({"eId": "original", "href": names.work, "showAs": "Văn bản gốc"})]
    if origin.edition_number > 1:
        shown = origin.enacted_by or f"Phiên bản số {origin.edition_number}"
        edition = {"eId": "edition", "href": names.expression, "showAs": shown}
        references.append(E.passiveRef(edition))
    issuer = name_of(text.issuer) or "Cơ quan ban hành"
    references += [
        E.TLCOrganization({"eId": "issuer", **_ontology("organization", issuer)}),
        E.TLCOrganization({"eId": "portal", **_ontology("organization", "Cổng thông tin")}),
        E.TLCRole({"eId": "author", **_ontology("role", "Cơ quan ban hành")}),
        E.TLCRole({"eId": "editor", **_ontology("role", "Đơn vị biên tập")}),
    ]
    if text.signer_name:
        references.append(
            E.TLCPerson({"eId": "signatory", **_ontology("person", text.signer_name)})
        )
    if names.arrangement.signature:
        role = " ".join(names.arrangement.signature)
        references.append(E.TLCRole({"eId": "signatory-role", **_ontology("role", role)}))
    return E.references({"source": "#portal"}, *references)


def _ontology(kind, name):
    return {"href": f"/akn/ontology/{kind}/vn/{slugify_vi(name)}", "showAs": name}


def _proprietary(names, E):
    """Return what the standard has no words for: where the text stands here, and its hash."""
    made = E.proprietary({"source": "#portal"})
    portal = "urn:vn:ioc-portal"
    for name in ("address", "edition_number", "sha256"):
        value = getattr(names.origin, name)
        if value:
            element = made.makeelement(f"{{{portal}}}{name}", nsmap={"ioc": portal})
            element.text = str(value)
            made.append(element)
    return made
