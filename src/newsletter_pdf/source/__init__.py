"""Source text with places kept: YAML nodes and Markdown tokens."""

from newsletter_pdf.source.markdown import CALLOUT, parse_markdown, parse_tree
from newsletter_pdf.source.nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence, plain_value
from newsletter_pdf.source.passages import GAP, Passage
from newsletter_pdf.source.text import is_cjk, join_lines, line_joint, without_inner_spaces
from newsletter_pdf.source.yaml_reader import load_yaml, parse_yaml

__all__ = [
    "CALLOUT",
    "GAP",
    "Passage",
    "YamlMapping",
    "YamlNode",
    "YamlScalar",
    "YamlSequence",
    "is_cjk",
    "join_lines",
    "line_joint",
    "load_yaml",
    "parse_markdown",
    "parse_tree",
    "parse_yaml",
    "plain_value",
    "without_inner_spaces",
]
