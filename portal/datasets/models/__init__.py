"""Datasets, their versions, code lists and the indicators bound to them."""

from portal.datasets.models.access_grant import AccessEvent, AccessGrant, AccessToken
from portal.datasets.models.access_request import AccessRequest, SharingTerm
from portal.datasets.models.cataloguing import DataList
from portal.datasets.models.cell_fix import CellFix
from portal.datasets.models.code_list import CodeList, CodeListItem
from portal.datasets.models.column import DatasetColumn
from portal.datasets.models.definition import DatasetRule, DefinitionVersion
from portal.datasets.models.due_extension import DueExtension
from portal.datasets.models.due_term import DueTerm
from portal.datasets.models.indicator import (
    IndicatorCataloguePage,
    IndicatorGroup,
    IndicatorPage,
)
from portal.datasets.models.indicator_value import IndicatorValue
from portal.datasets.models.ownership import FormerOwner
from portal.datasets.models.pages import DatasetIndexPage, DatasetPage
from portal.datasets.models.remembered_reading import RememberedReading
from portal.datasets.models.reminder import DataReminder
from portal.datasets.models.schema_details import SchemaDetails
from portal.datasets.models.source import DataSource, RemoteVersion, SourceFetch
from portal.datasets.models.special_request import RequestedDataset, SpecialRequest
from portal.datasets.models.upload_token import TokenUse, UploadToken
from portal.datasets.models.version import DatasetPointer, DatasetVersion

__all__ = [
    "AccessEvent",
    "AccessGrant",
    "AccessRequest",
    "AccessToken",
    "CellFix",
    "CodeList",
    "CodeListItem",
    "DataList",
    "DataReminder",
    "DataSource",
    "DatasetColumn",
    "DatasetIndexPage",
    "DatasetPage",
    "DatasetPointer",
    "DatasetRule",
    "DatasetVersion",
    "DefinitionVersion",
    "DueExtension",
    "DueTerm",
    "FormerOwner",
    "IndicatorCataloguePage",
    "IndicatorGroup",
    "IndicatorPage",
    "IndicatorValue",
    "RememberedReading",
    "RemoteVersion",
    "RequestedDataset",
    "TokenUse",
    "UploadToken",
    "SchemaDetails",
    "SharingTerm",
    "SourceFetch",
    "SpecialRequest",
]
