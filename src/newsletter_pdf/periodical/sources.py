"""Sources: there where the section asks for them, and well-formed."""

from __future__ import annotations

import re

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import periodical as rules
from newsletter_pdf.model import Article
from newsletter_pdf.periodical.context import Scene

_ITEMS = re.compile(r"[、，,；;]")
_TROUBLE = (
    (re.compile(r"来源\s*[:：]"), "又写了一遍「来源：」", "“来源：” is written again"),
    (re.compile(r"[。．！？!?]$"), "末尾有句号", "it ends with a stop"),
    (re.compile(r"待补|待定|待查|待核|不详|XX|xx|××|TODO|TBD|某某", re.ASCII), "还是占位的字", "it is a placeholder"),
)


def check_sources(scene: Scene) -> None:
    """Report missing and ill-formed sources."""
    for section in scene.issue.sections:
        for group in section.groups:
            for article in group.articles:
                if article.source is None:
                    if section.sources == "required":
                        scene.report(rules.SOURCE_MISSING, article.place, title=article.title)
                    continue
                for zh, en in _trouble(article.source):
                    fields = {"source": article.source, "reason_zh": zh, "reason": en}
                    scene.report(rules.SOURCE_FORM, _place(scene, article, article.source), **fields)


def _place(scene: Scene, article: Article, source: str) -> Place:
    """Where the words of the source begin on its line; the line's text when they are written otherwise there."""
    near = article.source_place or article.place
    for passage in scene.passages:
        index = passage.text.rfind(source) if passage.file == near.file else -1
        if index >= 0 and passage.place(index).line == near.line:
            return passage.place(index)
    return near


def _trouble(source: str) -> list[tuple[str, str]]:
    found = [(zh, en) for pattern, zh, en in _TROUBLE if pattern.search(source)]
    if not all(item.strip() for item in _ITEMS.split(source)):
        found.append(("有空项", "an item is empty"))
    return found[:1]
