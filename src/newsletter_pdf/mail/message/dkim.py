"""DKIM signatures (RFC 6376) by dkimpy, over a body that is hashed piece by piece and never joined.

dkimpy raises the digest to the private exponent in Python, which takes 6 ms for a key of 2048 bits; ``cryptography``
(OpenSSL) makes the same signature in 0.6 ms and does not tell the key by the time it takes.
"""

from __future__ import annotations

import hashlib
import logging
from base64 import b64encode
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from newsletter_pdf.mail.secrets import Secret

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

# Signed once more than they occur, so that nobody can add another one (RFC 6376, 8.15).
_OVERSIGNED = (b"from", b"to", b"subject", b"date")
_SIGNED = (
    *(b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"mime-version", b"content-type"),
    # RFC 8058, 4 asks for the first two.
    *(b"list-unsubscribe", b"list-unsubscribe-post", b"list-id", b"list-archive"),
)
_LEAST_BITS = 1024
_quiet = logging.getLogger(f"{__name__}.quiet")
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False


class KeyProblemError(ValueError):
    """The key is none that can sign; ``zh`` and ``en`` say why, without any of its text."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Signer:
    """Signs messages with one RSA key: ``relaxed`` headers, ``simple`` body, as relays leave the body alone."""

    def __init__(self, domain: str, selector: str, key: Secret) -> None:
        """Raises :class:`KeyProblemError` when ``key`` is no PEM text of an RSA key of at least 1024 bits."""
        self._domain, self._selector = domain.encode("ascii"), selector.encode("ascii")
        self._key = _rsa_key(key.reveal().encode("ascii", errors="replace"))
        bits = self._key.key_size
        if bits < _LEAST_BITS:
            raise KeyProblemError(f"只有 {bits} 位，太短", f"it has {bits} bits, too few")
        self._pem = _plain_pem(self._key)

    def sign(self, headers: bytes, body: Iterable[bytes]) -> bytes:
        """The field DKIM-Signature with its CRLF, to stand before ``headers``.

        ``headers`` are whole lines that end in CRLF; ``body`` is all that follows the empty line, in pieces, and ends
        in exactly one CRLF.
        """
        digest = hashlib.sha256()
        for piece in body:
            digest.update(piece)
        signer = _signing(headers, b64encode(digest.digest()), self._key)
        present = {line.partition(b":")[0].strip().lower() for line in headers.split(b"\r\n") if line[:1].strip()}
        include = [name for name in _SIGNED if name in present] + [name for name in _OVERSIGNED if name in present]
        signature: bytes = signer.sign(
            self._selector, self._domain, self._pem, canonicalize=(b"relaxed", b"simple"), include_headers=include
        )
        return signature


def _rsa_key(pem: bytes) -> RSAPrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:  # the library's word for a password that is asked for and not given
        raise KeyProblemError(
            "私钥有密码，请另存一份不带密码的", "it is locked by a password; save one without"
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyProblemError("不是 RSA 私钥的 PEM 文字", "it is no PEM text of an RSA private key") from None
    if not isinstance(key, RSAPrivateKey):
        raise KeyProblemError("是别的一种私钥，不是 RSA 的", "it is a private key of another kind than RSA")
    return key


def _plain_pem(key: RSAPrivateKey) -> bytes:
    """The key in the one form that dkimpy reads whatever wrote it: it stumbles over lines that end in CRLF."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


class _Signature(NamedTuple):
    signature: bytes


class _Hand(NamedTuple):
    """Signs a SHA-256 digest (RSASSA-PKCS1-v1_5, RFC 8017, 8.2); has the form of the keys that dkimpy lets sign."""

    key: RSAPrivateKey

    def sign(self, digest: bytes) -> _Signature:
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
        from cryptography.hazmat.primitives.hashes import SHA256

        return _Signature(self.key.sign(digest, PKCS1v15(), Prehashed(SHA256())))


def _signing(headers: bytes, body_hash: bytes, key: RSAPrivateKey) -> Any:
    import dkim

    class Prepared(dkim.DKIM):  # type: ignore[misc]  # dkimpy has no types
        """A signature over a body that was hashed before, by a key that signs by itself."""

        def gen_header(self, fields: Any, names: Any, policy: Any, header: Any, _pem: Any, **options: Any) -> Any:
            """As the parent's, with our hash of the body in the place of the one of the empty body."""
            known = [(tag, body_hash if tag == b"bh" else value) for tag, value in fields]
            # The fields name the algorithm by now; here it says no more than that the key has a method of its own.
            self.signature_algorithm = b"ed25519-sha256"
            return super().gen_header(known, names, policy, header, _Hand(key), **options)

    return Prepared(headers + b"\r\n", logger=_quiet)
