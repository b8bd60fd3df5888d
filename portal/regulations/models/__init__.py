"""The text: regulations as pages, their provisions, their editions."""

from portal.regulations.models.edition import Edition, EditionChange
from portal.regulations.models.importing import RegulationImport
from portal.regulations.models.lineage import RelatedDocument
from portal.regulations.models.parts import (
    AnnexPage,
    ArticlePage,
    DivisionPage,
)
from portal.regulations.models.provision import Provision, ProvisionAlias
from portal.regulations.models.reading import CrossReference, Definition
from portal.regulations.models.regulation import (
    LegalBasis,
    RegulationIndexPage,
    RegulationPage,
)

__all__ = [
    "AnnexPage",
    "ArticlePage",
    "CrossReference",
    "Definition",
    "DivisionPage",
    "Edition",
    "EditionChange",
    "LegalBasis",
    "Provision",
    "ProvisionAlias",
    "RegulationImport",
    "RegulationIndexPage",
    "RegulationPage",
    "RelatedDocument",
]
