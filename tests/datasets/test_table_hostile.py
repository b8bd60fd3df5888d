"""Files that are no tables, or were spoiled on their way, are refused and never read so."""

from portal.core.table_files.reading import Reading
from tests.datasets.table_files import TableTestCase, schema_of

SCHEMA = schema_of("ma", "ten")


class HostileFileTests(TableTestCase):
    def codes_of(self, content, **options):
        return [issue.code for issue in self.check(content, SCHEMA, **options).issues]

    def test_binary_files_are_named(self):
        program = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(64)
        program += bytes(range(256)) * 4
        for content in (
            program, b"\x7fELF\x02\x01\x01\x00" + bytes(500), b"ab" + bytes(200) + b"cd,ef\n",
            "ma,ten\n1,2\n".encode("utf-32"),
        ):  # fmt: skip
            with self.subTest(content[:8]):
                self.assertEqual(self.codes_of(content, filename="a.csv"), ["not_a_table"])

    def test_a_text_that_begins_like_a_program_is_a_text(self):
        self.assertEqual(self.codes_of("MZ 1\nma,ten\n1,2\n"), [])

    def test_utf_16_is_no_binary_file(self):
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            with self.subTest(encoding):
                text = "ma,ten\n1,Phường Bắc Giang ở Ứng Hòa\n"
                self.assertEqual(self.codes_of(text.encode(encoding)), [])

    def test_text_decoded_wrongly_before_it_came_is_not_taken(self):
        for word in ("Hà Nội", "Thành phố", "Ứng Hòa", "Đường", "Phú Thọ"):
            garbled = word.encode().decode("cp1252", "replace")
            with self.subTest(garbled):
                found = self.codes_of(f"ma,ten\n1,{garbled}\n", reading=Reading(encoding="utf-8"))
                self.assertIn("unreadable_character", found)

    def test_quotation_marks_and_degrees_are_no_garbling(self):
        self.assertEqual(self.codes_of("ma,ten\n1,«má» và 5°C – “cá” • ±2\n"), [])
