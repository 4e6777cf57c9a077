"""An opening password before a copy: AES-256, revision 6 of the standard security handler (ISO 32000-2, 7.6.4)."""

from __future__ import annotations

from io import BytesIO


def lock(data: bytes, password: str) -> bytes:
    """The PDF ``data`` with every string and stream encrypted; ``password`` opens it, and then all is permitted.

    Reading aloud, printing, copying stay allowed, as PDF/UA asks (ISO 14289-1, 7.16). The encryption takes random
    numbers, so no two results have the same bytes. Needs pikepdf, of the extra ``mail``. For other processes: both
    values and the result can be pickled. Raises ValueError for a password that is empty or over 127 octets (7.6.4.3.2).
    """
    if not 0 < len(password.encode()) <= 127:
        raise ValueError("an opening password has 1 to 127 octets")
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        encryption = pikepdf.Encryption(owner=password, user=password, R=6, aes=True, metadata=True)
        pdf.save(out, encryption=encryption)
    return out.getvalue()
