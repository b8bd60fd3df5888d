"""What a walk with everybody's rights needs: two units, a client per person, an eye on writing."""

import re

from django.db import connection, transaction
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.foreign_unit import add_foreign_unit
from tests.small_site import build_small_site

STAFF_AREA, LOG_IN, OWN_ACCOUNT = "/quan-tri/", "/dang-nhap/", "/tai-khoan/"
WRITING = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.I)
#: What every request may write: that somebody is there.
BOOK_KEEPING = {"django_session"}


class WrittenTables:
    """Notes the tables that statements write to, while it is called."""

    def __init__(self):
        self.names = set()

    def __call__(self, execute, sql, params, many, context):
        found = WRITING.match(sql)
        if found and found[1] not in BOOK_KEEPING:
            self.names.add(found[1])
        return execute(sql, params, many, context)


def rows_of(tables):
    """Return all rows of ``tables`` in any order, to be compared."""
    found = {}
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


@override_settings(SECURE_SSL_REDIRECT=False)
class RightsCase(TestCase):
    """The small centre and a unit beside it, with everybody logged in."""

    @classmethod
    def setUpTestData(cls):
        cls.site = build_small_site(cls)
        cls.foreign = add_foreign_unit(cls.site, cls)
        cls.people = {**cls.site.people, **cls.foreign.people}
        for user in filter(None, cls.people.values()):
            UserProfile.get_for_user(user)  # made when first asked for, like the settings
        Client().get("/")  # settings of the centre are made when first asked for

    def __getstate__(self):
        """Leave the clients behind: a fault found by one of several processes has to travel."""
        return {name: value for name, value in vars(self).items() if name != "clients"}

    def setUp(self):
        self.clients = {who: Client() for who in self.people}
        for who, user in self.people.items():
            if user is not None:
                self.clients[who].force_login(user)

    def ask(self, who, method, url, data=None):
        """Return the answer to one request, after taking back what it wrote."""
        with transaction.atomic():
            answer = getattr(self.clients[who], method)(url, data)
            answer.body = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer

    def changed_by(self, who, url, data=None):
        """Return the answer to a form, empty unless told, and the tables that it left otherwise.

        What is written and taken back in one request has changed nothing.
        """
        written = WrittenTables()
        with connection.execute_wrapper(written):
            answer = self.ask(who, "post", url, data)
        if not written.names:
            return answer, set()
        with transaction.atomic():
            before = rows_of(written.names)
            self.clients[who].post(url, data)
            after = rows_of(written.names)
            transaction.set_rollback(True)
        return answer, {name for name in written.names if before[name] != after[name]}

    def examples(self, addresses):
        """Yield ``(name, address, side, url)``; what both units share counts as one's own."""
        for name, address in addresses.items():
            own, foreign = (address.kwargs(each) for each in (self.site, self.foreign))
            yield name, address, "own", reverse(name, kwargs=own) + address.query
            if foreign != own:
                yield name, address, "foreign", reverse(name, kwargs=foreign) + address.query


def _wants_a_token(answer, url):
    """Tell whether an address for systems asked for a token, whatever it is an address of."""
    return url.startswith("/api/") and answer.status_code == 401


def is_refusal(answer, who, url):
    """Tell whether ``who`` was turned away, and says nothing of what there is.

    Readers do not learn what there is: outside the staff area the answer is that of an address
    which does not exist. People of the staff area are led back to their start page, and whoever
    asks for the own account without having logged in is led to the log-in.
    """
    is_led_to_log_in = answer.status_code == 302 and answer["Location"].startswith(
        f"{LOG_IN}?next="
    )
    if url.startswith(OWN_ACCOUNT) and who == "anonymous":
        return is_led_to_log_in
    if not url.startswith(STAFF_AREA):
        return answer.status_code == 404 or _wants_a_token(answer, url)
    if who in ("anonymous", "reader"):
        return is_led_to_log_in
    if answer.status_code == 302:
        return answer["Location"] == STAFF_AREA
    return answer.status_code in (403, 404)
