"""A manifest that an outsider can check, and that tells nothing he may not know."""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections
from django.test import LiveServerTestCase, SimpleTestCase
from django.test.testcases import LiveServerThread

from portal.core.models import AuditEntry
from portal.datasets.actions.review import withdraw_version
from portal.datasets.manifests import commitment, seal, table_file
from portal.datasets.models import DatasetColumn, DatasetVersion
from portal.datasets.sealing.checking import checking_code
from portal.datasets.sealing.documents import PARTS
from tests.datasets.datasets_factory import V1, V2, DatasetTestCase
from tests.source_tree import ROOT

CHAIN = "/du-lieu-tai/dan-so/ban-ke-khai.json"
HIDDEN = ("mật một", "Ghi chú nội bộ", "ghi_chu", "can-bo", "dan-so.csv")


def make_old(version):
    """Give ``version`` a manifest as format 1 wrote it."""
    manifest = {
        "format": 1,
        "dataset": {"code": "dan-so", "title": "Dân số", "owner_unit": "x", "provision": ""},
        "version": version.number,
        "period": version.period,
        "original": {"filename": version.filename, "sha256": version.sha256},
        "table": {"sha256": version.table_sha256, "rows": version.row_count},
        "part": version.report.get("part"),
        "schema": version.schema,
        "fixes": [],
        "actors": {"uploaded": {"user": version.uploaded_by.username}},
        "previous": "",
    }
    DatasetVersion.objects.filter(pk=version.pk).update(
        manifest=manifest, manifest_sha256=seal(manifest), manifest_parts={}
    )


class DisclosureTests(DatasetTestCase):
    def chain(self, user=None):
        if user:
            self.client.force_login(user)
        return self.client.get(CHAIN).json()["versions"]

    def test_the_public_gets_the_head_and_the_open_parts_and_no_secret(self):
        version = self.publish()

        answer = self.client.get(CHAIN)

        [told] = answer.json()["versions"]
        self.assertEqual(told["sha256"], seal(told["manifest"]))
        self.assertEqual(set(told["parts"]), {"source", "table"})
        self.assertEqual(told["withheld"], ["private"])
        text = answer.content.decode()
        secrets = (*HIDDEN, self.officer.username, version.sha256, version.table_sha256)
        self.assertEqual([each for each in secrets if each in text], [])

    def test_who_looks_after_it_gets_the_private_part_and_can_check_it(self):
        version = self.publish()

        [told] = self.chain(self.officer)

        private = told["parts"]["private"]
        self.assertEqual(commitment(private), told["manifest"]["parts"]["private"])
        self.assertEqual(private["value"]["original"]["sha256"], version.sha256)
        self.assertEqual(private["value"]["actors"]["uploaded"]["id"], self.officer.pk)
        self.assertEqual(private["value"]["events"][0]["to"], "received")
        self.assertIs(AuditEntry.objects.filter(action="datasets.read_manifest").exists(), True)

    def test_another_unit_gets_what_the_public_gets(self):
        self.publish()

        self.assertEqual(self.chain(self.stranger)[0]["withheld"], ["private"])

    def test_equal_secrets_have_different_hashes(self):
        self.publish()
        self.publish(V1.replace("mật một", "khác"))

        first, second = self.chain()

        for part in PARTS:
            hashes = {told["manifest"]["parts"][part] for told in (first, second)}
            self.assertEqual(len(hashes), 2)

    def test_a_column_withheld_later_takes_hash_and_rows_away_and_the_seal_holds(self):
        self.publish()
        address = self.chain()[0]["table_url"]
        DatasetColumn.objects.filter(dataset=self.dataset, name="ten").update(is_public=False)

        [told] = self.chain()
        answer = self.client.get(address)

        self.assertEqual((told["withheld"], told["table_url"]), (["table", "private"], None))
        self.assertNotIn("Tên", json.dumps(told, ensure_ascii=False))
        self.assertEqual(told["sha256"], seal(told["manifest"]))
        self.assertEqual(answer.status_code, 403)
        self.assertNotContains(answer, "Phường An Bình", status_code=403)
        self.assertIn("không công khai", answer.content.decode())

    def test_a_withdrawn_version_stays_in_the_chain_without_its_rows(self):
        self.publish()
        withdraw_version(self.publish(V2), user=self.verifier, note="Nhầm tệp.")

        told = self.chain()[1]

        self.assertEqual((told["status"], told["table_url"]), ("withdrawn", None))
        answer = self.client.get("/du-lieu-tai/dan-so/2/bang-doi-chieu.jsonl")
        self.assertEqual(answer.status_code, 403)

    def test_of_an_old_manifest_the_public_learns_its_hash_only(self):
        make_old(self.publish())

        [told] = self.chain()
        self.assertEqual((told["format"], told["manifest"]), (1, None))
        self.assertEqual(
            self.client.get("/du-lieu-tai/dan-so/1/bang-doi-chieu.jsonl").status_code, 403
        )
        [inside] = self.chain(self.officer)

        self.assertEqual(seal(inside["manifest"]), told["sha256"])

    def test_what_is_not_shared_with_a_reader_does_not_exist(self):
        self.publish()
        self.dataset.sharing = "named"
        self.dataset.save()

        for address in (CHAIN, "/du-lieu-tai/dan-so/1/ban-ke-khai.json",
                        "/du-lieu-tai/dan-so/1/bang-doi-chieu.jsonl"):  # fmt: skip
            self.assertEqual(self.client.get(address).status_code, 404)

    def test_the_page_leads_to_the_manifests_and_shows_the_program(self):
        self.publish()
        page = self.client.get(self.dataset.get_url())

        self.assertContains(page, CHAIN)
        self.assertContains(page, "/du-lieu-tai/dan-so/1/ban-ke-khai.json")
        self.assertContains(page, "hashlib.sha256()")

    def test_the_open_rows_are_written_byte_by_byte_as_the_documents_say(self):
        name = '=1+1 "x" \\ / , \' \u2028😀'
        quoted = '"' + name.replace('"', '""') + '"'
        self.publish(V1.replace("Phường An Bình", quoted).replace("Bình Minh,20", "Bình Minh,"))

        answer = self.client.get("/du-lieu-tai/dan-so/1/bang-doi-chieu.jsonl")

        [told] = self.chain()
        stored = told["parts"]["table"]["value"]
        lines = [["ma", "ten", "so_luong"], ["01", name, "10"], ["02", "Phường Bình Minh", None]]
        written = "".join(
            json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
        )
        self.assertEqual(answer.getvalue().decode(), written)
        self.assertEqual(hashlib.sha256(written.encode()).hexdigest(), stored["sha256"])


