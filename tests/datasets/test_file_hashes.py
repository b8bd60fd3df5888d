"""The hash of a received file is told to those who see all that stands in it, and nobody else."""

import io
import zipfile

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.datasets.models import DatasetColumn
from tests.datasets.datasets_factory import V2, DatasetTestCase, content, make_indicator


class FileHashTests(DatasetTestCase):
    """A column that is not public stands in the file; of two rows its values could be guessed."""

    def setUp(self):
        super().setUp()
        indicator = make_indicator(self.dataset)
        self.version = self.publish()
        code = self.dataset.code
        self.addresses = {
            "page": self.dataset.url,
            "older page": f"{self.dataset.url}?phien-ban=1",
            "row": f"/du-lieu-tai/{code}/1/dong/1/nguon-goc/",
            "figure": f"/so-lieu-chi-tieu/{indicator.code}/nguon-goc/?ky=2025",
            "versions": f"/api/v1/du-lieu/{code}/phien-ban/",
            "package": f"/du-lieu-tai/{code}/1.zip",
        }

    def told(self, name):
        """Return all that an address tells whoever is logged in."""
        body = content(self.client.get(self.addresses[name]))
        if name != "package":
            return body.decode()
        package = zipfile.ZipFile(io.BytesIO(body))
        return "".join(package.read(each).decode() for each in package.namelist())

    def telling(self):
        return {name for name in self.addresses if self.version.sha256 in self.told(name)}

    def test_a_column_out_of_sight_hides_it_everywhere(self):
        self.assertEqual(self.telling(), set())

    def test_a_masked_column_hides_it_as_well(self):
        DatasetColumn.objects.filter(dataset=self.dataset).update(is_public=True)
        DatasetColumn.objects.filter(dataset=self.dataset, name="ten").update(personal="masked")

        self.assertEqual(self.telling(), set())

    def test_who_looks_after_the_dataset_is_told_everywhere(self):
        self.client.force_login(self.officer)

        self.assertEqual(self.telling(), set(self.addresses))

    def test_many_versions_are_told_in_as_many_queries_as_one(self):
        with CaptureQueriesContext(
            connection,
        ) as one:
            self.client.get(self.addresses["versions"])
        self.publish(V2)
        with CaptureQueriesContext(connection) as two:
            self.client.get(self.addresses["versions"])

        self.assertEqual(len(two), len(one))


class OpenFileTests(DatasetTestCase):
    def test_of_open_data_everybody_is_told(self):
        DatasetColumn.objects.filter(dataset=self.dataset, name="ghi_chu").delete()
        version = self.publish("Mã,Tên,Số lượng\n01,Phường An Bình,10\n")

        self.assertContains(self.client.get(self.dataset.url), version.sha256)
        (told,) = self.client.get(f"/api/v1/du-lieu/{self.dataset.code}/phien-ban/").json()
        self.assertEqual(told["sha256"], version.sha256)
