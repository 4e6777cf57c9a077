"""Checks YAML nodes against declared shapes and gives plain values; every problem is a finding at its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import fields as rules
from newsletter_pdf.findings import markup as markup_rules
from newsletter_pdf.findings import source as source_rules
from newsletter_pdf.model import Block
from newsletter_pdf.reader.context import TEMPLATE, Context, Source, good_address
from newsletter_pdf.reader.dates import date_trouble, read_date
from newsletter_pdf.reader.listforms import field_with_wrong_colon, split_keywords, wrong_item, wrong_list
from newsletter_pdf.reader.rulelevels import rule_level
from newsletter_pdf.reader.shapes import (
    Address,
    Anything,
    Choice,
    Date,
    Field,
    Integer,
    Kind,
    ListOf,
    Numbers,
    Picture,
    Prose,
    Raw,
    RuleLevels,
    Shape,
    Text,
)
from newsletter_pdf.source import (
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    join_lines,
    plain_value,
    without_inner_spaces,
)

_DIGITS = re.compile(r"[0-9]{1,9}")
_WORDS = {
    YamlScalar: ("文字", "text"),
    YamlSequence: ("列表（各项以「- 」开头）", "a list"),
    YamlMapping: ("一组「字段: 内容」", "a set of keys"),
}
_SCALAR_WORDS: dict[type[object], tuple[str, str]] = {Integer: ("整数", "a whole number"), Date: ("日期", "a date")}


class _Invalid:
    """Stands for a value that was reported."""


INVALID = _Invalid()


class Validator:
    """Validates the values of one YAML file or front matter.

    ``prose`` reads Markdown in a scalar, ``picture`` checks the path of one; both report what they refuse.
    """

    def __init__(
        self,
        context: Context,
        source: Source,
        prose: Callable[[YamlScalar, bool], tuple[Block, ...]],
        picture: Callable[[str, Place], Path | None],
    ) -> None:
        self.context = context
        self.source = source
        self.prose = prose
        self.picture = picture

    def mapping(self, node: YamlMapping, shape: Shape) -> dict[str, object]:
        """The values of the fields that are given and good, by key; missing and unknown keys are reported."""
        values: dict[str, object] = {"place": node.place} if shape.placed else {}
        given: set[str] = set()
        meant: set[str] = set()
        for key, value in node:
            field = shape.field(key.text)
            if field is None:
                meant.update(self._unknown(key, shape))
                continue
            given.add(key.text)
            result = self._field(field, key, value)
            if not isinstance(result, _Invalid):
                values[key.text] = result
        if shape.one_of and len(given) != 1:
            kinds = "、".join(field.key for field in shape.fields)
            self.context.report(rules.ONE_BLOCK_KIND, node.place, kinds=kinds)
        for field in shape.fields:
            # A misspelt key is one mistake: what it was meant for is not missing too.
            if field.required and field.key not in given | meant:
                self.context.report(rules.MISSING_KEY, node.place, key=field.key, label=field.label)
        return values

    def _unknown(self, key: YamlScalar, shape: Shape) -> list[str]:
        """Report an unknown key; the keys that were probably meant, nearest first."""
        keys = [field.key for field in shape.fields]
        near = difflib.get_close_matches(key.text.strip().lower(), keys, n=1, cutoff=0.55)
        near += [field.key for field in shape.fields if key.text and key.text in field.label]
        if near:
            nearest = (f"是不是「{near[0]}」？", f"Did you mean “{near[0]}”?")
        else:
            nearest = ("可用的字段：" + "、".join(keys), "Known keys: " + ", ".join(keys))
        fields = {"key": key.text[:40], "nearest_zh": nearest[0], "nearest_en": nearest[1]}
        self.context.report(rules.UNKNOWN_KEY, key.place, **fields)
        return near[:1]

    def _field(self, field: Field, key: YamlScalar, value: YamlNode) -> object:
        if isinstance(value, YamlScalar) and (value.is_null or not value.text.strip()):
            comment = self._comment_after(key)
            if field.required or comment:
                self._empty(field.key, value.place if value.place.column else key.place, comment)
            elif isinstance(field.kind, ListOf | Prose):
                self.context.report(rules.EMPTY_LIST, key.place, key=field.key, label=field.label)
            return INVALID
        return self.value(field.kind, value, field.key)

    def _empty(self, key: str, place: Place, comment: bool) -> None:
        comment_zh = "；# 号开头的内容会被当成注释，要加引号" if comment else ""
        comment_en = "; what begins with # is a comment, put it in quotes" if comment else ""
        self.context.report(rules.EMPTY_VALUE, place, key=key, comment_zh=comment_zh, comment_en=comment_en)

    def _comment_after(self, key: YamlScalar) -> bool:
        """True when a value seems lost as a comment: ``accent: #9b1c1f`` (``# like this`` is a comment)."""
        line = self.source.line((key.place.line or 1) - self.source.first)
        return re.search(rf"{re.escape(key.text)}['\"]?\s*:\s+#\S", line) is not None

    def value(self, kind: Kind, node: YamlNode, key: str) -> object:
        """The value of one node, or INVALID after reporting why not."""
        match kind:
            case ListOf():
                return self._list(kind, node, key)
            case Shape():
                return self._shape(kind, node, key)
            case Anything() | Numbers():
                return self._anything(node, key)
            case RuleLevels():
                return self._rule_levels(node, key)
            case _ if not isinstance(node, YamlScalar):
                return self._wrong(YamlScalar, node, key, _SCALAR_WORDS.get(type(kind)))
            case Text():
                return self._text(kind, node, key)
            case Raw():
                return self._limited(node.text.strip(), kind.limit, node, key)
            case Address():
                return self._address(node, key)
            case Prose():
                return self.prose(node, kind.lists)
            case Integer():
                return self._integer(kind, node, key)
            case Date():
                return self._date(node)
            case Choice():
                return self._choice(kind, node, key)
            case Picture():
                return self.picture(node.text.strip(), node.place) or INVALID

    def _wrong(
        self, expected: type[YamlNode], node: YamlNode, key: str, words: tuple[str, str] | None = None
    ) -> _Invalid:
        (expected_zh, expected_en), (found_zh, found_en) = words or _WORDS[expected], _WORDS[type(node)]
        fields = {"expected": expected_en, "expected_zh": expected_zh, "found": found_en, "found_zh": found_zh}
        self.context.report(rules.WRONG_TYPE, node.place, key=key, **fields)
        return INVALID

    def _list_form(self, reason: tuple[str, str] | None, node: YamlNode, key: str) -> None:
        if reason is not None:
            self.context.report(rules.LIST_FORM, node.place, key=key, reason_zh=reason[0], reason=reason[1])

    def _list(self, kind: ListOf, node: YamlNode, key: str) -> object:
        if isinstance(node, YamlScalar):
            self._list_form(wrong_list(node.text), node, key)
        if isinstance(node, YamlScalar) and kind.split and isinstance(kind.item, Text):
            text = self._text(Text(limit=2000), node, key)
            return text if isinstance(text, _Invalid) else split_keywords(str(text))
        if not isinstance(node, YamlSequence):
            if not kind.single:
                return self._wrong(YamlSequence, node, key)
            node = YamlSequence((node,), node.place)
        if kind.filled and not node.items:
            self._empty(key, node.place, comment=False)
            return INVALID
        values = []
        for item in node.items:
            if isinstance(item, YamlScalar) and (item.is_null or not item.text.strip()):
                self._empty(key, item.place, comment=False)
                continue
            if isinstance(item, YamlScalar):
                self._list_form(wrong_item(item.text, kind), item, key)
            value = self.value(kind.item, item, key)
            if not isinstance(value, _Invalid):
                values.append(value)
        return tuple(values)

    def _shape(self, shape: Shape, node: YamlNode, key: str) -> object:
        if isinstance(node, YamlScalar) and shape.shorthand is not None:
            if typed := field_with_wrong_colon(node, shape):
                words = {"problem": f"“{typed}” needs a plain colon and a space after it"}
                zh = f"「{typed}」后面的冒号要用英文的「:」，后面空一格"
                self.context.report(source_rules.YAML_SYNTAX, node.place, problem_zh=zh, **words)
                return INVALID
            name = YamlScalar(shape.shorthand, node.place)
            return self.mapping(YamlMapping(((name, node),), node.place), shape)
        if not isinstance(node, YamlMapping):
            return self._wrong(YamlMapping, node, key)
        return self.mapping(node, shape)

    def _anything(self, node: YamlNode, key: str) -> object:
        if not isinstance(node, YamlMapping):
            return self._wrong(YamlMapping, node, key)
        for name, value in node:
            if isinstance(value, YamlScalar) and value.is_null:
                self._empty(name.text, name.place, self._comment_after(name))
        return plain_value(node)

    def _rule_levels(self, node: YamlNode, key: str) -> object:
        if not isinstance(node, YamlMapping):
            return self._wrong(YamlMapping, node, key)
        found = {name.text: rule_level(self.context, name, value) for name, value in node}
        return {name: level for name, level in found.items() if level is not None}

    def _text(self, kind: Text, node: YamlScalar, key: str) -> object:
        text = join_lines(self.context.printable(node.text, scalar_places(node, self.source)))
        if kind.form is None and not kind.person:
            self._note(node)
        match = TEMPLATE.search(text)
        if match is not None:
            self.context.report(markup_rules.TEMPLATE_COMMAND, node.place, code=match[0])
        if kind.form is not None and not kind.form.fullmatch(text):
            fields = {"value": text[:60], "rule_zh": kind.form_zh, "rule_en": kind.form_en}
            self.context.report(rules.BAD_FORMAT, node.place, key=key, **fields)
            return INVALID
        if kind.person and (name := without_inner_spaces(text)) != text:
            self.context.report(rules.NAME_SPACED, node.place, value=text, name=name)
            text = name
        return self._limited(text, kind.limit, node, key)

    def _note(self, node: YamlScalar) -> None:
        """Note the words of a value, with true places where it is written as it reads."""
        passage = self.context.passage(self.source)
        inner = scalar_source(node, self.source)
        for index, line in enumerate(inner.lines):
            if index:
                passage.add_mark("\n", inner.place(index - 1, len(inner.lines[index - 1])))
            passage.add(line, inner.place(index), exact=inner.exact)

    def _limited(self, text: str, limit: int, node: YamlScalar, key: str) -> object:
        if len(text) > limit:
            self.too_long(key, len(text), limit, node.place)
            return INVALID
        return text

    def too_long(self, key: str, length: int, limit: int, place: Place) -> None:
        """Report a text of ``length`` characters where ``limit`` are allowed."""
        self.context.report(rules.VALUE_TOO_LONG, place, key=key, length=length, limit=limit)

    def _address(self, node: YamlScalar, key: str) -> object:
        href = node.text.strip()
        if good_address(href):
            return self._limited(href, 500, node, key)
        self.context.report(markup_rules.BAD_LINK, node.place, href=href[:80])
        return INVALID

    def _integer(self, kind: Integer, node: YamlScalar, key: str) -> object:
        text = node.text.strip()
        if _DIGITS.fullmatch(text) and kind.low <= int(text) <= kind.high:
            return int(text)
        self.context.report(rules.BAD_NUMBER, node.place, key=key, low=kind.low, high=kind.high, value=text[:40])
        return INVALID

    def _date(self, node: YamlScalar) -> object:
        text = node.text.strip()
        date = read_date(text)
        if date is not None:
            return date
        self.context.report(rules.BAD_DATE, node.place, value=text[:40], **date_trouble(text))
        return INVALID

    def _choice(self, kind: Choice, node: YamlScalar, key: str) -> object:
        text = node.text.strip()
        if any(text == value for value, _ in kind.values):
            return text
        fields = {
            "choices": ", ".join(value for value, _ in kind.values),
            "choices_zh": "、".join(f"{value}（{meaning}）" for value, meaning in kind.values),
        }
        self.context.report(rules.BAD_CHOICE, node.place, key=key, value=text[:40], **fields)
        return INVALID


