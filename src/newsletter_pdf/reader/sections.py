"""Section files: front matter, groups and articles."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.files import read_text
from newsletter_pdf.findings import Place
from newsletter_pdf.findings import content as rules
from newsletter_pdf.findings import fields as field_rules
from newsletter_pdf.findings import markup as markup_rules
from newsletter_pdf.model import Article, Block, Group, Inline, Paragraph, Process, QrCode, Section, Text
from newsletter_pdf.reader.blocks import BlockReader
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.images import Pictures
from newsletter_pdf.reader.inline import InlineReader, joined, note_label, plain_text
from newsletter_pdf.reader.validate import Validator, scalar_source, split_keywords
from newsletter_pdf.reader.vocabulary import PROCESS, SECTION
from newsletter_pdf.source import YamlMapping, YamlScalar, parse_tree, parse_yaml

TITLE_LIMIT, TITLE_LONG = 120, 90
_NUMBER = re.compile(r"(?:[（(][一二三四五六七八九十百\d]+[）)]|\d{1,3}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、)\s*")
_SOURCE = re.compile(r"来源\s*[:：]\s*(.*)", re.S)
_TYPED_SOURCE = re.compile(r"\s*[（(]\s*来源\s*[:：]\s*((?:[^（）()]|[（(][^（）()]*[）)])*)[）)]\s*$")
_LEAD = re.compile(r"导读\s*[:：]\s*")
_KEYWORDS = re.compile(r"关键词\s*[:：]\s*(.*)", re.S)


def prose_reader(context: Context, source: Source, pictures: Pictures) -> Validator:
    """A validator for one file whose Markdown values are read with their places."""

    def prose(node: YamlScalar, lists: bool) -> tuple[Block, ...]:
        inner = scalar_source(node, source)
        blocks = BlockReader(context, inner, InlineReader(context, inner), pictures.find, {})
        return blocks.blocks(parse_tree(node.text).children, "page" if lists else "lead")

    return Validator(context, source, prose, pictures.find)


def read_section(path: Path, context: Context, pictures: Pictures) -> Section | None:
    """The section in the file ``path``, or None when it has no usable front matter."""
    text = read_text(path, context.findings)
    return None if text is None else _SectionReader(path, text, context, pictures).read()


class _SectionReader:
    """Reads one section file from top to bottom."""

    def __init__(self, path: Path, text: str, context: Context, pictures: Pictures) -> None:
        self.path = path
        self.context = context
        self.source = Source(path, tuple(text.split("\n")))
        self.tree = parse_tree(text, front_matter=True)
        notes = {
            note_label(note): note
            for block in self.tree.children
            if block.type == "footnote_block"
            for note in block.children
        }
        self.inline = InlineReader(context, self.source, notes)
        self.validator = prose_reader(context, self.source, pictures)
        self.blocks = BlockReader(
            context, self.source, self.inline, pictures.find, {"qr": self._qr, "process": self._process}
        )

    def read(self) -> Section | None:
        """The section, with everything wrong in it reported."""
        facts = self._front_matter()
        nodes = [n for n in self.tree.children if n.type not in ("front_matter", "footnote_block")]
        start = next((i for i, n in enumerate(nodes) if n.type == "heading"), len(nodes))
        lead, keywords = self._before(nodes[:start], facts)
        groups = self._groups(nodes[start:])
        for label in sorted(set(self.inline.footnotes) - self.inline.called):
            place = self.blocks.place(self.inline.footnotes[label])
            self.context.report(markup_rules.UNUSED_FOOTNOTE, place, label=label)
        if not any(node.type == "heading" and node.tag == "h3" for node in nodes):
            self.context.report(rules.NO_ARTICLES, Place(self.path))
        if facts is None or "title" not in facts:
            return None
        return Section.model_validate(
            {**facts, "name": self.path.stem, "lead": lead, "keywords": keywords, "groups": groups}
        )

    def _front_matter(self) -> dict[str, object] | None:
        first = self.tree.children[0] if self.tree.children else None
        if first is None or first.type != "front_matter":
            self.context.report(rules.NO_FRONT_MATTER, Place(self.path, 1, 1))
            return None
        node = parse_yaml(first.content, self.path, self.context.findings, first_line=2)
        if node is None:
            return None
        if not isinstance(node, YamlMapping):
            self.context.report(field_rules.NOT_FIELDS, node.place, name=self.path.name)
            return None
        return self.validator.mapping(node, SECTION)

    def _before(
        self, nodes: list[SyntaxTreeNode], facts: dict[str, object] | None
    ) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
        """Lead and keywords: from the front matter, or typed before the first heading as manuscripts have them."""
        facts = facts or {}
        lead = tuple(b for b in _tuple(facts.get("lead")) if isinstance(b, Paragraph))
        keywords = tuple(map(str, _tuple(facts.get("keywords"))))
        typed: list[Paragraph] = []
        for block in self.blocks.blocks(nodes, "article"):
            text = plain_text(block.children) if isinstance(block, Paragraph) else ""
            if isinstance(block, Paragraph) and (match := _KEYWORDS.fullmatch(text)):
                rule = rules.TYPED_TWICE if keywords else rules.TYPED_KEYWORDS
                self.context.report(rule, block.place, key="keywords")
                keywords = keywords or split_keywords(match[1])
            elif isinstance(block, Paragraph) and (typed or _LEAD.match(text)):
                if not typed:
                    rule = rules.TYPED_TWICE if lead else rules.TYPED_LEAD
                    self.context.report(rule, block.place, key="lead")
                typed.append(block.model_copy(update={"children": _without_start(block.children, _LEAD)}))
            else:
                self.context.report(rules.TEXT_BEFORE_ARTICLE, block.place)
        return lead or tuple(typed), keywords

    def _groups(self, nodes: list[SyntaxTreeNode]) -> tuple[Group, ...]:
        groups: list[tuple[str | None, Place, list[Article]]] = []
        has_groups = any(n.type == "heading" and n.tag == "h2" for n in nodes)
        counts: list[int] = []
        early = False
        for heading, body in _stories(nodes):
            place = self.blocks.place(heading)
            title = self._title(heading, place)
            if heading.tag == "h2":
                groups.append((title, place, []))
                counts.append(0)
                self._loose(body)
            elif heading.tag == "h3":
                if not groups:
                    if has_groups and not early:
                        self.context.report(rules.ARTICLE_BEFORE_GROUP, place)
                        early = True
                    groups.append((None, place, []))
                    counts.append(0)
                counts[-1] += 1
                article = self._article(title, place, body)
                if article is not None:
                    groups[-1][2].append(article)
            else:
                self.context.report(rules.HEADING_LEVEL, place, marks="#" * int(heading.tag[1:]))
                self.blocks.blocks(body, "article")
        for (title_, place, _), count in zip(groups, counts, strict=True):
            if title_ is not None and not count:
                self.context.report(rules.EMPTY_GROUP, place, title=title_)
        return tuple(Group(title=t, articles=tuple(a), place=p) for t, p, a in groups)

    def _loose(self, body: list[SyntaxTreeNode]) -> None:
        for block in self.blocks.blocks(body, "article"):
            self.context.report(rules.TEXT_BEFORE_ARTICLE, block.place)

    def _title(self, heading: SyntaxTreeNode, place: Place) -> str:
        inlines = self.inline.read(heading.children[0], heading.map or (0, 1)) if heading.children else ()
        if any(not isinstance(part, Text) for part in inlines):
            self.context.report(markup_rules.HEADING_MARKUP, place, what="markup", what_zh="格式标记")
        title = plain_text(inlines).strip()
        match = _NUMBER.match(title)
        if match is not None and match.end() < len(title):
            self.context.report(rules.TYPED_NUMBER, place, number=match[0].strip())
            title = title[match.end() :].strip()
        if not title:
            self.context.report(rules.EMPTY_HEADING, place)
        elif len(title) > TITLE_LIMIT:
            self.context.report(rules.TITLE_TOO_LONG, place, length=len(title), limit=TITLE_LIMIT)
        elif len(title) > TITLE_LONG:
            self.context.report(rules.TITLE_LONG, place, length=len(title), limit=TITLE_LONG)
        return title

    def _article(self, title: str, place: Place, body: list[SyntaxTreeNode]) -> Article | None:
        found: list[str] = []

        def take(lines: list[list[Inline]], where: Place) -> list[list[Inline]]:
            text = plain_text(joined(lines[-1])).strip()
            if match := _SOURCE.fullmatch(text):
                if match[1].strip():
                    found.append(match[1].strip())
                else:
                    self.context.report(rules.EMPTY_SOURCE, where)
                return lines[:-1]
            tail = lines[-1][-1] if lines[-1] else None
            if isinstance(tail, Text) and (match := _TYPED_SOURCE.search(tail.text)):
                self.context.report(rules.TYPED_SOURCE, where)
                found.append(match[1].strip())
                kept = tail.text[: match.start()]
                last = [*lines[-1][:-1], *([Text(text=kept)] if kept else [])]
                return [*lines[:-1], last] if last else lines[:-1]
            return lines

        errors = self.context.findings.errors
        blocks = self.blocks.blocks(body, "article", take)
        if not blocks:
            # What could not be used was reported; only an article with nothing below its title is empty.
            if self.context.findings.errors == errors:
                self.context.report(rules.EMPTY_ARTICLE, place, title=title)
            return None
        return Article(title=title, blocks=blocks, source=found[0] if found else None, place=place)

    def _qr(self, node: SyntaxTreeNode, place: Place) -> Block | None:
        lines = [line.strip() for line in node.content.splitlines() if line.strip()]
        if not lines:
            self.context.report(markup_rules.QR_EMPTY, place)
            return None
        caption = self.context.printable(lines[1], lambda _index: place) if len(lines) > 1 else None
        return QrCode(data=lines[0][:500], caption=caption, place=place)

    def _process(self, node: SyntaxTreeNode, place: Place) -> Block | None:
        first = (node.map[0] if node.map else 0) + 2
        value = parse_yaml(node.content, self.path, self.context.findings, first_line=first)
        if not isinstance(value, YamlMapping):
            fields = {"reason": "title and steps are expected", "reason_zh": "应有 title 和 steps"}
            self.context.report(markup_rules.PROCESS_FORM, place, reason_en=fields["reason"], **fields)
            return None
        before = self.context.findings.errors
        values = self.validator.mapping(value, PROCESS)
        return Process.model_validate(values) if self.context.findings.errors == before else None


def _stories(nodes: list[SyntaxTreeNode]) -> list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]]:
    """Each heading with what follows it up to the next."""
    stories: list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]] = []
    for node in nodes:
        if node.type == "heading":
            stories.append((node, []))
        elif stories:
            stories[-1][1].append(node)
    return stories


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _without_start(children: tuple[Inline, ...], pattern: re.Pattern[str]) -> tuple[Inline, ...]:
    """``children`` without what ``pattern`` matches at the beginning of a leading text."""
    if not children or not isinstance(children[0], Text):
        return children
    text = pattern.sub("", children[0].text, count=1)
    return (*((Text(text=text),) if text else ()), *children[1:])
