"""When the system itself fails, the answer is a sentence with a number that the log has too."""

import re
import tempfile

from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import RequestFactory, SimpleTestCase, override_settings
from django.utils.functional import empty

from portal.home.views import server_error

MANIFEST = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


class ServerErrorTests(SimpleTestCase):
    def told(self):
        """Return the answer, and the number in the log."""
        with self.assertLogs("portal.home.views", "ERROR") as log:
            answer = server_error(RequestFactory().get("/du-lieu/"))
        self.assertEqual(answer.status_code, 500)
        return answer.content.decode(), re.search(r"Incident (\w{8}) at /du-lieu/", log.output[0])[
            1
        ]

    def test_the_page_quotes_the_number(self):
        said, number = self.told()

        self.assertIn(number, said)
        self.assertIn("<h1>", said)

    def test_without_static_files_there_is_a_sentence_still(self):
        """After an upgrade whose files nobody collected no page can be written."""
        with tempfile.TemporaryDirectory() as folder:
            with override_settings(STORAGES=MANIFEST, STATIC_ROOT=folder, DEBUG=False):
                staticfiles_storage._wrapped = empty
                said, number = self.told()
            staticfiles_storage._wrapped = empty

        self.assertIn(number, said)
        self.assertIn("sự cố", said)
        self.assertNotIn("<", said)
