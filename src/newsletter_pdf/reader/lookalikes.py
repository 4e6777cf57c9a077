"""Markup that was meant and is not read: typed with full-width marks, with a space too many or a line too few.

Markdown prints what it does not understand. Here a paragraph is searched for what an editor most likely meant as a
picture, a footnote, a call-out or a table. Code and what is escaped with a backslash was meant as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from newsletter_pdf.findings import Rule
from newsletter_pdf.findings import misread as rules
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.source import CALLOUTS, parse_markdown

_AS_TYPED = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\\[!-/:-@\[-`{-~]", re.S)
_SUFFIX = r"\.(?:svg|png|jpe?g|webp|gif|bmp|tiff?)"
_OPEN, _CLOSE = r"[\[［【〔]", r"[\]］】〕]"
_PICTURE = re.compile(
    rf"(?:([!！])|(?<![ \t\u3000]))([ \t\u3000]*)({_OPEN})([^\]］】〕\n]*)({_CLOSE})[ \t]*([(（])([^\n]*)"
)
_TARGET = re.compile(rf"\s*(?:<\s*)?([^\n<>\"“”＂「」『』‘’']*?{_SUFFIX})\s*>?(.*)", re.I)
_TARGET_END = re.compile(r"(.*)([)）])")
_LINK = re.compile(
    rf"(?<![!！])({_OPEN})(?![\^＾])([^\[\]［］【】〔〕\n]+)({_CLOSE})([ \t\u3000]*)"
    r"([(（])[ \t]*((?:https?://|mailto:)[^\s()（）]*)[ \t]*([)）])"
)
_FARTHER = 300
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_QUOTES = "\"“”＂「」『』‘’' \t\u3000"
_NOTE = re.compile(rf"({_OPEN})\s*([\^＾])\s*([^\]］】〕\s]{{1,20}})\s*({_CLOSE})")
_NOTE_TEXT = re.compile(rf"[ \t]*{_NOTE.pattern}(\s*[:：])")
_TYPED_NOTE = re.compile(r"[\[［【](\d{1,2})[\]］】](?![(（:：])")
_CALLOUT = re.compile(r"[ \t\u3000]*(?=[:：]*：)[:：]{2,}[ \t\u3000]*(.*)")
_BARS = re.compile(r"[|｜]")
_RULE = re.compile(r"[ \t]*[|｜]?[ \t]*[:：]?[-－—–─]+[:：]?[ \t]*(?:[|｜][ \t]*[:：]?[-－—–─]*[:：]?[ \t]*)+")
_HAN = "[一二三四五六七八九十]{1,3}"
_ORDER = re.compile(
    rf"[ \t\u3000]*(?:\(({_HAN}|\d{{1,2}})\)[、，.．]?|（({_HAN}|\d{{1,2}})）[、，.．]|(\d{{1,2}})、(?!\d))"
)


_BULLET = re.compile(r"[ \t\u3000]*([·•●■◆◇▪▸►➢➤])[ \t\u3000]*(?=[^\s·•●■◆◇▪▸►➢➤])")
_SENTENCE_END = re.compile(r"[。！？；][”’」』）)]*[ \t]?$")
_NUMBERED = re.compile(rf"[ \t\u3000]*(?:[(（](?:{_HAN}|\d{{1,2}})[)）]|{_HAN}、|\d{{1,2}}(?:、|[.．](?!\d)))")
# Lines that have a meaning of their own below others: sources, credits, who is quoted, labels, call-outs, notes.
_BELONGS = re.compile(r"[ \t\u3000]*(?:[（(]?来源|供图|摄影|——|—|--|关键词|导读|[:：]{2,}|[|｜\[［!！])")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Something that is not read as it was meant: the 0-based line and column in the paragraph, and its rule."""

    rule: Rule
    line: int
    column: int
    fields: dict[str, object] = field(default_factory=dict)


def lookalikes(text: str) -> list[Lookalike]:
    """What in the source ``text`` of a paragraph was meant as something else, in order of place."""
    masked = _AS_TYPED.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), text)
    found = [
        *_tables(text, masked),
        *_callouts(masked),
        *_pictures(text, masked),
        *_links(text, masked),
        *_notes(masked),
        *_order(masked),
        *_bullets(masked),
        *_joined(masked),
    ]
    return sorted(found, key=lambda one: (one.line, one.column))


def report_lookalikes(context: Context, source: Source, text: str, first: int) -> set[str]:
    """Report all of them in a paragraph whose ``text`` begins in the 0-based line ``first`` of ``source``.

    Returns the labels of the footnotes that the text calls, well or badly.
    """
    found = lookalikes(text)
    lines = text.split("\n")
    for one in found:
        line = lines[one.line]
        # The parser strips what stands before the text of a line, as in a quotation or a list.
        before = max(source.line(first + one.line).find(line), 0)
        context.report(one.rule, source.place(first + one.line, before + one.column), **one.fields)
    return {match[3] for match in _NOTE.finditer(text)}


