"""Whether the example that a new issue begins with is still in it."""

from __future__ import annotations

from pathlib import Path

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import periodical as rules
from newsletter_pdf.newissue import example_section
from newsletter_pdf.periodical.context import Scene

# So many first characters of a paragraph are nobody else's; the example's paragraphs have no marks within them.
_TELLING = 12


def check_examples(scene: Scene) -> None:
    """Report each section file that still has text of the example, at the first place, also when renamed or begun."""
    example = example_section()
    left: dict[Path, list[Place]] = {}
    sections = {section.place.file for section in scene.issue.sections}
    for passage in scene.passages:
        text = passage.text
        if passage.file in sections and (
            text == "示例栏目" or (len(text) >= _TELLING and "\n" not in text[:_TELLING] and text[:_TELLING] in example)
        ):
            left.setdefault(passage.file, []).append(passage.place(0))
    for file, places in left.items():
        scene.report(rules.EXAMPLE_LEFT, places[0], name=file.name, count=len(places))
