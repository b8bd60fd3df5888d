"""Setting up where files are fetched: a file at an address, or a dataset of another portal."""

from portal.datasets.source_forms.base import Kind
from portal.datasets.source_forms.file import FileSourceForm
from portal.datasets.source_forms.portal import PortalSourceForm

FORMS = {Kind.FILE: FileSourceForm, Kind.PORTAL: PortalSourceForm}
