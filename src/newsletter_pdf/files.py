"""Reading text files without surprises, keeping paths inside a folder, and writing files so that they are never torn.

Reading refuses what an editor has to know of (encoding, size, control characters) with a finding and a remedy; it
never guesses an encoding, as a wrong guess prints wrong characters. Writing goes through a temporary file in the same
folder that is renamed when it is complete and on disk, so a killed process leaves the old file whole.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place, Rule
from newsletter_pdf.findings import source as rules

MAX_BYTES = 2 * 1024 * 1024
"""Largest text file that is read, in bytes: some forty times a long section."""

STAGED_SUFFIX = ".tmp"
"""The end of the names of files that are being written; they begin with a dot and the name that they will have."""
_POLL = 0.05  # seconds between two looks whether a folder is free

# C0 without tab, line feed and carriage return; DEL and C1; the line separators that editors do not show as lines.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
# Zero-width characters, soft hyphen and Hangul fillers. The joiners U+200C and U+200D do not occur in Chinese text.
INVISIBLE = re.compile(r"[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0]")
# Marks, embeddings, overrides and isolates of the bidirectional algorithm (Unicode Annex 9).
DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ANY_HIDDEN = re.compile(f"{CONTROL.pattern}|{INVISIBLE.pattern}|{DIRECTION.pattern}")


def read_text(path: Path, findings: Findings, max_bytes: int = MAX_BYTES) -> str | None:
    r"""Read a UTF-8 text file.

    Returns the text with line ends as ``\n`` and without a byte order mark, or None when nothing can be read. Control
    characters and direction controls are reported (errors) and replaced by a space each, so that places stay true and
    the rest of the file can be checked; zero-width characters are reported (warnings) and left in.
    """
    data = read_bytes(path, findings, max_bytes)
    if data is None:
        return None
    place = Place(file=path)
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        findings.add(rules.EMPTY_FILE.at(place))
        return None
    text = _decode(data, path, findings)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _without_hidden(text, path, findings)


def read_bytes(path: Path, findings: Findings, max_bytes: int) -> bytes | None:
    """Read a regular file of at most ``max_bytes`` bytes, or report why not and return None.

    Anything but a regular file is refused before it is opened: opening a named pipe would wait for ever.
    """
    place = Place(file=path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            findings.add(rules.NOT_A_FILE.at(place, name=path.name))
            return None
        if status.st_size > max_bytes:
            findings.add(rules.TOO_LARGE.at(place, size=human_size(status.st_size), limit=human_size(max_bytes)))
            return None
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        findings.add(rules.FILE_MISSING.at(place, name=path.name))
        return None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        findings.add(rules.UNREADABLE.at(place, name=path.name, reason=reason))
        return None
    if len(data) > max_bytes:
        # The file grew between stat and read.
        findings.add(rules.TOO_LARGE.at(place, size=human_size(len(data)), limit=human_size(max_bytes)))
        return None
    return data


def human_size(count: int) -> str:
    """A size for people: ``900 B``, ``12 KB``, ``5.0 MB`` (1 KB = 1024 bytes)."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def codepoint(character: str) -> str:
    """The code point as Unicode writes it, such as ``U+200B``."""
    return f"U+{ord(character):04X}"


def _decode(data: bytes, path: Path, findings: Findings) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_utf16(data):
        findings.add(rules.LOOKS_UTF16.at(Place(file=path, line=1, column=1)))
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        findings.add(rules.BYTE_ORDER_MARK.at(Place(file=path, line=1, column=1)))
        data = data[3:]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _byte_place(data, error.start, path)
        sample = _gbk_sample(data)
        if sample is not None:
            findings.add(rules.LOOKS_GBK.at(place, sample=sample))
        else:
            findings.add(rules.NOT_UTF8.at(place, byte=f"{data[error.start]:02X}"))
        return None


def _byte_place(data: bytes, position: int, path: Path) -> Place:
    """The place of a byte; all before it is good UTF-8, so the column counts characters."""
    before = data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8")
    return Place(file=path, line=before.count("\n") + 1, column=len(before) - (before.rfind("\n") + 1) + 1)


