"""A security key made of a few lines: it signs what it is asked, and counts as it is told."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class SecurityKey:
    """A key of one site (WebAuthn level 2, 6.1: flags, counter, ES256).

    Attributes:
        count: what it says in its next answer.
    """

    def __init__(self, site="localhost", count=0):
        self.site, self.count = site, count
        self.identity = secrets.token_bytes(16)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def _said(self, kind, options):
        return json.dumps({
            "type": kind, "challenge": options["publicKey"]["challenge"],
            "origin": f"http://{self.site}", "crossOrigin": False,
        }).encode()  # fmt: skip

    def _data(self, flags):
        site = hashlib.sha256(self.site.encode()).digest()
        return site + struct.pack(">BI", flags, self.count)

    def _answer(self, **response):
        return json.dumps({
            "id": b64(self.identity), "rawId": b64(self.identity), "type": "public-key",
            "response": {name: b64(value) for name, value in response.items()},
            "clientExtensionResults": {},
        })  # fmt: skip

    def created(self, options):
        """What a browser hands over when the key is new."""
        point = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"),
                  -3: point.y.to_bytes(32, "big")}  # fmt: skip
        length = struct.pack(">H", len(self.identity))
        data = self._data(0x41) + bytes(16) + length + self.identity + cbor.encode(public)
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", options)
        return self._answer(clientDataJSON=said, attestationObject=attestation)

    def shown(self, options):
        """What a browser hands over when the key is asked."""
        said, data = self._said("webauthn.get", options), self._data(0x01)
        signed = data + hashlib.sha256(said).digest()
        return self._answer(
            clientDataJSON=said,
            authenticatorData=data,
            signature=self._key.sign(signed, ec.ECDSA(hashes.SHA256())),
        )
