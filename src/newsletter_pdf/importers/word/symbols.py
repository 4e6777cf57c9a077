"""Characters of the symbol fonts → Unicode. In the file they are bytes of a font, often moved to U+F000–U+F0FF."""

from __future__ import annotations

GETA = "〓"
"""What stands for a character that cannot be told: the mark that proofs use for a missing sort."""

# Adobe's Symbol encoding, of which Microsoft's font Symbol is a copy: 0x20–0x7E and 0xA0–0xFE.
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_WINGDINGS = {
    **dict(zip(range(0x28, 0x2B), "☎✆✉", strict=True)),
    **{0x21: "✏", 0x22: "✂", 0x34: "🗎", 0x36: "⌛", 0x3A: "🖥", 0x3F: "✍", 0x46: "☞", 0x45: "☜", 0x47: "☝", 0x48: "☟"},
    **{0x4A: "☺", 0x4C: "☹", 0x54: "❄", 0x52: "☼", 0x51: "✈", 0x5B: "☯", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□"},
    **{0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "☒", 0x7B: "❀"},
    **{0x80: "⓪", 0x8B: "⓿", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "□"},
    **{0xAB: "★", 0xAC: "✴", 0xB6: "★", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔"},
    **{0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    **{0x81 + n: chr(0x2460 + n) for n in range(10)},
    **{0x8C + n: chr(0x2776 + n) for n in range(10)},
}
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0xA3: "□", 0x96: "●", 0x97: "●", 0x98: "●"}
_TABLES: dict[str, dict[int, str]] = {
    "symbol": {
        **{0x20 + n: sign for n, sign in enumerate(_SYMBOL_LOW)},
        **{0xA0 + n: sign for n, sign in enumerate(_SYMBOL_HIGH) if sign != "\0"},
    },
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}


def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of ``font`` are not what their codes say."""
    return (font or "").lower() in {*_TABLES, "wingdings 3", "webdings", "zapfdingbats", "monotype sorts"}


def symbol(code: int, font: str | None) -> str:
    """The character that ``font`` shows for ``code``; :data:`GETA` when it is not known."""
    byte = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = _TABLES.get((font or "").lower())
    if table is not None and byte in table:
        return table[byte]
    private = 0xE000 <= code <= 0xF8FF
    if private or is_symbol_font(font) or not 0x20 <= code < 0x110000 or 0xD800 <= code < 0xE000:
        return GETA
    return chr(code)


# What can be raised or lowered as a character of its own.
_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def raised(text: str, position: str) -> str | None:
    """``text`` in raised or lowered characters (``position`` as in ``w:vertAlign``); None when there are none."""
    table = _RAISED if position == "superscript" else _LOWERED
    return "".join(table[c] for c in text) if text and all(c in table for c in text) else None
