"""Sources, a server to fetch from, and the clock's turn, for tests of what is fetched."""

from datetime import datetime, timedelta

from django.test import override_settings
from django.utils import timezone

from portal.datasets.actions.fetching import close_lost_fetches, fetch_due_sources
from portal.datasets.actions.sources import ask_now, set_up_source
from portal.datasets.models import DataSource
from tests.datasets.datasets_factory import V1, DatasetTestCase
from tests.web_server import Answer, web_server

HERE = override_settings(PORTAL_FETCH_ALLOWED=["127.0.0.1/32"])


@HERE
class SourceCase(DatasetTestCase):
    """A unit whose head lets files be fetched from a server of this machine."""

    def setUp(self):
        self.server = self.enterContext(web_server({"/a.csv": Answer(V1.encode(), etag='"1"')}))

    def make_source(self, path="/a.csv", *, user=None, dataset=None, **settings):
        words = {"title": "Kho số liệu", "address": f"{self.server.address}{path}", **settings}
        kind = words.pop("kind", DataSource.Kind.FILE)
        with self.captureOnCommitCallbacks(execute=True):
            return set_up_source(
                dataset or self.dataset, user=user or self.head, kind=kind, **words
            )

    def fetch(self, source, user=None):
        """Have the source fetched by a person; return the fetch as it ended."""
        with self.captureOnCommitCallbacks(execute=True):
            found = ask_now(source, user=user or self.head)
        found.refresh_from_db()
        return found

    def turn(self, now=None):
        """Let the clock have its turn; return how many fetches it started."""
        with self.captureOnCommitCallbacks(execute=True):
            close_lost_fetches(now)
            return fetch_due_sources(now)

    def turn_when_due(self, source):
        """Let the clock have its turn a moment after the source is due."""
        source.refresh_from_db()
        return self.turn(source.next_at + timedelta(seconds=1))


def moment(text):
    """Return the moment of a local ``YYYY-MM-DD HH:MM``."""
    return timezone.make_aware(datetime.fromisoformat(text))
