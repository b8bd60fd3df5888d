"""The text: regulations as pages, their provisions, their editions."""

from portal.regulations.models.edition import Edition
from portal.regulations.models.importing import RegulationImport
from portal.regulations.models.pages import (
    AnnexPage,
    ArticlePage,
    DivisionPage,
    LegalBasis,
    RegulationIndexPage,
    RegulationPage,
)
from portal.regulations.models.provision import Provision

__all__ = [
    "AnnexPage",
    "ArticlePage",
    "DivisionPage",
    "Edition",
    "LegalBasis",
    "Provision",
    "RegulationImport",
    "RegulationIndexPage",
    "RegulationPage",
]
