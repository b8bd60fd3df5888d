"""Fetching from other servers: what comes, what is refused, and what nobody learns by it."""

import gzip
import io
import os
import socket
import time
from unittest import mock

from django.test import SimpleTestCase, override_settings

from portal.core.fetching.client import Limits, fetch
from portal.core.fetching.refusals import FetchRefused
from tests.web_server import Answer, web_server

SECRET = ("X-Api-Key", "rat-bi-mat")


def named(answers):
    """Let names be looked up as ``answers`` (name → list of addresses per call) says."""
    looked_up, real = [], socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host not in answers:
            return real(host, port, *args, **kwargs)
        looked_up.append(host)
        told = answers[host]
        address = told[min(len(looked_up), len(told)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    return mock.patch("socket.getaddrinfo", look_up), looked_up


@override_settings(PORTAL_FETCH_ALLOWED=["127.0.0.1/32"])
class FetchCase(SimpleTestCase):
    def setUp(self):
        self.server = self.enterContext(web_server())
        self.other = self.enterContext(web_server(host="127.0.0.2"))

    def get(self, path="/a.csv", *, address=None, size=10_000, seconds=5, **more):
        into = io.BytesIO()
        limits = Limits(size, seconds)
        found = fetch(f"{address or self.server.address}{path}", into, limits=limits, **more)
        return found, into.getvalue()

    def refused(self, *args, **kwargs):
        with self.assertRaises(FetchRefused) as caught:
            self.get(*args, **kwargs)
        sentence = str(caught.exception)
        for never in ("127.0.0", "secret words", "rat-bi-mat", "Traceback"):
            self.assertNotIn(never, sentence)
        return caught.exception


class AnswerTests(FetchCase):
    def test_a_file_comes_with_its_hash_and_the_mark_for_next_time(self):
        self.server.routes["/a.csv"] = Answer(b"a,b\n1,2\n", etag='"v1"')

        found, body = self.get()
        again, nothing = self.get(headers={"If-None-Match": '"v1"'})

        self.assertEqual((found.status, found.size, body), (200, 8, b"a,b\n1,2\n"))
        self.assertEqual(len(found.sha256), 64)
        self.assertEqual((again.is_new, nothing), (False, b""))

    def test_what_nobody_asked_to_leave_out_is_no_answer(self):
        self.server.routes["/a.csv"] = Answer(status=304)

        self.assertEqual(self.refused().status, 304)

    def test_faults_of_the_server_are_told_without_its_words(self):
        for status in (401, 404, 418, 429, 500, 503):
            self.server.routes["/a.csv"] = Answer(b"secret words of the server", status)
            with self.subTest(status):
                self.assertEqual(self.refused().status, status)

    def test_a_packed_answer_is_unpacked_and_a_bomb_is_not(self):
        packed = {"Content-Encoding": "gzip"}
        self.server.routes["/a.csv"] = Answer(gzip.compress(b"a,b\n"), headers=packed)
        self.server.routes["/bom"] = Answer(gzip.compress(b"0" * 50_000_000), headers=packed)
        self.server.routes["/lac"] = Answer(b"x", headers={"Content-Encoding": "br"})
        self.server.routes["/cut"] = Answer(gzip.compress(os.urandom(999))[:-20], headers=packed)

        self.assertEqual(self.get()[1], b"a,b\n")
        before = time.process_time()
        self.assertEqual(self.refused("/bom", size=100_000).code, "too_large")
        self.assertLess(time.process_time() - before, 1)
        self.assertEqual(self.refused("/lac").code, "encoding")
        self.assertEqual(self.refused("/cut").code, "broken")

    def test_a_name_of_this_machine_is_refused_until_it_is_named(self):
        self.server.routes["/a.csv"] = Answer(b"x")
        by_name = f"http://localhost:{self.server.port}"
        with override_settings(PORTAL_FETCH_ALLOWED=[]):
            refusal = self.refused(address=by_name)
        unknown = self.refused(address="http://khong-co.invalid")

        self.assertEqual(str(refusal), str(unknown))  # which names exist inside stays unknown
        self.assertEqual(self.server.asked, [])


class LimitTests(FetchCase):
    def test_too_much_is_refused_whether_announced_or_not(self):
        def endless(handler):
            handler.send_response(200)
            handler.end_headers()
            while True:
                handler.wfile.write(b"x" * 4096)

        self.server.routes["/a.csv"] = Answer(b"x" * 10_001)
        self.server.routes["/b.csv"] = endless

        self.assertEqual(self.refused().code, "too_large")
        self.assertEqual(self.refused("/b.csv").code, "too_large")

    def test_a_body_that_breaks_off_is_refused(self):
        def cut(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", "100")
            handler.end_headers()
            handler.wfile.write(b"x" * 50)

        def cut_chunks(handler):
            handler.send_response(200)
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            handler.wfile.write(b"a\r\n0123456789\r\n5\r\n01")

        self.server.routes |= {"/a.csv": cut, "/b.csv": cut_chunks}

        self.assertEqual(self.refused().code, "broken")
        self.assertEqual(self.refused("/b.csv").code, "broken")

    def test_time_is_over_wherever_the_server_dawdles(self):
        def silent(handler):
            time.sleep(30)

        def drop_by_drop(handler):
            handler.send_response(200)
            handler.end_headers()
            for _drop in range(300):
                handler.wfile.write(b"x")
                time.sleep(0.1)

        def head_by_drops(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(300):
                handler.wfile.write(f"X-{number}: 1\r\n".encode())
                time.sleep(0.1)

        self.server.routes |= {"/1": silent, "/2": drop_by_drop, "/3": head_by_drops}
        for path in ("/1", "/2", "/3"):
            with self.subTest(path):
                begun = time.monotonic()
                self.assertEqual(self.refused(path, seconds=1).code, "too_slow")
                self.assertLess(time.monotonic() - begun, 3)

    def test_what_is_no_http_is_refused(self):
        self.server.routes["/a.csv"] = lambda handler: handler.wfile.write(b"secret words\r\n\r\n")

        self.assertEqual(self.refused().code, "broken")


class RedirectTests(FetchCase):
    def lead(self, location, status=302):
        self.server.routes["/a.csv"] = Answer(status=status, headers={"Location": location})

    def test_a_redirection_is_followed_and_checked_again(self):
        self.server.routes["/b.csv"] = Answer(b"here")
        for status in (301, 302, 303, 307, 308):
            self.lead("/b.csv", status)
            self.assertEqual(self.get()[1], b"here")

    def test_a_redirection_into_a_closed_network_is_refused_unasked(self):
        self.other.routes["/"] = Answer(b"inside")
        ways = (f"{self.other.address}/", f"http://[::ffff:127.0.0.2]:{self.other.port}/",
                f"http://2130706434:{self.other.port}/", f"http://0x7f.2:{self.other.port}/",
                f"http://127.2:{self.other.port}/", "http://169.254.169.254/latest/meta-data/",
                "http://[::1]/", "http://10.0.0.1/")  # fmt: skip
        for location in ways:
            with self.subTest(location):
                self.lead(location)
                self.assertEqual(self.refused().code, "unreachable")
        self.assertEqual(self.other.asked, [])

    def test_a_redirection_to_another_scheme_or_without_end_is_refused(self):
        for location in ("file:///etc/passwd", "ftp://a.vn/", "http://a:b@127.0.0.1/", ""):
            self.lead(location)
            self.assertIn(self.refused().code, ("address", "redirects"))
        self.lead("/a.csv")
        self.assertEqual(self.refused().code, "redirects")
        self.assertLessEqual(len(self.server.asked), 10)

    def test_a_secret_goes_to_its_own_server_only(self):
        with override_settings(PORTAL_FETCH_ALLOWED=["127.0.0.0/8"]):
            self.other.routes["/b.csv"] = Answer(b"other")
            self.lead(f"{self.other.address}/b.csv")
            self.get(secret=SECRET)

        self.assertEqual(self.server.asked[-1][1]["X-Api-Key"], "rat-bi-mat")
        self.assertNotIn("X-Api-Key", self.other.asked[-1][1])

    def test_a_secret_goes_over_http_into_named_networks_only(self):
        found, looked_up = named({"mo.vn": ["8.8.8.8"]})
        with found:
            self.assertEqual(self.refused(address="http://mo.vn", secret=SECRET).code, "secret")


class NameTests(FetchCase):
    def test_a_name_is_looked_up_once_and_the_checked_address_is_the_one_asked(self):
        self.server.routes["/a.csv"] = Answer(b"first")
        self.other.routes["/a.csv"] = Answer(b"second")
        found, looked_up = named({"doi-ten.vn": ["127.0.0.1", "127.0.0.2"]})
        with found:
            _found, body = self.get(address=f"http://doi-ten.vn:{self.server.port}")

        self.assertEqual((body, looked_up), (b"first", ["doi-ten.vn"]))
        self.assertEqual(self.server.asked[-1][1]["Host"], f"doi-ten.vn:{self.server.port}")

    def test_a_name_that_changes_between_two_hops_is_checked_again(self):
        self.server.routes["/a.csv"] = Answer(status=302, headers={"Location": "/b.csv"})
        found, looked_up = named({"doi-ten.vn": ["127.0.0.1", "127.0.0.2"]})
        with found:
            refusal = self.refused(address=f"http://doi-ten.vn:{self.server.port}")

        self.assertEqual((refusal.code, len(looked_up)), ("unreachable", 2))
        self.assertEqual(len(self.server.asked), 1)

    def test_a_name_with_one_closed_address_is_refused_whole(self):
        both = [
            (socket.AF_INET, 1, 6, "", ("8.8.8.8", 80)),
            (socket.AF_INET, 1, 6, "", ("10.0.0.1", 80)),
        ]
        with mock.patch("socket.getaddrinfo", return_value=both):
            self.assertEqual(self.refused(address="http://hai-mat.vn").code, "unreachable")

    def test_certificates_are_checked_for_the_name_though_the_number_is_asked(self):
        server = self.enterContext(web_server({"/a.csv": Answer(b"ok")}, certified_for="nguon.vn"))
        found, _looked_up = named({"nguon.vn": ["127.0.0.1"], "khac.vn": ["127.0.0.1"]})
        with found:
            distrusted = self.refused(address=f"https://nguon.vn:{server.port}")
            with mock.patch.dict(os.environ, {"SSL_CERT_FILE": server.certificate}):
                _found, body = self.get(address=f"https://nguon.vn:{server.port}", secret=SECRET)
                other = self.refused(address=f"https://khac.vn:{server.port}")

        self.assertEqual((distrusted.code, body, other.code), ("certificate", b"ok", "certificate"))
        self.assertEqual(server.asked[0][1]["Host"], f"nguon.vn:{server.port}")

    def test_https_does_not_lead_on_to_http(self):
        onward = Answer(status=302, headers={"Location": f"{self.server.address}/b.csv"})
        server = self.enterContext(web_server({"/a.csv": onward}, certified_for="127.0.0.1"))
        with mock.patch.dict(os.environ, {"SSL_CERT_FILE": server.certificate}):
            self.assertEqual(self.refused(address=server.address).code, "redirects")
        self.assertEqual(self.server.asked, [])
