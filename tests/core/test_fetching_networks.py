"""Which networks may be reached, and how an address is read."""

from django.test import SimpleTestCase, override_settings

from portal.core.fetching.networks import Allowed, is_open, may_reach
from portal.core.fetching.places import read_place
from portal.core.fetching.refusals import FetchRefused

CLOSED = [
    "0.0.0.1",
    "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1", "::", "::1", "fe80::1",
    "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "3fff::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::",
    "100::1",
]  # fmt: skip
OPEN = [
    "8.8.8.8", "1.1.1.1", "2606:4700::1111", "2400:cb00::1", "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]  # fmt: skip


class NetworkTests(SimpleTestCase):
    def test_only_networks_of_everybody_are_open(self):
        for address in CLOSED:
            with self.subTest(address):
                self.assertFalse(is_open(address))
                self.assertFalse(may_reach("x.vn", address, 443, Allowed()))
        for address in OPEN:
            with self.subTest(address):
                self.assertTrue(may_reach("x.vn", address, 443, Allowed()))

    def test_other_ports_than_those_of_web_servers_are_closed(self):
        for port in (22, 25, 3306, 5432, 6379, 11211):
            self.assertFalse(may_reach("x.vn", "8.8.8.8", port, Allowed()))

    @override_settings(PORTAL_FETCH_ALLOWED=["10.20.0.0/16", "may-chu.noi-bo"])
    def test_the_operator_opens_a_network_or_a_name(self):
        allowed = Allowed.by_settings()

        self.assertTrue(may_reach("x.vn", "10.20.3.4", 9000, allowed))
        self.assertTrue(may_reach("x.vn", "::ffff:10.20.3.4", 9000, allowed))
        self.assertFalse(may_reach("x.vn", "10.21.0.1", 80, allowed))
        self.assertTrue(may_reach("may-chu.noi-bo", "192.168.1.9", 8000, allowed))
        for inside in ("127.0.0.1", "169.254.169.254", "::1"):
            self.assertFalse(may_reach("may-chu.noi-bo", inside, 80, allowed))


class PlaceTests(SimpleTestCase):
    def test_what_is_no_http_address_is_refused(self):
        texts = ("", "x", "ftp://a.vn/x", "file:///etc/passwd", "gopher://a.vn", "//a.vn/x",
                 "http://", "http:///x", "http://a.vn\\@b.vn/", "http://a.vn/x y", "http://a\n.vn",
                 "http://ten:mat-khau@a.vn/", "http://[fe80::1%25eth0]/", "http://a.vn:99999/",
                 "javascript:alert(1)", f"http://a.vn/{'x' * 2001}")  # fmt: skip
        for text in texts:
            with self.subTest(text[:40]), self.assertRaises(FetchRefused):
                read_place(text)

    def test_people_are_told_the_address_without_its_query(self):
        place = read_place("HTTPS://Du-Lieu.VN:8443/a/b.csv?key=rat-bi-mat#x")

        self.assertEqual(place.told, "https://du-lieu.vn:8443/a/b.csv")
        self.assertEqual(place.target, "/a/b.csv?key=rat-bi-mat")
