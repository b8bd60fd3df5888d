"""Every address of the portal with everybody, about an own thing and about a foreign one."""

import subprocess
import sys

from django.test import SimpleTestCase, tag

from tests.foreign_unit import MARK
from tests.reach import OWN_UNIT, kind_of
from tests.rights_case import STAFF_AREA, RightsCase, is_refusal
from tests.source_tree import ROOT
from tests.url_words import SENT_ONLY
from tests.urls_table import ADDRESSES

UNDECLARED = (
    "nobody has said who reaches these addresses: add reach=… to their lines in "
    "tests/urls_table.py, whose head tells how"
)


class DeclaredTests(SimpleTestCase):
    def test_every_address_says_who_reaches_it(self):
        silent = [name for name, address in ADDRESSES.items() if address.reach is None]

        self.assertEqual(silent, [], UNDECLARED)


class PaperTests(SimpleTestCase):
    def test_the_document_says_what_the_table_declares(self):
        answer = subprocess.run(
            [sys.executable, "scripts/rights_table.py", "--check"], cwd=ROOT, check=False
        )

        self.assertEqual(answer.returncode, 0, "run .venv/bin/python scripts/rights_table.py")


class Walk(RightsCase):
    """Asks every address as everybody."""

    def each(self, check):
        """Call ``check`` for each address and person with what the table says of them."""
        for name, address, side, url in self.examples(ADDRESSES):
            if address.reach is not None:
                for who in self.people_for(side):
                    with self.subTest(name, who=who, side=side):
                        check(address, who, url, kind_of(who, side), address.reach_of(side))

    def people_for(self, side):
        """Return the people of the walk; to an own thing one of another unit is enough."""
        return [who for who in self.people if side == "foreign" or not who.startswith("foreign_")]


@tag("walk")
class OpeningTests(Walk):
    def test_an_address_opens_to_those_who_reach_it_and_to_no_other(self):
        self.each(self.check_opening)

    def check_opening(self, address, who, url, kind, reach):
        is_sent = address.opens == SENT_ONLY
        answer = self.ask(who, "post" if is_sent else "get", url)
        if kind not in reach:
            self.assertTrue(is_refusal(answer, who, url), _told(answer))
        elif address.opens != 404:
            self.assertFalse(is_refusal(answer, who, url), _told(answer))
        if kind in reach and not is_sent and url.startswith(STAFF_AREA):
            self.assertEqual(answer.status_code, address.opens)
        if not who.startswith("foreign_") and kind in ("other_unit", "reader", "anonymous"):
            self.assertNotIn(MARK, answer.body.decode(errors="replace"))
        if not address.keys and kind in OWN_UNIT:
            self.assertNotIn(MARK, answer.body.decode(errors="replace"))


@tag("walk")
class SendingTests(Walk):
    def people_for(self, side):
        """Return the people of the walk; who acts for no unit stands alike to things of both."""
        people = super().people_for(side)
        if side == "own":
            return people
        return [who for who in people if kind_of(who, "own") != kind_of(who, "foreign")] + [
            "anonymous",
            "outsider",
        ]

    def test_a_form_sent_by_others_changes_nothing(self):
        self.each(self.check_sending)

    def check_sending(self, address, who, url, kind, reach):
        if kind not in (reach if address.sends is None else reach & address.sends):
            answer, changed = self.changed_by(who, url)
            self.assertEqual(changed, set(), _told(answer))

    def test_other_methods_open_no_door(self):
        for name, address, side, url in self.examples(ADDRESSES):
            for who in ("anonymous", "outsider"):
                if address.reach and kind_of(who, side) not in address.reach_of(side):
                    with self.subTest(name, who=who, side=side):
                        self.check_other_methods(who, url)

    def check_other_methods(self, who, url):
        self.assertNotEqual(self.ask(who, "head", url).status_code, 200)
        self.assertNotIn(MARK, self.ask(who, "options", url).body.decode(errors="replace"))


def _told(answer):
    return f"the answer is {answer.status_code} {answer.headers.get('Location', '')}"
