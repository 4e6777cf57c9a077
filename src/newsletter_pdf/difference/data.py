"""A comparison as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_pdf.difference.model import Altered, Difference, Piece, Side, Spot, Status


def as_json(difference: Difference) -> dict[str, object]:
    """The comparison as plain data; pages are counted from 1, ``label`` is what is printed on them."""
    old, new = difference.old, difference.new
    return {
        "same": difference.same,
        "old": _side(old),
        "new": _side(new),
        "counts": {status.value: difference.count(status) for status in Status},
        "pages": [
            {
                "old": None if pair.old is None else pair.old + 1,
                "new": None if pair.new is None else pair.new + 1,
                "status": pair.status.value,
            }
            for pair in difference.pairs
        ],
        "changes": [
            {
                "kind": change.kind,
                "old": _text(change.old),
                "new": _text(change.new),
                "old_parts": _parts(change.old),
                "new_parts": _parts(change.new),
                "old_place": _spot(old, change.old_spot),
                "new_place": _spot(new, change.new_spot),
            }
            for change in difference.changes
        ],
        "moved_text": [
            {
                "text": move.text,
                "sentences": move.sentences,
                "old_place": _spot(old, move.old_spot),
                "new_place": _spot(new, move.new_spot),
            }
            for move in difference.moves
        ],
        "looks": [
            {"figure": look.figure, "old_place": _spot(old, look.old), "new_place": _spot(new, look.new)}
            for look in difference.looks
        ],
        "restyled": [
            {
                "old": item.old,
                "new": item.new,
                "letters": item.letters,
                "text": item.text,
                "place": _spot(new, item.spot),
            }
            for item in difference.restyled
        ],
        "paragraphs": [
            {"split": item.split, "text": item.text, "place": _spot(new, item.spot)}
            for item in difference.reparagraphed
        ],
        "numbers_moved": [
            {"what": item.what, "text": item.text, "old": item.old, "new": item.new, "place": _spot(new, item.spot)}
            for item in difference.renumbered
        ],
        "running_heads": _altered(difference.margins),
        "links": _altered(difference.links),
        "facts": _altered(difference.facts),
    }


def _side(side: Side) -> dict[str, object]:
    return {"name": side.name, "sha256": side.sha256, "pages": side.pages}


def _text(pieces: Sequence[Piece]) -> str | None:
    return "".join(piece.text for piece in pieces) if pieces else None


def _parts(pieces: Sequence[Piece]) -> list[dict[str, object]]:
    return [{"text": piece.text, "changed": piece.changed} for piece in pieces]


def _spot(side: Side, spot: Spot | None) -> dict[str, object] | None:
    if spot is None:
        return None
    return {"page": spot.page + 1, "label": side.labels[spot.page], "title": spot.title}


def _altered(items: Sequence[Altered]) -> list[dict[str, object]]:
    return [
        {"name": item.name, "old": item.old, "new": item.new, "pages": [page + 1 for page in item.pages]}
        for item in items
    ]
