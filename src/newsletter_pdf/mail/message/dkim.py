"""DKIM signatures (RFC 6376) by dkimpy, over a body that is hashed piece by piece and never joined."""

from __future__ import annotations

import hashlib
import logging
from base64 import b64encode
from collections.abc import Iterable
from typing import Any

from newsletter_pdf.mail.secrets import Secret

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
        from dkim.crypto import UnparsableKeyError, parse_pem_private_key

        self._domain, self._selector = domain.encode("ascii"), selector.encode("ascii")
        self._pem = key.reveal().encode("ascii", errors="replace")
        try:
            parsed = parse_pem_private_key(self._pem)
            bits = int(parsed["modulus"]).bit_length()
        except (UnparsableKeyError, KeyError, ValueError, TypeError, IndexError):
            raise KeyProblemError("不是 RSA 私钥的 PEM 文字", "it is no PEM text of an RSA private key") from None
        if bits < _LEAST_BITS:
            raise KeyProblemError(f"只有 {bits} 位，太短", f"it has {bits} bits, too few")

    def sign(self, headers: bytes, body: Iterable[bytes]) -> bytes:
        """The field DKIM-Signature with its CRLF, to stand before ``headers``.

        ``headers`` are whole lines that end in CRLF; ``body`` is all that follows the empty line, in pieces, and ends
        in exactly one CRLF.
        """
        digest = hashlib.sha256()
        for piece in body:
            digest.update(piece)
        signer = _signing(headers, b64encode(digest.digest()))
        present = {line.partition(b":")[0].strip().lower() for line in headers.split(b"\r\n") if line[:1].strip()}
        include = [name for name in _SIGNED if name in present] + [name for name in _OVERSIGNED if name in present]
        signature: bytes = signer.sign(
            self._selector, self._domain, self._pem, canonicalize=(b"relaxed", b"simple"), include_headers=include
        )
        return signature


def _signing(headers: bytes, body_hash: bytes) -> Any:
    import dkim

    class Prepared(dkim.DKIM):  # type: ignore[misc]  # dkimpy has no types
        """A signature over a body that was hashed before."""

        def gen_header(self, fields: Any, *arguments: Any, **options: Any) -> Any:
            """As the parent's, with our hash of the body in the place of the one of the empty body."""
            known = [(tag, body_hash if tag == b"bh" else value) for tag, value in fields]
            return super().gen_header(known, *arguments, **options)

    return Prepared(headers + b"\r\n", logger=_quiet)
