"""What is painted over text or makes it vanish: shapes, strokes, images, transparency groups, soft masks, blending.

All is drawn on one page of running text, over the lines between 380 and 460 pt from the foot.
"""

from __future__ import annotations

from collections.abc import Callable

from mutation_tools import Sample, append, mutation, show
from pikepdf import Array, Dictionary, Name, Object, Pdf

PAGE = 11
BARS = b" ".join(b"130 %d 330 2.2 re f" % y for y in range(380, 460, 3))
LINES = b"2.2 w " + b" ".join(b"130 %d m 460 %d l S" % (y, y) for y in range(380, 460, 3))

# Each hides the text under it, by a path, a pen or a matrix of another kind.
COVERS = {
    "a compound path": b"1 g 140 380 120 80 re 280 380 120 80 re f",
    "a path with a hole elsewhere": b"1 g 130 380 330 80 re 200 120 20 20 re f*",
    "a triangle": b"0.9 g 130 380 m 470 380 l 300 520 l h f",
    "a blob of curves": b"1 g 130 420 m 130 500 460 500 460 420 c 460 340 130 340 130 420 c f",
    "a thick stroke": b"1 G 80 w 130 420 m 460 420 l S",
    "a thick short stroke": b"1 G 330 w 295 380 m 295 460 l S",
    "a dashed stroke without gaps": b"1 G 80 w [50 0] 0 d 130 420 m 460 420 l S",
    "a rectangle's outline": b"1 G 40 w 150 400 290 40 re S",
    "a fill with a stroke": b"1 g 1 G 60 w 200 410 190 20 re B",
    "a closed stroke": b"1 G 40 w 150 400 m 440 400 l 440 440 l 150 440 l s",
    "thin bars": b"1 g " + BARS,
    "thin lines": b"1 G " + LINES,
    "coloured thin bars": b"0.2 0.4 0.9 rg " + BARS,
    "a turned rectangle": b"q 1 g .9848 .1736 -.1736 .9848 160 360 cm 0 0 330 80 re f Q",
    "a skewed rectangle": b"q 1 g 1 0 .5 1 130 380 cm 0 0 250 80 re f Q",
    "a polygon of many corners": b"1 g 130 380 m "
    + b" ".join(b"%d %d l" % (130 + 3 * n, 378 + 4 * (n % 2)) for n in range(111))
    + b" 460 460 l 130 460 l h f",
    "a star by the nonzero rule": b"1 g 295 560 m 201 290 l 452 457 l 138 457 l 389 290 l h f",
    "the ring between two circles": b"1 g 130 380 m 460 380 l 460 460 l 130 460 l h 200 385 m 201 385 l 201 386 l h f*",
    "an inline image": b"q 330 0 0 80 130 380 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff\nEI Q",
    "a turned inline image": b"q 325 57 -14 79 160 350 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff\nEI Q",
    "a mirrored inline image": b"q -330 0 0 -80 460 460 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff\nEI Q",
    "a rectangle drawn in a mirrored space": b"q -1 0 0 -1 460 460 cm 1 g 0 0 m 330 0 l 330 80 l 0 80 l f Q",
    "a fill of the page clipped by a path": b"q 130 380 m 470 380 l 300 520 l h W n 1 g 0 0 600 900 re f Q",
}


def _cover(name: str, content: bytes) -> None:
    @mutation(f"text hidden by {name}", "N703")
    def _(pdf: Pdf, _sample: Sample) -> None:
        append(pdf, PAGE, content)


for _name, _content in COVERS.items():
    _cover(_name, _content)


def _resource(pdf: Pdf, kind: str, name: str, value: Object) -> None:
    resources = pdf.pages[PAGE].Resources
    if f"/{kind}" not in resources:
        resources[f"/{kind}"] = Dictionary()
    resources[f"/{kind}"][f"/{name}"] = value


def _state(pdf: Pdf, name: str, **entries: object) -> None:
    _resource(pdf, "ExtGState", name, pdf.make_indirect(Dictionary(Type=Name.ExtGState, **entries)))


def _form(pdf: Pdf, content: bytes, **entries: object) -> Object:
    """A form as large as the page, with the page's resources."""
    form = pdf.make_stream(content)
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, 596, 842])
    form.Resources = Dictionary({key: value for key, value in pdf.pages[PAGE].Resources.items() if key != "/XObject"})
    for key, value in entries.items():
        form[f"/{key}"] = value
    return pdf.make_indirect(form)


def _group(**entries: object) -> Dictionary:
    return Dictionary(Type=Name.Group, S=Name.Transparency, **entries)


def _shading(pdf: Pdf) -> Dictionary:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([1]), N=1)
    return pdf.make_indirect(
        Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 600, 0]), Function=function,
                   Extend=Array([True, True]))
    )  # fmt: skip


