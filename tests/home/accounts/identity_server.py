"""A small OpenID Connect server: real HTTP, real signatures, one identity at a time.

It checks what a server checks (client, redirect address, code once, PKCE) and answers with the
claims that a test sets.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "portal", "secret-of-the-portal"


class IdentityServer:
    """Runs in a thread; ``claims`` is who logs in next."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims, self.codes, self.tokens = {}, {}, {}
        handler = type("Handler", (_Handler,), {"identity": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def stop(self):
        self.http.shutdown()
        self.http.server_close()

    def settings(self):
        """Return the portal's setting that leads here."""
        app = {
            "provider_id": "sso",
            "name": "SSO tỉnh",
            "client_id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "settings": {"server_url": self.url, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}

    def discovery(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, query):
        """Log the present identity in; return where the browser is sent."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = (query, dict(self.claims))
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def exchange(self, form):
        """Return the tokens for a code, once."""
        asked, claims = self.codes.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (form["client_id"], form["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            raise KeyError("client")
        if asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
            raise KeyError("challenge")
        now = int(time.time())
        payload = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **claims}
        token = secrets.token_urlsafe(8)
        self.tokens[token] = claims
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": jwt.encode(payload, self.key, "RS256", headers={"kid": "1"}),
        }

    def jwks(self):
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}


class _Handler(BaseHTTPRequestHandler):
    identity = None

    def log_message(self, *args):
        """Say nothing."""

    def do_GET(self):
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/authorize":
            target = self.identity.authorize({key: value[0] for key, value in query.items()})
            self.send_response(302)
            self.send_header("Location", target)
            self.end_headers()
        elif path == "/userinfo":
            token = self.headers["Authorization"].removeprefix("Bearer ")
            self.answer(self.identity.tokens[token])
        elif path == "/jwks":
            self.answer(self.identity.jwks())
        else:
            self.answer(self.identity.discovery())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {key: value[0] for key, value in parse_qs(body).items()}
        try:
            self.answer(self.identity.exchange(form))
        except KeyError:
            self.answer({"error": "invalid_grant"}, 400)

    def answer(self, data, status=200):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
