"""Secrets are kept so that the database alone does not tell them."""

from django.test import SimpleTestCase, override_settings

from portal.core.kept_secrets import SecretLost, hide, reveal

OLD, NEW = "khoa-cu-" * 8, "khoa-moi-" * 8


class KeptSecretTests(SimpleTestCase):
    def test_what_is_kept_tells_nothing_and_opens_again(self):
        kept = hide("mã bí mật")

        self.assertNotIn("mật", kept)
        self.assertNotEqual(kept, hide("mã bí mật"))
        self.assertEqual(reveal(kept), "mã bí mật")

    def test_a_changed_key_opens_what_the_one_before_closed_while_that_is_named(self):
        with override_settings(SECRET_KEY=OLD):
            kept = hide("mã")
        with override_settings(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=[OLD]):
            self.assertEqual(reveal(kept), "mã")
        with override_settings(SECRET_KEY=NEW), self.assertRaises(SecretLost):
            reveal(kept)
