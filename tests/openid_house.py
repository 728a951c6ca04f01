"""A little provider of OpenID Connect over HTTP, with keys of its own, that can also lie.

It owes nothing to the product: tokens are put together here byte by byte.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

CLIENT, SECRET = "guiju", "between us: 100%"
_RSA = rsa.generate_private_key(65537, 2048)
_EC = ec.generate_private_key(ec.SECP256R1())
STRANGER = rsa.generate_private_key(65537, 2048)
"""A key that the provider does not vouch for."""


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _number(value, size=None):
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


def public_pem():
    """The public key as text: what a careless reader takes for the secret of HS256."""
    return _RSA.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def jwks():
    shared, point = _RSA.public_key().public_numbers(), _EC.public_key().public_numbers()
    return {"keys": [
        {"kty": "RSA", "kid": "r", "use": "sig", "n": _number(shared.n), "e": _number(shared.e)},
        {"kty": "EC", "kid": "e", "crv": "P-256",
         "x": _number(point.x, 32), "y": _number(point.y, 32)},
    ]}  # fmt: skip


def _rsa(data, key=_RSA):
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def _ec(data):
    r, s = decode_dss_signature(_EC.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


SIGNERS = {
    "RS256": ("r", _rsa),
    "ES256": ("e", _ec),
    "none": ("r", lambda _data: b""),
    "HS256": ("r", lambda data: hmac.digest(public_pem(), data, "sha256")),
    "stranger": ("r", lambda data: _rsa(data, STRANGER)),
}


def token(claims, how="RS256"):
    kid, sign = SIGNERS[how]
    header = {"alg": "RS256" if how == "stranger" else how, "typ": "JWT", "kid": kid}
    said = ".".join(b64(json.dumps(part).encode()) for part in (header, claims))
    return f"{said}.{b64(sign(said.encode()))}"


class House:
    """What the provider knows, and how it is told to lie.

    Attributes:
        person: the claims of whoever signs in.
        lies: what is changed in the claims of a token; None takes a claim out.
        how: which of SIGNERS signs.
        told: what is changed in its metadata.
        asked: the last address that a browser was sent to.
    """

    def __init__(self, issuer):
        self.issuer = issuer
        self.person = {"sub": "person-7", "preferred_username": "Zhang.San"}
        self.lies, self.how, self.told, self.codes, self.asked = {}, "RS256", {}, {}, ""
        self.is_broken = False

    def metadata(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.told

    def authorize(self, query):
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        said = {"code": code, "state": query["state"], "iss": self.issuer}
        return f"{query['redirect_uri']}?{urlencode(said)}"

    def exchange(self, form, authorization):
        asked = self.codes.pop(form.get("code"), None)
        pair = f"{CLIENT}:between+us%3A+100%25"  # as RFC 6749, 2.3.1 wants it
        right = f"Basic {base64.b64encode(pair.encode()).decode()}"
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            not asked
            or authorization != right
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            return None
        now = int(datetime.now(UTC).timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300,
                  "nonce": asked["nonce"], **self.person, **self.lies}  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "x", "token_type": "Bearer", "id_token": token(claims, self.how)}


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        house, parts = self.server.house, urlsplit(self.path)
        if house.is_broken:
            self._say(b"<html>", 200)
        elif parts.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.send_response(302)
            self.send_header("Location", house.authorize(query))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif parts.path == "/keys":
            self._say(json.dumps(jwks()).encode(), 200)
        else:
            self._say(json.dumps(house.metadata()).encode(), 200)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        found = self.server.house.exchange(form, self.headers.get("Authorization"))
        answer = found or {"error": "invalid_grant"}
        self._say(json.dumps(answer).encode(), 200 if found else 400)

    def _say(self, body, status):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def provider_house():
    """Run a provider on this machine; it is gone when the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.house = House(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.house
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def visit(address):
    """Go where a browser is sent, and return to where the provider leads it back."""
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(_Stay).open(address, timeout=5)
    with answer.value as sent:
        assert sent.code == 302
        return sent.headers["Location"]