def _looks_utf16(data: bytes) -> bool:
    """UTF-16 without a mark: every other byte of the ASCII characters is zero, which no text in UTF-8 has."""
    head = data[:512]
    return len(head) >= 8 and (head[0::2].count(0) > len(head) // 8 or head[1::2].count(0) > len(head) // 8)


def _gbk_sample(data: bytes) -> str | None:
    """The first words of what :func:`from_gbk` reads."""
    text = from_gbk(data)
    if text is None:
        return None
    start = next((i for i, character in enumerate(text) if ord(character) > 0x7F), 0)
    return " ".join(text[start : start + 12].split())


def from_gbk(data: bytes) -> str | None:
    """``data`` read as GB 18030 (which contains GBK and GB 2312) when it was meant so, else None.

    Nearly any bytes decode as GB 18030. Text that was meant so has nine in ten of its wide characters in GB 2312, the
    6763 common ones and the punctuation; bytes of another encoding decode mostly to rare ones.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    wide = [character for character in text if ord(character) > 0x7F]
    common = sum(1 for character in wide if _common(character))
    return text if common >= 0.9 * len(wide) and not any(ord(character) < 0x09 for character in text) else None


def _common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        # Dashes, points, ellipses and signs of money are outside GB 2312 in Python's table but common in offices.
        return character in "—·…￥€"
    return True


def _without_hidden(text: str, path: Path, findings: Findings) -> str:
    if _ANY_HIDDEN.search(text) is None:
        return text
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _ANY_HIDDEN.finditer(line):
            place = Place(file=path, line=number, column=match.start() + 1)
            findings.add(hidden_rule(match[0]).at(place, codepoint=codepoint(match[0])))
    return DIRECTION.sub(" ", CONTROL.sub(" ", text))


def hidden_rule(character: str) -> Rule:
    """The rule for a character that one of CONTROL, DIRECTION and INVISIBLE matches."""
    if CONTROL.match(character):
        return rules.CONTROL_CHARACTER
    return rules.DIRECTION_CHARACTER if DIRECTION.match(character) else rules.INVISIBLE_CHARACTER


def confined(path: Path, root: Path) -> Path | None:
    """``path`` with all symbolic links resolved when it lies in ``root`` (or is it), else None.

    A relative path is taken from ``root``. Neither needs to exist. Loops of links count as outside.
    """
    try:
        real_root = root.resolve()
        real = (real_root / path).resolve()
    except (OSError, RuntimeError, ValueError):
        return None
    return real if real.is_relative_to(real_root) else None


def check_confined(path: Path, root: Path, place: Place, findings: Findings) -> Path | None:
    """As :func:`confined`, reporting at ``place`` a path that leaves ``root`` by its text or by a symbolic link."""
    real = confined(path, root)
    if real is not None:
        return real
    lexical = Path(os.path.normpath(root / path))
    rule = rules.LINK_OUTSIDE if lexical.is_relative_to(os.path.normpath(root)) else rules.OUTSIDE_FOLDER
    shown = path.relative_to(root) if path.is_absolute() and path.is_relative_to(root) else path
    findings.add(rule.at(place, path=shown.as_posix(), folder=root.name or root.as_posix()))
    return None


@dataclass(frozen=True, slots=True)
class Staged:
    """A file written whole beside its place ``target``, and on disk, but not yet there."""

    temporary: Path
    target: Path

    def put(self) -> None:
        """Rename it into its place. Raises OSError, leaving the old file untouched."""
        self.temporary.replace(self.target)

    def discard(self) -> None:
        """Remove it when it was not put."""
        with contextlib.suppress(OSError):
            self.temporary.unlink(missing_ok=True)


def stage(path: Path, data: bytes) -> Staged:
    """Write ``data`` to a temporary file in the folder of ``path`` (which must exist) and flush it to disk.

    It takes the old file's permissions (0644 less umask for a new one). A symbolic link is followed: its target is
    meant. Raises OSError and leaves no temporary file behind.
    """
    target = Path(os.path.realpath(path))
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=STAGED_SUFFIX, dir=target.parent)
    staged = Staged(Path(name), target)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            staged.temporary.chmod(_mode_for(target))
            os.fsync(stream.fileno())
    except BaseException:
        staged.discard()
        raise
    return staged


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that at any moment either the old or the whole new file is there.

    As :func:`stage`, then renamed over ``path``, and the folder flushed. Raises OSError, leaving the old file untouched
    and no temporary file behind.
    """
    staged = stage(path, data)
    try:
        staged.put()
    except BaseException:
        staged.discard()
        raise
    sync_folder(staged.target.parent)


class BusyError(OSError):
    """Another process has held a folder for longer than one was ready to wait."""


@contextlib.contextmanager
def locked(folder: Path, patience: float, waiting: Callable[[], None] | None = None) -> Iterator[bool]:
    """Let processes that write to ``folder`` do so one after the other; gives whether the system could see to that.

    ``waiting`` is called once when another process has to be waited for. Raises :class:`BusyError` after ``patience``
    seconds, other OSErrors when the folder cannot be opened. The lock ends with the process, however that ends.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield False
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        held = True
        ends = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= ends:
                    raise BusyError(errno.EBUSY, os.strerror(errno.EBUSY), str(folder)) from None
                if waiting is not None:
                    waiting()
                    waiting = None
                time.sleep(_POLL)
                continue
            except OSError:  # network drives that know no locks
                held = False
            break
        yield held
    finally:
        os.close(handle)


def _mode_for(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk where the system can; Windows and some network drives cannot."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
