"""What is said of a dataset and of its versions alike: whose, about what, under which law."""

from django.utils.translation import gettext as _
from rdflib import Literal
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from portal.datasets.cataloguing import vocabulary
from portal.datasets.cataloguing.triples import DCAT, DCATAP, ELI, VCARD, Triples, iri
from portal.datasets.models import DatasetPage


class Description(Triples):
    """Writes the facts that a record holds about its dataset."""

    def describe(self, node, record):
        self.say(node, DCTERMS.title, record.title)
        self.say(node, DCTERMS.description, record.description)
        self.say(node, DCTERMS.publisher, self.agent(record.publisher))
        self.say(
            node,
            DCTERMS.accrualPeriodicity,
            self.term(vocabulary.frequency(record.frequency), DCTERMS.Frequency),
        )
        self.say(node, DCTERMS.language, self.language())
        self.rights(node, record)
        self.subject(node, record)
        if record.citation:
            law = self.name(record.citation_url, ELI.LegalResource)
            self.say(law, RDFS.label, record.citation)
            self.say(node, DCATAP.applicableLegislation, law)

    def subject(self, node, record):
        """Add what the data are about and whom to ask: of a version, the same as of its dataset."""
        self.say(node, DCAT.keyword, *record.keywords)
        self.place(node, record.spatial, record.url)
        self.theme(node, record.theme)
        self.contact(node, record)

    def rights(self, node, record):
        right = self.term(vocabulary.access_right(record.is_public), DCTERMS.RightsStatement)
        self.say(node, DCTERMS.accessRights, right)

    def agent(self, party):
        node = self.name(f"{party.url}#don-vi", FOAF.Agent)
        self.say(node, FOAF.name, party.name)
        if party.code:
            self.say(node, DCTERMS.identifier, Literal(party.code))
        return node

    def contact(self, node, record):
        if record.contact is None:
            return
        contact = self.name(f"{record.contact.url}#lien-he", VCARD.Kind)
        self.graph.add((contact, RDF.type, VCARD.Organization))
        self.say(contact, VCARD.fn, record.contact.name)
        if record.contact.email:
            self.say(contact, VCARD.hasEmail, iri(f"mailto:{record.contact.email}"))
        if record.contact.phone:
            self.say(contact, VCARD.hasTelephone, iri(_phone_address(record.contact.phone)))
        self.say(node, DCAT.contactPoint, contact)

    def language(self):
        return self.term(vocabulary.VIETNAMESE, DCTERMS.LinguisticSystem)

    def taxonomy(self):
        node = self.name(vocabulary.THEMES, SKOS.ConceptScheme)
        self.say(node, DCTERMS.title, _("Themes of data"))
        return node

    def theme(self, node, code):
        if code:
            concept = self.term(vocabulary.theme(code), SKOS.Concept)
            self.say(concept, SKOS.prefLabel, str(DatasetPage.Theme(code).label))
            self.say(node, DCAT.theme, concept)

    def place(self, node, name, url):
        if name:
            place = self.name(f"{url}#dia-ban", DCTERMS.Location)
            self.say(place, SKOS.prefLabel, name)
            self.say(node, DCTERMS.spatial, place)

    def span(self, node, url, span):
        if span:
            period = self.name(f"{url}#thoi-gian", DCTERMS.PeriodOfTime)
            for predicate, day in ((DCAT.startDate, span.start), (DCAT.endDate, span.end)):
                self.say(period, predicate, Literal(day.isoformat(), datatype=XSD.date))
            self.say(node, DCTERMS.temporal, period)

    def structure(self, record):
        node = self.name(record.schema_url, DCTERMS.Standard)
        self.say(node, DCTERMS.title, _("Table Schema: %(title)s") % {"title": record.title})
        self.say(node, DCTERMS.conformsTo, iri(vocabulary.TABLE_SCHEMA))
        return node

    def provenance(self, node, record, version):
        statement = self.name(f"{version.url}#nguon-goc", DCTERMS.ProvenanceStatement)
        self.say(statement, RDFS.label, provenance_words(record, version))
        self.say(node, DCTERMS.provenance, statement)


def titled(record, version):
    """Return the title of a version of a dataset."""
    return _("%(title)s – version %(number)s") % {"title": record.title, "number": version.number}


def provenance_words(record, version):
    """Return in one or two sentences where a version comes from, and how it is checked."""
    words = _(
        "Received under number %(receipt)s; sealed by the manifest with SHA-256 %(seal)s."
    ) % {
        "receipt": version.receipt_number,
        "seal": version.manifest_sha256,
    }
    if record.citation:
        words += " " + _("It is asked for by %(clause)s.") % {"clause": record.citation}
    return words


def _phone_address(phone):
    """Return a telephone number as an address."""
    return "tel:" + "".join(each for each in phone if each.isdigit() or each == "+")
