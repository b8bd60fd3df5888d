"""A web server of this machine, for tests of what fetches: it answers as it is told and notes it.

A route is an ``Answer``, or a function that gets the handler and writes what it wants.
"""

import datetime
import ssl
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Answer:
    """What a path is answered with; ``etag`` makes it answer 304 to who has it."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/csv"
    headers: dict = field(default_factory=dict)
    etag: str = ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.routes.get(self.path.partition("?")[0])
        if callable(answer):
            self.close_connection = True
            answer(self)
        else:
            self.write(answer or Answer(b"secret words of the server", 404, "text/plain"))

    def write(self, answer):
        is_known = answer.etag and self.headers.get("If-None-Match") == answer.etag
        self.send_response(304 if is_known else answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if not is_known:
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if not is_known:
            self.wfile.write(answer.body)

    def log_message(self, *args):
        """Keep the tests' output quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Let clients go whenever they want."""


@contextmanager
def web_server(routes=None, *, host="127.0.0.1", certified_for=None):
    """Yield a running server with ``address``, ``routes`` and ``asked`` [(path, headers)].

    With ``certified_for`` (a name) it speaks TLS; ``server.certificate`` is the file to trust.
    """
    server = _Server((host, 0), _Handler)
    server.routes, server.asked = routes or {}, []
    server.port = server.server_address[1]
    scheme = "http"
    with tempfile.TemporaryDirectory() as folder:
        if certified_for:
            scheme, server.certificate = "https", str(_certify(server, certified_for, folder))
        server.address = f"{scheme}://{host}:{server.port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _certify(server, name, folder):
    """Let the server speak TLS with a certificate for ``name`` made on the spot."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    try:
        alternative = x509.IPAddress(ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept = Path(folder) / "certificate.pem"
    kept.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    keys = Path(folder) / "key.pem"
    keys.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(kept, keys)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return kept