def scalar_places(node: YamlScalar, source: Source) -> Callable[[int], Place]:
    """The place of each character of a scalar: exact for block text and one-line values, else where it begins."""

    def literal(index: int) -> Place:
        line = node.text.count("\n", 0, index)
        column = index - (node.text.rfind("\n", 0, index) + 1)
        inner = scalar_source(node, source)
        return inner.place(line, column)

    def single(index: int) -> Place:
        column = (node.place.column or 1) + index + (0 if node.plain else 1)
        return Place(file=node.place.file, line=node.place.line, column=column)

    if node.literal:
        return literal
    if "\n" in node.text:
        return lambda _index: node.place
    return single


def scalar_source(node: YamlScalar, source: Source) -> Source:
    """The lines of a scalar as a source of their own, for Markdown inside it."""
    lines = tuple(node.text.split("\n"))
    line, column = node.place.line or 1, node.place.column or 1
    if not node.literal:
        shift = column - 1 + (0 if node.plain else 1)
        written = source.line(line - source.first)
        exact = len(lines) == 1 and written[shift - source.shift :].startswith(node.text)
        return Source(source.file, lines, line, shift, exact)
    first = next((i for i, text in enumerate(lines) if text.strip()), 0)
    written = source.line(line + 1 + first - source.first)
    return Source(source.file, lines, line + 1, max(written.find(lines[first]), 0))
