"""Source text with places kept: YAML nodes and Markdown tokens."""

from newsletter_pdf.source.annotation import ANNOTATION, annotation_plugin
from newsletter_pdf.source.callouts import CALLOUTS
from newsletter_pdf.source.markdown import (
    CALLOUT,
    TooDeepError,
    check_nesting,
    deep_options,
    note_texts,
    parse_markdown,
    parse_tree,
)
from newsletter_pdf.source.nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence, plain_value
from newsletter_pdf.source.passages import GAP, Passage
from newsletter_pdf.source.text import is_cjk, join_lines, line_joint, without_inner_spaces
from newsletter_pdf.source.yaml_reader import load_yaml, parse_yaml

__all__ = [
    "ANNOTATION",
    "CALLOUT",
    "CALLOUTS",
    "GAP",
    "Passage",
    "TooDeepError",
    "YamlMapping",
    "YamlNode",
    "YamlScalar",
    "YamlSequence",
    "annotation_plugin",
    "check_nesting",
    "deep_options",
    "is_cjk",
    "join_lines",
    "line_joint",
    "load_yaml",
    "note_texts",
    "parse_markdown",
    "parse_tree",
    "parse_yaml",
    "plain_value",
    "without_inner_spaces",
]
