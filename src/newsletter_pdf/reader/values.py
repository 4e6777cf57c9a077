"""Readers for the values in a file: Markdown in YAML, fenced blocks with a meaning, and the validator over both."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import markup as rules
from newsletter_pdf.findings import source as source_rules
from newsletter_pdf.model import Block, Process, QrCode
from newsletter_pdf.reader.blocks import BlockReader, FenceReader
from newsletter_pdf.reader.charts import ChartReader
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.images import Pictures
from newsletter_pdf.reader.inline import InlineReader
from newsletter_pdf.reader.validate import Validator, scalar_source
from newsletter_pdf.reader.vocabulary import PROCESS, QR_LIMIT
from newsletter_pdf.source import TooDeepError, YamlMapping, YamlScalar, parse_tree, parse_yaml


def inline_reader(context: Context, source: Source, notes: dict[str, SyntaxTreeNode]) -> InlineReader:
    """The inline reader of a file with its footnotes."""
    return InlineReader(context, source, notes)


def validator(context: Context, source: Source, pictures: Pictures) -> Validator:
    """A validator for the YAML of the file ``source``, its pictures looked for in ``pictures``' folder."""

    def prose(node: YamlScalar, lists: bool) -> tuple[Block, ...]:
        inner = scalar_source(node, source)
        try:
            tree = parse_tree(node.text)
        except TooDeepError:
            context.report(source_rules.TOO_DEEP, node.place)
            return ()
        inline = InlineReader(context, inner)
        reader = BlockReader(context, inner, inline, pictures.find, {})
        return reader.blocks(tree.children, "page" if lists else "lead")

    return Validator(context, source, prose, pictures.find)


def special_fences(context: Context, source: Source, values: Validator, folder: Path) -> dict[str, FenceReader]:
    """The fenced blocks that are not program text: ``qr``, ``process`` and charts, whose data lie in ``folder``."""

    def qr(node: SyntaxTreeNode, place: Place) -> Block | None:
        first = (node.map[0] if node.map else 0) + 1
        lines = [(i, line.strip()) for i, line in enumerate(node.content.split("\n"), start=first) if line.strip()]
        if not lines:
            context.report(rules.QR_EMPTY, place)
            return None
        texts = [context.printable(text, partial(source.place, number)) for number, text in lines]
        for number, text in lines[1:]:
            context.passage_on(source, number, text)
        if len(texts[0]) > QR_LIMIT:
            values.too_long("qr", len(texts[0]), QR_LIMIT, source.place(lines[0][0]))
            return None
        return QrCode(data=texts[0], caption=" ".join(texts[1:]) or None, place=place)

    def process(node: SyntaxTreeNode, place: Place) -> Block | None:
        first = (node.map[0] if node.map else 0) + 2
        errors = context.findings.errors
        value = parse_yaml(node.content, source.file, context.findings, first_line=first)
        if not isinstance(value, YamlMapping):
            if context.findings.errors == errors:
                words = {"reason": "no keys in it", "reason_zh": "里面没有「字段: 内容」"}
                context.report(rules.PROCESS_FORM, place, **words)
            return None
        fields = values.mapping(value, PROCESS)
        if context.findings.errors != errors:
            return None
        return Process.model_validate({**fields, "place": place})

    chart = ChartReader(context, source, values, folder).read
    return {"qr": qr, "process": process, "chart": chart, "图表": chart}