def misread_labels(lines: Sequence[str]) -> frozenset[str]:
    """The labels of footnotes whose text stands in ``lines`` but is not read as one."""
    return frozenset(match[3] for line in lines if (match := _NOTE_TEXT.match(line)) and not _exact(match))


def is_misread_callout(line: str) -> bool:
    """True for a line that was meant to open or close a call-out, which is an error."""
    return any(one.rule is rules.CALLOUT for one in _callouts(line))


def callout_in_one_line(info: str) -> Lookalike | None:
    """For ``::: 提示 内容 :::``: the call-out that was closed in the line that opens it."""
    if not info.rstrip().endswith(("::", "：：")):
        return None
    name = info.strip().split(maxsplit=1)[0]
    words = {"reason_zh": "开头、内容和结尾写在了一行里", "reason": "its beginning, text and end are on one line"}
    return Lookalike(rules.CALLOUT, 0, 0, {**words, "name": name.rstrip(":：")})


def split_cells(row: str) -> list[str]:
    r"""The cells of a table's row as typed, as GitHub's tables have them: ``\|`` is no border, code is not heeded."""
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip())]
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells


def _at(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1)


def _reads_as(text: str, kind: str) -> bool:
    """True when the parser takes the beginning of ``text`` for an inline of this kind."""
    inline = next((token for token in parse_markdown(text) if token.type == "inline"), None)
    children = (inline.children if inline is not None else None) or []
    return bool(children) and children[0].type == kind


def _pictures(text: str, masked: str) -> Iterator[Lookalike]:
    for match in _PICTURE.finditer(masked):
        bang, gap, _, alt, *_ = match.groups()
        target = _TARGET.match(match[7])
        local = target is not None and not _SCHEME.match(target[1])
        escaped = masked[: match.start()].endswith("\0")
        if not (local or (bang == "!" and not gap)) or (not bang and escaped):
            continue
        if bang == "!" and _reads_as(text[match.start() :], "image"):
            continue
        reasons = list(_mark_reasons(match, target))
        written = '![说明](images/文件名 "图题")'
        if target is not None:
            path = target[1].strip()
            end = _TARGET_END.match(target[2])
            tail = (end[1] if end is not None else target[2]).strip()
            if re.search(r"\s", path) and "<" not in match[7]:
                reasons.append(("图片名里有空格，要用尖括号括起来", "the name has spaces: put it in < >"))
            if tail and not (tail.startswith('"') and tail.endswith('"')):
                reasons.append(("图题前后要用英文引号", "the caption needs plain quotes"))
            written = _written(alt, path, tail.strip(_QUOTES)) or written
        reasons = reasons or [("括号或引号没有成对", "brackets or quotes are not paired")]
        fields = {"reason_zh": "；".join(zh for zh, _ in reasons), "reason": "; ".join(en for _, en in reasons)}
        yield Lookalike(rules.PICTURE, *_at(masked, match.start()), {**fields, "written": written})


def _links(text: str, masked: str) -> Iterator[Lookalike]:
    for match in _LINK.finditer(masked):
        opened, name, closed, gap, bracket, address, end = match.groups()
        plain = opened + closed + bracket + end == "[]()"
        # What follows is parsed no farther than an address may go on: a paragraph can hold many.
        near = text[match.start() : match.end() + _FARTHER]
        if (plain and not gap) or (opened + closed + bracket + gap == "[](" and _reads_as(near, "link_open")):
            continue
        name = text[match.start(2) : match.end(2)]
        brackets = ("括号要用英文的 [ ] ( )", "brackets must be plain [ ] ( )")
        reason = ("方括号与圆括号之间多了空格", "a blank between the brackets") if plain else brackets
        words = {"reason_zh": reason[0], "reason": reason[1]}
        yield Lookalike(rules.LINK, *_at(masked, match.start()), {**words, "written": f"[{name}]({address})"})


def _mark_reasons(match: re.Match[str], target: re.Match[str] | None) -> Iterator[tuple[str, str]]:
    """What is wrong with the marks of a picture, in Chinese and English."""
    bang, gap, opened, _, closed, bracket, _ = match.groups()
    if not bang:
        yield "前面少了英文感叹号 !", "no ! before it"
    elif bang != "!":
        yield "感叹号要用英文的 !", "the ! must be plain"
    if gap and bang:
        yield "感叹号后面多了空格", "a space after the !"
    unclosed = target is not None and "）" in target[2] and ")" not in target[2]
    if opened + closed != "[]" or bracket != "(" or unclosed:
        yield "括号要用英文的 [ ] ( )", "brackets must be plain [ ] ( )"


def _written(alt: str, path: str, caption: str) -> str | None:
    """The picture as it should be written, when the parser agrees."""
    address = f"<{path}>" if re.search(r"[\s()]", path) else path
    title = ' "{}"'.format(caption.replace('"', "”")) if caption else ""
    written = f"![{alt}]({address}{title})"
    return written if "\0" not in written and _reads_as(written, "image") else None


