"""The ground of a DCAT graph: namespaces, addresses as nodes, triples that say something."""

from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from portal.core.text import printable

ADMS = Namespace("http://www.w3.org/ns/adms#")
#: DCAT 3; what rdflib brings is DCAT 2.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES = {
    "dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "rdfs": RDFS, "skos": SKOS, "xsd": XSD,
    "adms": ADMS, "dcatap": DCATAP, "eli": ELI, "hydra": HYDRA, "spdx": SPDX, "vcard": VCARD,
}  # fmt: skip
#: What may stand in an address as it is; everything else is escaped, so that no quote ends it.
SAFE = "%/:=&?~#+!$,;'@()*[]"


def iri(address):
    """Return an address as a node."""
    return URIRef(quote(printable(address), safe=SAFE))


class Triples:
    """A graph that grows by triples; ``graph`` is what is written."""

    def __init__(self):
        self.graph = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)

    def say(self, subject, predicate, *values):
        """Add a triple for each of ``values`` that says something; texts are Vietnamese."""
        for value in values:
            if value in (None, ""):
                continue
            if not isinstance(value, URIRef | Literal):
                value = Literal(printable(str(value)), lang="vi")
            self.graph.add((subject, predicate, value))

    def name(self, address, kind):
        """Return the node of ``address``, told to be a ``kind``."""
        node = iri(address)
        self.graph.add((node, RDF.type, kind))
        return node

    def moment(self, subject, predicate, value):
        """Add a point of time."""
        if value is not None:
            self.say(subject, predicate, Literal(value.isoformat(), datatype=XSD.dateTime))

    def term(self, address, kind):
        """Return the node of a word of the EU's authority tables, with the table it stands in."""
        node = self.name(address, kind)
        self.say(node, SKOS.inScheme, iri(address.rpartition("/")[0]))
        return node
