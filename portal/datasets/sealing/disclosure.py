"""What of the manifests a reader is shown: always the sealed head, and each part he may see."""

from django.urls import reverse

from portal.core.canonical import canonical
from portal.core.models.page import may_read
from portal.datasets.access import READABLE, may_see_all
from portal.datasets.published import provision_for
from portal.datasets.readers import reader_of
from portal.datasets.sealing.documents import PARTS, PRIVATE, SOURCE, TABLE
from portal.datasets.sights import open_columns

#: What manifests are shown without.
_UNREAD = ("report", "difference", "impact", "reading")


def sealed_versions(dataset):
    """Return the versions that ever were published, the first first, with what is shown of them."""
    versions = dataset.versions.published_ever().select_related("unit").defer(*_UNREAD)
    return versions.order_by("number")


class Reader:
    """One visitor before the manifests of one dataset."""

    def __init__(self, request, dataset):
        self.request, self.dataset = request, dataset
        self.is_inside = may_see_all(request.user, dataset)
        reader = reader_of(request)
        # A grant gives some columns and rows, never the whole of what was sealed.
        self._reads_rows = reader.looks_after(dataset) or reader.is_shared_by_default(dataset)
        self._reads_provision = provision_for(dataset, request) is not None
        self._open = {}

    def told(self, version):
        """Return what is shown of one version, as plain data."""
        told = {
            "version": version.number,
            "format": version.manifest.get("format", 1),
            "status": version.status,
            "sha256": version.manifest_sha256,
        }
        if version.manifest.get("format", 1) == 1:
            shown = version.manifest if self.is_inside else None
            return {**told, "manifest": shown, "parts": {}, "withheld": [], "table_url": None}
        shown = [name for name in PARTS if self._may_see(name, version)]
        return {
            **told,
            "manifest": version.manifest,
            "parts": {name: version.manifest_parts[name] for name in shown},
            "withheld": [name for name in PARTS if name not in shown],
            "table_url": self._table_url(version) if TABLE in shown else None,
        }

    def may_have_table(self, version):
        """Return whether the rows may be had that the manifest of ``version`` has the hash of."""
        columns = version.manifest_parts[TABLE]["value"]["columns"]
        if version.status not in READABLE or not self._reads_rows or not columns:
            return False
        return self.is_inside or {column["name"] for column in columns} <= self._open_in(version)

    def _may_see(self, name, version):
        if self.is_inside:
            return True
        if name == PRIVATE:
            return False
        value = version.manifest_parts[name]["value"]
        if name == SOURCE:
            is_cited = bool(value["provision"])
            return may_read(version.unit, self.request) and (self._reads_provision or not is_cited)
        return self.may_have_table(version) or not value["columns"]

    def _open_in(self, version):
        """Return the names of the columns of a version that everybody may read today."""
        schema = canonical(version.schema)
        if schema not in self._open:
            columns = open_columns(self.dataset, version)
            self._open[schema] = frozenset(column.name for column in columns)
        return self._open[schema]

    def _table_url(self, version):
        if not self.may_have_table(version):
            return None
        address = reverse("sealed_table", args=[self.dataset.code, version.number])
        return self.request.build_absolute_uri(address)


def chain_told(request, dataset):
    """Return all manifests of a dataset, the first first."""
    reader = Reader(request, dataset)
    versions = sealed_versions(dataset).iterator(chunk_size=100)
    return {"dataset": dataset.code, "versions": [reader.told(version) for version in versions]}
