"""A DKIM key made for the run of the tests, and the DNS that knows its public half."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

_PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=1024)
KEY = _PRIVATE.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
).decode()
_PUBLIC = base64.b64encode(
    _PRIVATE.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
)


def public_record(name: bytes, timeout: int = 5) -> bytes:
    """What DNS would answer for the key."""
    assert name == b"s1._domainkey.chengguan.example."
    return b"v=DKIM1; k=rsa; p=" + _PUBLIC
