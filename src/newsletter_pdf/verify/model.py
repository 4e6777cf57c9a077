"""What a proof says."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter_pdf.findings import Findings


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file is held to: its size in bytes from which on to warn and to fail, and what its layout says.

    ``orphans`` and ``widows`` are the fewest lines of a paragraph that the layout leaves at a page's foot, and that it
    carries to the next page's head; where it allows a single one, none is found fault with. ``text_height`` is the
    height of its type area in pt; None where it is not known.

    A megabyte here has 1,000,000 bytes, as mail services and file managers' SI units count it; taken so, a limit is
    never laxer than the mailbox's.
    """

    warn: int = 7_000_000
    fail: int = 15_000_000
    orphans: int = 2
    widows: int = 2
    text_height: float | None = None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One entry of the printed contents, as the PDF shows it.

    ``level`` is 1 section, 2 group, 3 article; ``number`` and ``title`` as printed (number ``""`` when there is none);
    ``printed`` the page number as printed (``""`` when missing). ``page_index`` is the 0-based page of the file on
    which the heading really stands (None when there is no such heading, which is a finding), ``label`` what that page
    is called (then ``""``).
    """

    level: int
    number: str
    title: str
    printed: str
    page_index: int | None
    label: str


@dataclass(frozen=True, slots=True)
class FontUse:
    """One font of the file: its PostScript name, and how many different glyphs of it the pages show.

    ``mapped`` tells that the file says what each of those glyphs means (``ToUnicode``), so that text can be copied.
    """

    name: str
    embedded: bool
    subset: bool
    glyphs: int
    mapped: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome: ``pages`` and ``size`` (bytes) of the file, its SHA-256 in hex, the contents read back, findings.

    ``fonts``, ``characters`` (printed ones, white space aside) and ``images`` are counted on the pages.
    """

    pages: int
    size: int
    sha256: str
    contents: tuple[ContentsEntry, ...]
    findings: Findings
    fonts: tuple[FontUse, ...] = ()
    characters: int = 0
    images: int = 0

    @property
    def good(self) -> bool:
        """True when nothing is wrong that stops the file from going out."""
        return self.findings.good
