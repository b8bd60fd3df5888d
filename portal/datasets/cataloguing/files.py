"""The files of a version and the service over its rows, as DCAT distributions and data services."""

from django.utils.translation import gettext as _
from rdflib import Literal
from rdflib.namespace import DCTERMS, RDFS, SKOS, XSD

from portal.datasets.cataloguing import vocabulary
from portal.datasets.cataloguing.description import Description, titled
from portal.datasets.cataloguing.triples import DCAT, DCATAP, SPDX, iri


class Files(Description):
    """Writes how the rows of a version are taken away or asked for."""

    def files(self, node, record, version):
        for suffix, address in version.files:
            if suffix not in vocabulary.FORMATS:
                continue
            name, code, media_type = vocabulary.FORMATS[suffix]
            file = self.distribution(node, record, version, f"{version.url}#{suffix}", name)
            self.say(file, DCTERMS.description, vocabulary.FORMS[suffix])
            self.say(file, DCAT.downloadURL, iri(address))
            self.say(file, DCAT.accessURL, iri(version.page_url))
            self.form(file, code, media_type)
            is_current = version.number == record.version.number
            if is_current and suffix in record.measures:
                self.measure(file, record.measures[suffix])

    def measure(self, file, measure):
        number, digest = measure
        self.say(file, DCAT.byteSize, Literal(str(number), datatype=XSD.nonNegativeInteger))
        checksum = self.name(f"{file}-sha256", SPDX.Checksum)
        algorithm = self.name(SPDX.checksumAlgorithm_sha256, SPDX.ChecksumAlgorithm)
        self.say(checksum, SPDX.algorithm, algorithm)
        self.say(checksum, SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary))
        self.say(file, SPDX.checksum, checksum)

    def distribution(self, node, record, version, address, name):
        file = self.name(address, DCAT.Distribution)
        self.say(node, DCAT.distribution, file)
        self.say(file, DCTERMS.title, f"{titled(record, version)} ({name})")
        self.say(file, DCTERMS.language, self.language())
        self.say(file, DCTERMS.conformsTo, self.structure(record))
        self.moment(file, DCTERMS.issued, version.published_at)
        stable = self.term(vocabulary.STABLE, SKOS.Concept)  # a published version never changes
        self.say(stable, SKOS.prefLabel, _("stable"))
        self.say(file, DCATAP.availability, stable)
        self.terms(file, record)
        return file

    def form(self, file, code, media_type):
        kind = self.term(f"{vocabulary.AUTHORITY}file-type/{code}", DCTERMS.MediaTypeOrExtent)
        self.say(file, DCTERMS["format"], kind)
        media = self.name(f"{vocabulary.MEDIA_TYPES}{media_type}", DCTERMS.MediaType)
        self.say(file, DCAT.mediaType, media)

    def terms(self, node, record):
        self.licence(node, record)
        if record.terms_url:
            self.say(node, DCTERMS.rights, self.name(record.terms_url, DCTERMS.RightsStatement))

    def licence(self, node, record):
        if record.license:
            address = vocabulary.license_address(record.license)
            self.say(node, DCTERMS.license, self.term(address, DCTERMS.LicenseDocument))

    def service(self, node, record):
        service = self.name(f"{record.url}#dich-vu", DCAT.DataService)
        self.say(service, DCTERMS.title, _("Rows of %(title)s as JSON") % {"title": record.title})
        self.say(service, DCTERMS.description, record.description)
        self.say(service, DCAT.endpointURL, self.name(record.service_url, RDFS.Resource))
        self.say(service, DCAT.endpointDescription, self.name(record.api_url, RDFS.Resource))
        self.say(service, DCAT.keyword, *record.keywords)
        self.theme(service, record.theme)
        self.say(service, DCAT.servesDataset, node)
        standard = self.name(vocabulary.OPENAPI, DCTERMS.Standard)
        self.say(standard, DCTERMS.title, Literal("OpenAPI 3.1"))
        self.say(service, DCTERMS.conformsTo, standard)
        self.say(service, DCTERMS.publisher, self.agent(record.publisher))
        self.rights(service, record)
        self.contact(service, record)
        self.licence(service, record)
        if "json" not in dict(record.version.files):
            file = self.distribution(
                node, record, record.version, f"{record.version.url}#json", "JSON"
            )
            self.say(file, DCTERMS.description, _("Rows as JSON, page by page, as asked for."))
            self.say(file, DCAT.accessURL, iri(record.service_url))
            self.say(file, DCAT.accessService, service)
            self.form(file, *vocabulary.FORMATS["json"][1:])
