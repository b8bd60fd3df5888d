"""What tests of the import screen share."""

from django.test import TestCase
from django.urls import reverse

from portal.core.roles import Role
from portal.home.setup import ensure_site
from portal.regulations.importing import actions
from portal.regulations.importing.blocks import body_of
from tests.factories import make_user
from tests.regulations.texts import SMALL


def long_text(articles):
    """Return a text with many articles, each of three clauses and three points."""
    lines = ["QUY CHẾ", "Thử nghiệm cỡ lớn", ""]
    for number in range(1, articles + 1):
        lines.append(f"Điều {number}. Việc thứ {number}")
        lines += [f"{clause}. Cơ quan {number} làm việc {clause}." for clause in (1, 2)]
        lines += ["3. Bảo đảm:", "a) Đúng hạn;", "b) Đầy đủ;", "c) Chính xác.", ""]
    return "\n".join(lines)


class ImportTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        ensure_site()
        cls.administrator = make_user(Role.ADMINISTRATOR, first_name="An", last_name="Lê")

    def setUp(self):
        self.client.force_login(self.administrator)

    def bring_in(self, text=SMALL, user=None):
        return actions.bring_in(text, user=user or self.administrator)

    def address(self, name, brought_in, *more):
        return reverse(f"regulations:import_{name}", args=[brought_in.pk, *more])

    def block(self, brought_in, words):
        brought_in.refresh_from_db()
        blocks = brought_in.working["blocks"]
        return next(block for block in blocks if words in body_of(block))

    def send(self, brought_in, verb, block, revision=None, **values):
        brought_in.refresh_from_db()
        return self.client.post(
            self.address("correct", brought_in),
            {
                "verb": verb,
                "block": block["id"],
                "revision": brought_in.revision if revision is None else revision,
                **values,
            },
        )
