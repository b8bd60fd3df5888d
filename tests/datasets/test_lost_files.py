"""A file that the portal kept is gone or damaged: readers are told, nothing else suffers."""

import json
from pathlib import Path

from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.datasets.manifests import table_path
from portal.datasets.rows.copies import copy_path, files_of, reading_copy
from portal.datasets.schemas import schema_of
from tests.datasets.datasets_factory import DatasetTestCase


class LostFilesTests(DatasetTestCase):
    def setUp(self):
        self.dataset.sharing = "public"
        self.dataset.save_revision().publish()
        self.version = self.publish()
        self.page = self.dataset.get_url()
        self.rows = f"/api/v1/du-lieu/{self.dataset.code}/dong/"
        for path in files_of(copy_path(self.version)):
            path.unlink(missing_ok=True)

    def told(self, address):
        """Return what an address answers that cannot, and what the log has of it."""
        with self.assertLogs("portal.core.lost_files", "CRITICAL") as log:
            answer = self.client.get(address)
        self.assertEqual(answer.status_code, 503)
        [line] = log.output
        return answer, line

    def test_a_lost_table_is_told_on_the_page_and_by_the_api(self):
        table_path(self.version).unlink()

        page, line = self.told(self.page)
        self.assertContains(page, "bị mất hoặc hư hỏng", status_code=503)
        self.assertIn(str(table_path(self.version)), line)
        self.assertNotContains(page, table_path(self.version).name, status_code=503)
        answer, line = self.told(self.rows)
        number = line.split("Incident ")[1].split()[0]
        self.assertIn(number, answer.json()["detail"])

    def test_a_damaged_table_as_well(self):
        table_path(self.version).write_bytes(b"PAR1, no more")

        self.told(self.page)
        self.told(self.rows)

    def test_readers_of_the_copy_go_on(self):
        reading_copy(self.version)
        table_path(self.version).unlink()

        self.assertEqual(self.client.get(self.page).status_code, 200)
        self.assertEqual(self.client.get(self.rows).status_code, 200)

    def test_a_lost_received_file_is_told(self):
        Path(self.version.file.path).unlink()
        self.client.force_login(self.officer)

        self.told(reverse("datasets:original", args=[self.version.pk]))

    def test_commands_leave_with_a_sentence(self):
        schema = schema_of(self.dataset).to_frictionless()
        schema["fields"][1] = {"name": "ten", "type": "integer"}
        changed = table_path(self.version).with_suffix(".json")
        changed.write_text(json.dumps(schema), encoding="utf-8")
        table_path(self.version).unlink()

        self.assertIn("Tệp bảng bị mất", self.command_refused("export_dataset", self.dataset.code))
        words = ["--schema", str(changed), "--unit", self.unit.code]
        told = self.command_refused("define_dataset", self.dataset.code, *words)
        self.assertIn(table_path(self.version).name, told)

    def test_the_audit_names_it_whatever_is_asked_of_the_copies(self):
        reading_copy(self.version)
        table_path(self.version).unlink()

        for options in ([], ["--remake-copies"]):
            with self.subTest(options), self.assertRaisesMessage(CommandError, "Tệp bảng bị mất"):
                call_command("verify_audit", self.dataset.code, *options)
