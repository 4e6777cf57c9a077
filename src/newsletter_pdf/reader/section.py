"""A section file → Section: front matter, lead, groups, articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.findings import Place, Rule, sectionfiles
from newsletter_pdf.findings import content as rules
from newsletter_pdf.findings import markup as markup_rules
from newsletter_pdf.findings.notes import DUPLICATE_FOOTNOTE
from newsletter_pdf.model import Article, Group, Inline, Paragraph, Section, Text
from newsletter_pdf.reader.blocks import BlockReader, is_bad_heading
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.headings import HeadingReader, report_long, report_long_head, without_number
from newsletter_pdf.reader.images import Pictures
from newsletter_pdf.reader.inline import joined, note_label, plain_text
from newsletter_pdf.reader.listforms import split_keywords
from newsletter_pdf.reader.lookalikes import misread_labels
from newsletter_pdf.reader.values import inline_reader, special_fences, validator
from newsletter_pdf.reader.vocabulary import SECTION
from newsletter_pdf.source import YamlMapping, note_texts, parse_tree, parse_yaml

_SOURCE = re.compile(r"来源\s*[:：]\s*(.*)", re.S)
_BRACKETED = re.compile(r"\s*[（(]\s*来源\s*[:：]\s*(.*?)\s*[)）]\s*[。.]?\s*", re.S)
_LEAD = re.compile(r"导读\s*[:：]\s*")
_KEYWORDS = re.compile(r"关键词\s*[:：]\s*(.*)", re.S)
_FIELD = re.compile(r"[A-Za-z_]+\s*[:：]")


@dataclass(slots=True)
class _Draft:
    """A group being read; ``title`` is None for articles before any group heading.

    ``count`` is how many articles it was meant to have, the refused ones included.
    """

    title: str | None
    place: Place
    articles: list[Article] = field(default_factory=list)
    count: int = 0


class SectionReader:
    """Reads one section file whose text is at hand."""

    def __init__(self, context: Context, pictures: Pictures, path: Path, text: str) -> None:
        self.context = context
        self.path = path
        self.text = text
        self.source = Source(path, tuple(text.split("\n")))
        self.tree = parse_tree(text, front_matter=True)
        notes = {
            note_label(note): note
            for block in self.tree.children
            if block.type == "footnote_block"
            for note in block.children
        }
        self.inline = inline_reader(context, self.source, notes)
        self.inline.misread = misread_labels(self.source.lines)
        self.validator = validator(context, self.source, pictures)
        fences = special_fences(context, self.source, self.validator, pictures.folder)
        self.reader = BlockReader(context, self.source, self.inline, pictures.find, fences)
        self.headings = HeadingReader(context, self.source, self.inline)
        self.lead: list[Paragraph] = []
        self.keywords: tuple[str, ...] = ()

    def read(self) -> Section | None:
        """The section, or None when its title is missing or nothing is in it (reported)."""
        values = self._front_matter()
        body = [node for node in self.tree.children if node.type not in ("front_matter", "footnote_block")]
        groups = self._groups(body, values)
        self._report_unused_notes()
        if values is None or "title" not in values or not groups:
            return None
        if self.lead:
            values["lead"] = tuple(self.lead)
        if self.keywords:
            values["keywords"] = self.keywords
        return Section.model_validate({**values, "name": self.path.stem, "groups": groups})

    def _front_matter(self) -> dict[str, object] | None:
        front = self.tree.children[0] if self.tree.children else None
        if front is None or front.type != "front_matter":
            last = self._last_field()
            if last is not None:
                self.context.report(sectionfiles.FRONT_MATTER_OPEN, self.source.place(last), line=last + 1)
                return None
            self.context.report(rules.NO_FRONT_MATTER, Place(file=self.path, line=1, column=1))
            return None
        errors = self.context.findings.errors
        node = parse_yaml(front.content, self.path, self.context.findings, first_line=2)
        if isinstance(node, YamlMapping):
            values = self.validator.mapping(node, SECTION)
            self._check_title(node, values)
            return values | {"place": Place(file=self.path, line=1, column=1)}
        if self.context.findings.errors == errors:
            self.context.report(rules.NO_FRONT_MATTER, Place(file=self.path, line=1, column=1))
        return None

    def _last_field(self) -> int | None:
        """In a file that begins with ``---``, the 0-based line of the last field before the text; None without any."""
        if self.source.line(0).rstrip() != "---":
            return None
        last = None
        for index, line in enumerate(self.source.lines[1:], start=1):
            if _FIELD.match(line) or (last is not None and line[:1] in (" ", "-") and line.strip(" -")):
                last = index
            elif line.strip():
                break
        return last

    def _check_title(self, node: YamlMapping, values: dict[str, object]) -> None:
        """The section's title without a typed number, and whether it fits the page and the running head."""
        title, short = values.get("title"), values.get("short_title")
        if not isinstance(title, str):
            return
        written = node.get("title")
        place = written.place if written is not None else node.place
        values["title"] = title = without_number(self.context, title, place)
        report_long(self.context, title, place)
        report_long_head(self.context, short if isinstance(short, str) else title, place)

    def _groups(self, body: list[SyntaxTreeNode], values: dict[str, object] | None) -> tuple[Group, ...]:
        cuts = [i for i, node in enumerate(body) if node.type == "heading" and node.tag in ("h2", "h3")]
        before = body[: cuts[0]] if cuts else body
        if values is not None:
            # Without front matter, what stands first was meant as one, and that is reported already.
            self._opening(before, values)
        if not cuts:
            # A heading of a wrong form was meant as one of these and is reported by itself.
            if not any(node.type == "heading" or is_bad_heading(node) for node in body):
                self.context.report(rules.NO_ARTICLES, Place(file=self.path))
            return ()
        grouped = any(body[i].tag == "h2" for i in cuts)
        drafts: list[_Draft] = []
        for cut, end in zip(cuts, [*cuts[1:], len(body)], strict=True):
            node, content, place = body[cut], body[cut + 1 : end], self.headings.place(body[cut])
            if node.tag == "h2":
                title = self.headings.title(node) or ""
                drafts.append(_Draft(title, place, count=self._stray(content)))
                continue
            if not drafts:
                drafts.append(_Draft(None, place))
            if grouped and drafts[-1].title is None:
                self.context.report(rules.ARTICLE_BEFORE_GROUP, place)
            drafts[-1].count += 1
            article = self._article(node, content)
            if article is not None:
                drafts[-1].articles.append(article)
        for draft in drafts:
            if not draft.count:
                self.context.report(rules.EMPTY_GROUP, draft.place, title=draft.title or "")
        return tuple(
            Group(title=draft.title, articles=tuple(draft.articles), place=draft.place)
            for draft in drafts
            if draft.articles
        )

    def _opening(self, nodes: list[SyntaxTreeNode], values: dict[str, object]) -> None:
        """What stands before the first heading: a lead and keywords typed as manuscripts have them, or stray text."""
        in_lead = False
        for index, node in enumerate(nodes):
            text = self._paragraph_text(node)
            if text is not None and _LEAD.match(text):
                in_lead = self._typed("lead", "导读", rules.TYPED_LEAD, node, values)
            elif text is not None and (match := _KEYWORDS.fullmatch(text)):
                in_lead = False
                if self._typed("keywords", "关键词", rules.TYPED_KEYWORDS, node, values):
                    self.keywords = split_keywords(match[1])
                continue
            elif not in_lead or text is None or is_bad_heading(node):
                self._stray(nodes[index:])
                return
            if in_lead:
                self._add_lead(node)

    def _paragraph_text(self, node: SyntaxTreeNode) -> str | None:
        return node.children[0].content.strip() if node.type == "paragraph" else None

    def _typed(self, key: str, label: str, rule: Rule, node: SyntaxTreeNode, values: dict[str, object]) -> bool:
        place = self.reader.place(node)
        if values.get(key):
            self.context.report(rules.TYPED_TWICE, place, key=f"{key}（{label}）")
            return False
        self.context.report(rule, place)
        return True

    def _add_lead(self, node: SyntaxTreeNode) -> None:
        for block in self.reader.blocks([node], "lead"):
            if isinstance(block, Paragraph):
                children = _without_start(block.children, _LEAD)
                if children:
                    self.lead.append(Paragraph(children=children, place=block.place))

    def _stray(self, nodes: list[SyntaxTreeNode]) -> int:
        """Report text that belongs to no article, once for each run of it; what it holds is checked all the same.

        Returns how many headings of a wrong level or form are among it: what follows one of them was meant as its text.
        """
        wrong, reported = 0, False
        for node in nodes:
            if node.type == "heading":
                self.headings.wrong_level(node)
                wrong += 1
                continue
            wrong += is_bad_heading(node)
            blocks = self.reader.blocks([node], "article")
            self.reader.early_sources.clear()  # of what is reported itself
            if blocks and not reported and not wrong:
                self.context.report(rules.TEXT_BEFORE_ARTICLE, self.reader.place(node))
                reported = True
        return wrong

    def _article(self, heading: SyntaxTreeNode, content: list[SyntaxTreeNode]) -> Article | None:
        place = self.headings.place(heading)
        title = self.headings.title(heading)
        wrong = [node for node in content if node.type == "heading"]
        for node in wrong:
            self.headings.wrong_level(node)
        content = [node for node in content if node.type != "heading"]
        taken: list[tuple[str, Place]] = []

        def take(lines: list[list[Inline]], where: Place) -> list[list[Inline]] | None:
            return self._take_source(lines, where, taken)

        errors = self.context.findings.errors
        blocks = self.reader.blocks(content, "article", take)
        self._report_early_sources(wrong)
        if not blocks:
            if self.context.findings.errors == errors:
                self.context.report(rules.EMPTY_ARTICLE, place, title=title or "")
            return None
        if title is None:
            return None
        source, source_place = taken[0] if taken else (None, None)
        return Article(title=title, blocks=blocks, source=source, source_place=source_place, place=place)

    def _report_early_sources(self, wrong: Sequence[SyntaxTreeNode]) -> None:
        """Report sources that are not the last of their article.

        What stands behind one may be an error itself, such as a heading of a ``wrong`` level or a footnote with a
        Chinese colon: then that is told alone, as the source is the last when it is mended.
        """
        last = max((self.headings.place(node).line or 0 for node in wrong), default=0)
        for place, errors in self.reader.early_sources:
            if errors == self.context.findings.errors and last < (place.line or 0):
                self.context.report(rules.SOURCE_NOT_LAST, place)
        self.reader.early_sources.clear()

    def _take_source(
        self, lines: list[list[Inline]], place: Place, taken: list[tuple[str, Place]]
    ) -> list[list[Inline]] | None:
        """Take the source out of an article's last paragraph, however it is typed."""
        ends = replace(place, line=(place.line or 1) + len(lines) - 1, column=1) if len(lines) > 1 else place
        last = plain_text(joined(lines[-1])).strip()
        whole = plain_text(joined([part for line in lines for part in line])).strip()
        if match := _SOURCE.fullmatch(whole):
            self._found(match[1], place, taken)
            return []
        if match := _SOURCE.fullmatch(last):
            self.context.report(rules.TYPED_SOURCE, ends)
            self._found(match[1], ends, taken)
            return lines[:-1]
        return self._take_bracketed(lines, ends, taken)

    def _take_bracketed(
        self, lines: list[list[Inline]], place: Place, taken: list[tuple[str, Place]]
    ) -> list[list[Inline]] | None:
        """「……。（来源：某网站）」: the brackets may hold others, so they are counted from the end."""
        last = joined(lines[-1])
        if not last or not isinstance(last[-1], Text):
            return None
        text = last[-1].text
        start = _last_bracket(text)
        match = _BRACKETED.fullmatch(text, start) if start is not None else None
        if match is None or start is None:
            return None
        self.context.report(rules.TYPED_SOURCE, place)
        self._found(match[1], place, taken)
        rest = text[:start].rstrip()
        return [*lines[:-1], [*last[:-1], *([Text(text=rest)] if rest else [])]]

    def _found(self, source: str, place: Place, taken: list[tuple[str, Place]]) -> None:
        if source.strip():
            taken.append((source.strip(), place))
        else:
            self.context.report(rules.EMPTY_SOURCE, place)

    def _report_unused_notes(self) -> None:
        seen: dict[str, int] = {}
        for index, label, _line in note_texts(self.tree, self.source.lines):
            if label in seen:
                first = seen[label] + 1
                self.context.report(DUPLICATE_FOOTNOTE, self.source.place(index), label=label, first=first)
            elif label not in {*self.inline.footnotes, *self.inline.called}:
                self.context.report(markup_rules.UNUSED_FOOTNOTE, self.source.place(index), label=label)
            seen.setdefault(label, index)


def _last_bracket(text: str) -> int | None:
    """Where the bracket opens that closes at the end of ``text`` (a full stop may follow it)."""
    depth = 0
    for index in range(len(text.rstrip(" 。.")) - 1, -1, -1):
        depth += text[index] in ")）"
        depth -= text[index] in "(（"
        if depth == 0:
            return index if text[index] in "(（" else None
    return None


def _without_start(children: tuple[Inline, ...], label: re.Pattern[str]) -> tuple[Inline, ...]:
    """The inlines without a label at the start of their text."""
    first = children[0]
    if not isinstance(first, Text) or (match := label.match(first.text)) is None:
        return children
    rest = first.text[match.end() :]
    return (Text(text=rest), *children[1:]) if rest else children[1:]
