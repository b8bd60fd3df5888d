"""Records as a graph of DCAT-AP 3; rdflib writes it as Turtle, JSON-LD or RDF/XML."""

from django.utils.translation import gettext as _
from rdflib import Literal
from rdflib.namespace import DCTERMS, FOAF, RDF, XSD

from portal.datasets.cataloguing.description import titled
from portal.datasets.cataloguing.files import Files
from portal.datasets.cataloguing.triples import ADMS, DCAT, HYDRA, iri


class CatalogueGraph(Files):
    """A graph of a catalogue, of datasets and of their versions."""

    def add_catalogue(self, url, *, title, description, publisher, home_url, spatial, changed_at):
        """Add the catalogue itself; return its node."""
        node = self.name(url, DCAT.Catalog)
        self.say(node, DCTERMS.title, title)
        self.say(node, DCTERMS.description, description)
        self.say(node, DCTERMS.publisher, self.agent(publisher))
        self.say(node, DCTERMS.language, self.language())
        self.say(node, FOAF.homepage, self.name(home_url, FOAF.Document))
        self.say(node, DCAT.themeTaxonomy, self.taxonomy())
        self.place(node, spatial, url)
        self.moment(node, DCTERMS.modified, changed_at)
        return node

    def list_dataset(self, catalogue, record):
        """Add a dataset to the catalogue, with its service."""
        dataset = self.add_dataset(record)
        self.say(catalogue, DCAT.dataset, dataset)
        if record.service_url:
            self.say(catalogue, DCAT.service, iri(f"{record.url}#dich-vu"))
        return dataset

    def add_dataset(self, record):
        """Add a dataset with what readers see of it now; return its node."""
        node = self.name(record.url, DCAT.Dataset)
        self.describe(node, record)
        self.say(node, DCTERMS.identifier, Literal(record.url, datatype=XSD.anyURI))
        self.say(node, DCAT.landingPage, self.name(record.page_url, FOAF.Document))
        self.say(node, DCTERMS.conformsTo, self.structure(record))
        self.moment(node, DCTERMS.issued, record.issued_at)
        self.moment(node, DCTERMS.modified, record.changed_at)
        self.span(node, record.url, record.span)
        if record.version:
            self.say(node, DCAT.version, Literal(str(record.version.number)))
            self.provenance(node, record, record.version)
            self.files(node, record, record.version)
        if record.service_url:
            self.service(node, record)
        return node

    def add_versions(self, record, versions):
        """Add versions of a dataset, newest first, each as a dataset of its own."""
        dataset = iri(record.url)
        for version in versions:
            node = self.name(version.url, DCAT.Dataset)
            self.say(dataset, DCAT.hasVersion, node)
            self.say(node, DCAT.isVersionOf, dataset)
            self.say(node, DCTERMS.title, titled(record, version))
            self.say(node, DCTERMS.description, record.description)
            self.say(node, DCTERMS.publisher, self.agent(record.publisher))
            self.say(node, DCAT.version, Literal(str(version.number)))
            self.say(node, DCTERMS.identifier, Literal(version.url, datatype=XSD.anyURI))
            self.say(node, DCAT.landingPage, self.name(version.page_url, FOAF.Document))
            self.moment(node, DCTERMS.issued, version.published_at)
            self.rights(node, record)
            self.subject(node, record)
            self.span(node, version.url, version.span)
            self.provenance(node, record, version)
            self.say(node, ADMS.versionNotes, version.reason)
            if version.is_withdrawn:
                self.say(node, ADMS.versionNotes, _("This version has been withdrawn."))
            self.files(node, record, version)
            if version.previous_url:
                self.say(node, DCAT.previousVersion, iri(version.previous_url))
            if record.version and version.number == record.version.number:
                self.say(dataset, DCAT.hasCurrentVersion, node)

    def add_series(self, record, url, members):
        """Add the series of the versions that each hold a period; ``members`` in their order."""
        node = self.name(url, DCAT.DatasetSeries)
        self.describe(node, record)
        for place, version in enumerate(members):
            member = iri(version.url)
            self.say(member, DCAT.inSeries, node)
            if place:
                self.say(member, DCAT.prev, iri(members[place - 1].url))
        if members:
            self.say(node, DCAT.first, iri(members[0].url))
            self.say(node, DCAT.last, iri(members[-1].url))

    def add_paging(self, node, total, pages):
        """Add how the answer is parted; ``pages`` are addresses: this, first, last, and others."""
        self.graph.add((node, RDF.type, HYDRA.Collection))
        self.say(node, HYDRA.totalItems, Literal(total))
        view = self.name(pages["self"], HYDRA.PartialCollectionView)
        self.say(node, HYDRA.view, view)
        for name in ("first", "previous", "next", "last"):
            if name in pages:
                self.say(view, HYDRA[name], iri(pages[name]))