def _exact(note: re.Match[str]) -> bool:
    """True for a footnote mark that is typed as it should be, with the colon when it has one."""
    whole = note[0].strip()
    colon = note[5] if note.re is _NOTE_TEXT else ""
    return whole == f"[^{note[3]}]{':' if colon else ''}"


_NOTE_WORDS = {"reason_zh": "括号、^ 和冒号都要用英文的，中间不空格", "reason": "[ ] ^ : must be plain, without spaces"}


def _notes(masked: str) -> Iterator[Lookalike]:
    for number, line in enumerate(masked.split("\n")):
        text = _NOTE_TEXT.match(line)
        if text is not None and not _exact(text):
            fields = {"written": f"[^{text[3]}]: …", "label": text[3]}
            yield Lookalike(rules.FOOTNOTE, number, text.start(1), {**_NOTE_WORDS, **fields})
        for match in _NOTE.finditer(line, text.end() if text is not None else 0):
            if not _exact(match):
                fields = {"written": f"[^{match[3]}]", "label": match[3]}
                yield Lookalike(rules.FOOTNOTE, number, match.start(), {**_NOTE_WORDS, **fields})
        for match in _TYPED_NOTE.finditer(line):
            yield Lookalike(rules.TYPED_NOTE, number, match.start(), {"written": match[0], "label": match[1]})


def _callouts(masked: str) -> Iterator[Lookalike]:
    for number, line in enumerate(masked.split("\n")):
        match = _CALLOUT.match(line)
        if match is None:
            continue
        name = match[1].strip().rstrip(":：").strip()
        known = next((word for word in CALLOUTS if name.startswith(word)), None)
        if name and known is None:
            yield Lookalike(rules.CALLOUT_PERHAPS, number, 0, {"name": name[:10]})
        else:
            words = {"reason_zh": "冒号要用英文的", "reason": "the colons must be plain"}
            yield Lookalike(rules.CALLOUT, number, 0, {**words, "name": known or "提示"})
        return


def _tables(text: str, masked: str) -> Iterator[Lookalike]:
    r"""A run of lines with bars of which the first begins with one; a single line must end with one too.

    A ``\|`` says that it is none.
    """
    if "\\|" in text:
        return
    lines = [*masked.split("\n"), ""]
    start: int | None = None
    for number, line in enumerate(lines):
        bars = len(_BARS.findall(line))
        if bars >= 2 or (bars and _RULE.fullmatch(line)):
            start = number if start is None else start
            continue
        if start is not None:
            run = [text.strip() for text in lines[start:number]]
            if _is_table(run):
                yield _table(run, start)
                return
            start = None


def _is_table(run: list[str]) -> bool:
    if len(run) > 1:
        return run[0][0] in "|｜" or _RULE.fullmatch(run[1]) is not None
    return run[0][0] in "|｜" and run[0][-1] in "|｜" and len(_BARS.findall(run[0])) > 2


def _table(run: list[str], line: int) -> Lookalike:
    columns = len(split_cells(run[0].replace("｜", "|"))) or 1
    ruled = [text for text in run[1:2] if _RULE.fullmatch(text)]
    if any("｜" in text for text in run):
        zh, en = "竖线要用英文的 |", "the bars must be plain |"
    elif not ruled:
        zh, en = "表头下面少了一行 |---|", "the line |---| below the head is missing"
    elif len(split_cells(ruled[0])) != columns:
        zh, en = "第二行的格数与表头不同", "the second line has another number of cells than the head"
    else:
        zh, en = "第二行要用英文短横 -", "the second line needs plain hyphens"
    return Lookalike(rules.TABLE, line, 0, {"reason_zh": zh, "reason": en, "written": "|" + "---|" * columns})


def _order(masked: str) -> Iterator[Lookalike]:
    for line, text in enumerate(masked.split("\n")):
        match = _ORDER.match(text)
        if match is None or not text[match.end() :].strip():
            continue
        number = match[1] or match[2]
        right = f"（{number}）" if number else f"{match[3]}. "
        yield Lookalike(rules.TYPED_ORDER, line, 0, {"number": match[0].strip(), "right": right})


def _bullets(masked: str) -> Iterator[Lookalike]:
    """The first line that begins with a bullet: who mends it sees the others."""
    for line, text in enumerate(masked.split("\n")):
        if (match := _BULLET.match(text)) is not None:
            yield Lookalike(rules.TYPED_BULLET, line, match.start(1), {"bullet": match[1]})
            return


def _joined(masked: str) -> Iterator[Lookalike]:
    """Lines meant as paragraphs of their own: behind the end of a sentence, or with a number at their head."""
    lines = masked.split("\n")
    found = [
        number
        for number in range(1, len(lines))
        if lines[number].strip()
        and not _BELONGS.match(lines[number])
        and (_SENTENCE_END.search(lines[number - 1]) or _NUMBERED.match(lines[number]))
    ]
    if found:
        yield Lookalike(rules.JOINED_LINES, found[0], 0, {"count": len(found)})