@mutation("text hidden by a shading", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    _resource(pdf, "Shading", "White", _shading(pdf))
    append(pdf, PAGE, b"q 130 380 330 80 re W n /White sh Q")


@mutation("a page hidden by a shading without clip", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    _resource(pdf, "Shading", "White", _shading(pdf))
    append(pdf, PAGE, b"/White sh")


@mutation("text hidden by a tiling pattern", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    tile = pdf.make_stream(b"1 g 0 0 5 5 re f")
    for key, value in {"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 5, "YStep": 5}.items():
        tile[f"/{key}"] = value
    tile.BBox, tile.Resources = Array([0, 0, 5, 5]), Dictionary()
    _resource(pdf, "Pattern", "Tile", pdf.make_indirect(tile))
    append(pdf, PAGE, b"/Pattern cs /Tile scn 130 380 330 80 re f")


@mutation("text hidden by an opaque form", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    _resource(pdf, "XObject", "Cover", _form(pdf, b"1 g 130 380 m 460 380 l 460 460 l 130 460 l f"))
    append(pdf, PAGE, b"/Cover Do")


@mutation("text hidden by an opaque transparency group", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    _state(pdf, "Faint", ca=0.2)
    cover = _form(pdf, b"1 g 130 380 330 80 re f", Group=_group(I=True))
    _resource(pdf, "XObject", "Cover", cover)
    append(pdf, PAGE, b"/Cover Do")


@mutation("text hidden by several translucent shapes", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    _state(pdf, "Half", ca=0.5)
    append(pdf, PAGE, b"/Half gs 1 g " + b"130 380 330 80 re f " * 3)


@mutation("text hidden by black that is multiplied", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    _state(pdf, "Multiply", BM=Name.Multiply)
    append(pdf, PAGE, b"/Multiply gs 0 g 130 380 330 80 re f")


@mutation("text hidden by white that is screened", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    _state(pdf, "Screen", BM=Array([Name.Screen, Name.Normal]))
    append(pdf, PAGE, b"/Screen gs 1 g 130 380 330 80 re f")


@mutation("the middle stroke of flat characters hidden by a bar", "N703")
def _(pdf: Pdf, _sample: Sample) -> None:
    dash = show(pdf, PAGE, "一", size=12)
    append(pdf, PAGE, dash + b" 1 g 98 402.6 16 4 re f")


@mutation("text clipped by a slanting path", "N704")
def _(pdf: Pdf, _sample: Sample) -> None:
    page = pdf.pages[PAGE]
    page.Contents = pdf.make_stream(b"q 0 0 m 596 842 l 0 842 l h W n\n" + page.Contents.read_bytes() + b"\nQ")


# --- text that is not seen -----------------------------------------------------------------------------------------

Prepare = Callable[[Pdf], bytes]


def _vanishing(name: str, prepare: Prepare) -> None:
    """The page's content, behind what ``prepare`` puts in force."""

    @mutation(f"text made invisible by {name}", "N698")
    def _(pdf: Pdf, _sample: Sample) -> None:
        append(pdf, PAGE, prepare(pdf) + b" " + show(pdf, PAGE, "的", size=12))


def _faint_fill(pdf: Pdf) -> bytes:
    _state(pdf, "Odd", ca=0)
    return b"/Odd gs"


def _faint_stroke(pdf: Pdf) -> bytes:
    _state(pdf, "Odd", CA=0.02)
    return b"/Odd gs 1 Tr"


def _pale_and_faint(pdf: Pdf) -> bytes:
    _state(pdf, "Odd", ca=0.2)
    return b"/Odd gs 0.8 g"


def _black_mask(pdf: Pdf) -> bytes:
    mask = Dictionary(S=Name.Luminosity, G=_form(pdf, b"0 g 0 0 596 842 re f", Group=_group(CS=Name.DeviceGray)))
    _state(pdf, "Odd", SMask=mask)
    return b"/Odd gs"


def _white_mask_elsewhere(pdf: Pdf) -> bytes:
    mask = Dictionary(S=Name.Luminosity, G=_form(pdf, b"1 g 300 0 200 200 re f", Group=_group(CS=Name.DeviceGray)))
    _state(pdf, "Odd", SMask=mask)
    return b"/Odd gs"


def _empty_alpha_mask(pdf: Pdf) -> bytes:
    _state(pdf, "Odd", SMask=Dictionary(S=Name.Alpha, G=_form(pdf, b"", Group=_group())))
    return b"/Odd gs"


def _blend(mode: str, colour: bytes) -> Prepare:
    def prepare(pdf: Pdf) -> bytes:
        _state(pdf, "Odd", BM=Name(f"/{mode}"))
        return b"/Odd gs " + colour

    return prepare


def _squeezed(_pdf: Pdf) -> bytes:
    return b"2 Tz"


_vanishing("no opacity", _faint_fill)
_vanishing("a faint stroke", _faint_stroke)
_vanishing("a pale colour that is faint, too", _pale_and_faint)
_vanishing("a black soft mask", _black_mask)
_vanishing("a soft mask that is white elsewhere", _white_mask_elsewhere)
_vanishing("an empty soft mask of opacity", _empty_alpha_mask)
_vanishing("white that is multiplied", _blend("Multiply", b"1 g"))
_vanishing("black that is screened", _blend("Screen", b"0 g"))
_vanishing("black that lightens", _blend("Lighten", b"0 g"))
_vanishing("black as a difference", _blend("Difference", b"0 g"))
_vanishing("colour alone", _blend("Color", b"1 0 0 rg"))
_vanishing("squeezing it", _squeezed)


def _group_with(name: str, state: dict[str, object]) -> None:
    @mutation(f"text in a transparency group of {name}", "N698")
    def _(pdf: Pdf, _sample: Sample) -> None:
        _state(pdf, "Odd", **state)
        form = _form(pdf, b"1 g " + show(pdf, PAGE, "的", size=12) if "BM" in state else show(pdf, PAGE, "的", size=12),
                     Group=_group())  # fmt: skip
        _resource(pdf, "XObject", "Held", form)
        append(pdf, PAGE, b"/Odd gs /Held Do")


_group_with("no opacity", {"ca": 0})
_group_with("almost no opacity", {"ca": 0.05})
_group_with("white that is multiplied", {"BM": Name.Multiply})


@mutation("text in a group that a soft mask hides", "N698")
def _(pdf: Pdf, _sample: Sample) -> None:
    held = _form(pdf, show(pdf, PAGE, "的", size=12), Group=_group())
    hiding = _black_mask(pdf)
    _resource(pdf, "XObject", "Held", held)
    append(pdf, PAGE, hiding + b" /Held Do")