class CommitmentTests(SimpleTestCase):
    def test_a_commitment_binds_salt_and_value(self):
        part = {"salt": "a", "value": {"x": 1}}

        self.assertNotEqual(commitment(part), commitment({**part, "salt": "b"}))
        self.assertNotEqual(commitment(part), commitment({**part, "value": {"x": 2}}))


class SharingServer(ThreadedWSGIServer):
    """Answers over HTTP with the connection of the test, and leaves that open."""

    def _close_connections(self):
        pass


class SharingThread(LiveServerThread):
    server_class = SharingServer


class CheckedFromOutsideTests(LiveServerTestCase, DatasetTestCase):
    """The program of the docs, run by another process over HTTP."""

    server_thread_class = SharingThread

    @classmethod
    def _make_connections_override(cls):
        return {alias: connections[alias] for alias in connections}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
        [cls.code] = re.findall(r"```python\n(.*?)```", text, re.S)

    def setUp(self):
        for signal in (request_started, request_finished):  # as Django's own client does
            signal.disconnect(close_old_connections)
            self.addCleanup(signal.connect, close_old_connections)
        self.first = self.publish()
        self.second = self.publish(V2)

    def check(self, *seals):
        """Return the exit code of the program, and what it said."""
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "kiem-tra.py"
            program.write_text(self.code, encoding="utf-8")
            done = subprocess.run(
                [sys.executable, program, f"{self.live_server_url}{CHAIN}", *seals],
                capture_output=True,
                encoding="utf-8",
                env={"PYTHONIOENCODING": "utf-8"},
                timeout=60,
            )
        return done.returncode, done.stdout + done.stderr

    def change(self, version, **columns):
        """Change a record as somebody would who holds the database."""
        names = ", ".join(f"{name} = %s" for name in columns)
        values = [json.dumps(v) if isinstance(v, dict) else v for v in columns.values()]
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE datasets_datasetversion SET {names} WHERE id = %s",  # noqa: S608
                [*values, version.pk],
            )

    def refused(self, number, *seals):
        code, said = self.check(*seals)
        self.assertEqual(code, 1, said)
        self.assertIn(f"hiên bản {number}", said)
        return said

    def test_the_program_is_the_one_that_the_portal_gives(self):
        self.assertEqual(self.code, checking_code())
        self.assertEqual(self.client.get("/du-lieu-tai/kiem-tra.py").content.decode(), self.code)

    def test_what_is_whole_passes_with_its_tables(self):
        code, said = self.check(self.first.manifest_sha256)

        self.assertEqual(code, 0, said)
        self.assertEqual(said.count("cả bảng tải về"), 2)

    def test_an_old_version_stays_in_the_chain_by_its_hash(self):
        make_old(self.first)
        old = DatasetVersion.objects.get(pk=self.first.pk)
        head = {**self.second.manifest, "previous": old.manifest_sha256}
        self.change(self.second, manifest=head, manifest_sha256=seal(head))

        code, said = self.check()

        self.assertEqual(code, 0, said)
        self.assertIn("chỉ có mã băm", said)

    def test_a_changed_manifest_is_found(self):
        self.change(self.first, manifest={**self.first.manifest, "period": "2020"})

        self.refused(1)

    def test_a_manifest_sealed_anew_is_found_at_the_next(self):
        forged = {**self.first.manifest, "period": "2020"}
        self.change(self.first, manifest=forged, manifest_sha256=seal(forged))

        self.refused(2)

    def test_a_new_version_given_out_as_an_old_one_is_found(self):
        make_old(self.second)

        self.assertIn("cách cũ", self.refused(2))

    def test_a_changed_part_is_found(self):
        parts = dict(self.second.manifest_parts)
        parts["source"] = {**parts["source"], "value": {"provision": "", "title": "Khác"}}
        self.change(self.second, manifest_parts=parts)

        self.assertIn("source", self.refused(2))

    def test_a_changed_row_is_found(self):
        table_file(self.first).write_bytes(table_file(self.second).read_bytes())

        self.assertIn("bảng", self.refused(1))

    def test_a_missing_version_is_found(self):
        self.change(self.first, number=None)

        self.refused(1)

    def test_a_chain_written_anew_is_found_by_who_noted_a_seal(self):
        noted = self.second.manifest_sha256
        self.change(self.second, number=None, status="discarded")
        self.assertEqual(self.check()[0], 0)

        code, said = self.check(noted)

        self.assertEqual(code, 1)
        self.assertIn(noted, said)
