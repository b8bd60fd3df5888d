"""A portal that shows its manifests: head, part and rows are checked before anything is taken."""

import hashlib
import json

from portal.datasets.manifests import seal, table_file
from portal.datasets.models import DatasetVersion, DataSource, SourceFetch
from portal.datasets.store import read_rows
from tests.datasets.datasets_factory import COLUMNS, make_dataset
from tests.datasets.sources_factory import SourceCase
from tests.web_server import Answer

Outcome, Status = SourceFetch.Outcome, DataSource.Status
NAMES = ["ma", "ten", "so_luong"]


def written(data):
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Portal:
    """What another portal serves of one dataset, with manifests of format 2."""

    def __init__(self, routes):
        self.routes, self.listed = routes, []

    def publish(self, rows, **changes):
        """Publish a version with ``rows``; ``changes`` are made to its head before it is sealed."""
        number = len(self.listed) + 1
        lines = "".join(f"{written(row)}\n" for row in [NAMES, *rows]).encode()
        table = {"salt": "ab" * 32, "value": {"form": "lines", "columns": [], "rows": len(rows)}}
        table["value"]["sha256"] = hashlib.sha256(lines).hexdigest()
        committed = hashlib.sha256((table["salt"] + written(table["value"])).encode()).hexdigest()
        previous = self.listed[0]["manifest_sha256"] if self.listed else ""
        head = {"format": 2, "dataset": "dan-so", "version": number, "period": "2025"}
        head |= {"previous": previous, "parts": {"table": committed}, **changes}
        told = {"version": number, "format": 2, "sha256": seal(head), "manifest": head}
        told |= {"parts": {"table": table}, "table_url": "https://khac.vn/khong-dung"}
        entry = {"number": number, "period": "2025", "status": "published", "published_at": "x"}
        entry |= {"manifest_sha256": seal(head), "previous_manifest_sha256": previous}
        self.listed.insert(0, entry)
        self.show(number, told)
        self.routes[f"/du-lieu-tai/dan-so/{number}/bang-doi-chieu.jsonl"] = Answer(lines)
        self.routes["/api/v1/du-lieu/dan-so/phien-ban/"] = Answer(json.dumps(self.listed).encode())
        return told

    def show(self, number, told):
        body = json.dumps(told).encode()
        self.routes[f"/du-lieu-tai/dan-so/{number}/ban-ke-khai.json"] = Answer(body)


class SealedTests(SourceCase):
    def setUp(self):
        super().setUp()
        self.portal = Portal(self.server.routes)
        self.local = make_dataset(self.unit, "dan-so-xa", columns=COLUMNS[:3])
        self.portal.publish([["01", "=Phường An Bình", "10"], ["02", None, "1234567"]])
        self.source = self.make_source(
            dataset=self.local,
            kind=DataSource.Kind.PORTAL,
            address=self.server.address,
            remote_code="dan-so",
        )

    def taken(self):
        return DatasetVersion.objects.filter(dataset=self.local).order_by("pk")

    def assertRefused(self):
        before = self.taken().count()
        found = self.fetch(self.source)
        self.source.refresh_from_db()
        self.assertEqual((found.outcome, self.source.status), (Outcome.FAILED, Status.PAUSED))
        self.assertIn("2", found.error)
        self.assertEqual(self.taken().count(), before)

    def test_rows_that_have_the_hash_of_the_manifest_are_taken(self):
        found = self.fetch(self.source)

        version = self.taken().get()
        self.assertEqual((found.error, version.status), ("", "checked"))
        rows = [tuple(row.values())[:3] for row in read_rows(table_file(version))]
        self.assertEqual(rows, [("01", "=Phường An Bình", 10), ("02", None, 1234567)])
        self.assertEqual(version.origin["checked"], "rows")
        self.assertEqual(self.source.remote_versions.get().proof, "rows")

    def test_rows_with_another_hash_are_refused(self):
        self.fetch(self.source)
        self.portal.publish([["01", "x", "1"]])
        self.server.routes["/du-lieu-tai/dan-so/2/bang-doi-chieu.jsonl"] = Answer(
            b'["ma","ten","so_luong"]\n["01","x","2"]\n'
        )
        self.assertRefused()

    def test_a_manifest_that_is_not_the_listed_one_is_refused(self):
        self.fetch(self.source)
        told = self.portal.publish([["01", "x", "1"]])
        for changed in (
            {**told, "manifest": {**told["manifest"], "period": "2024"}},
            {**told, "parts": {"table": {**told["parts"]["table"], "salt": "cd" * 32}}},
            {**told, "manifest": None},
            {**told, "parts": []},
            {"format": 2},
            ["x"],
        ):
            with self.subTest(changed):
                DataSource.objects.update(status="active", failures=0)
                self.source.refresh_from_db()
                self.portal.show(2, changed)
                self.assertRefused()

    def test_a_sealed_head_of_another_place_in_the_chain_is_refused(self):
        self.fetch(self.source)
        self.portal.publish([["01", "x", "1"]], previous="e" * 64)
        self.assertRefused()

    def test_who_showed_manifests_once_must_go_on(self):
        self.fetch(self.source)
        self.portal.publish([["01", "x", "1"]])
        del self.server.routes["/du-lieu-tai/dan-so/2/ban-ke-khai.json"]
        self.assertRefused()

    def test_rows_that_cannot_be_read_are_refused(self):
        for body in (
            b"",
            b"[null]\n",
            b'["ma"]\n["1","2"]\n',
            b'["ma"]\n{"ten": "x"}\n',
            b"\xff\n",
        ):
            with self.subTest(body):
                told = self.portal.publish([])
                number = told["version"]
                path = f"/du-lieu-tai/dan-so/{number}/bang-doi-chieu.jsonl"
                self.server.routes[path] = Answer(body)
                del self.server.routes[f"/du-lieu-tai/dan-so/{number}/ban-ke-khai.json"]
                rows = f"/api/v1/du-lieu/dan-so/phien-ban/{number}/dong/"
                self.server.routes[rows] = Answer(body)
                DataSource.objects.update(status="active", failures=0, begins_with=number)
                self.source.refresh_from_db()
                self.assertEqual(self.fetch(self.source).outcome, Outcome.FAILED)
        self.assertFalse(self.taken().exists())
