"""Captions of pictures and tables: by style, or by 「图1 …」「表一 …」 at their beginning."""

from __future__ import annotations

import re

from newsletter_pdf.importers.word.paragraphs import Para

LONGEST = 120
_NUMBER = r"\s*(?:[\d０-９]+(?:[-.—－][\d０-９]+)*|[一二三四五六七八九十]{1,3})"
_FIGURE = re.compile(
    rf"\s*(?:(?:图|附图|图片|Figure|Fig\.){_NUMBER}(?![个张片次年月日届幅])|[▲△]|图片?[:：])", re.IGNORECASE
)
_TABLE = re.compile(rf"\s*(?:(?:表|附表|表格|Table){_NUMBER}(?![个张次年月日届])|表[:：])", re.IGNORECASE)
# 「李四 摄」「（李四/摄）」「摄影：李四」, but no sentence that ends in 拍摄; and 「图为会场全景。李四 摄」, which is
# the caption too.
_PHOTOGRAPHER = re.compile(
    r"\s*[（(]?\s*(?:摄影\s*[:：/／]\s*(?P<name>[^\s，。,；：:]{2,20})"
    r"|(?P<by>[^，。,；：:（）()/／]{2,20}?)\s*[/／]?\s*(?<!拍)摄)\s*[)）]?\s*"
)
_PICTURED = re.compile(r"\s*(图为[^。]{2,80}。)\s*([^\s，。,；：:（）()/／]{2,20})\s*[/／]?\s*(?<!拍)摄[。]?\s*")
_CREDIT = re.compile(r"\s*供图\s*[:：]\s*(?=\S)")


def is_caption(para: Para) -> bool:
    """Whether a paragraph is a caption of either kind."""
    return is_figure_caption(para) or is_table_caption(para)


def is_figure_caption(para: Para) -> bool:
    """Whether a paragraph can be the caption of a picture beside it."""
    return _could_be(para) and (_FIGURE.match(para.text) is not None or _styled(para, _TABLE))


def is_table_caption(para: Para) -> bool:
    """Whether a paragraph can be the caption of a table behind it."""
    return _could_be(para) and (_TABLE.match(para.text) is not None or _styled(para, _FIGURE))


def credit(para: Para) -> str | None:
    """The name in a line 「供图：某某」, 「某某 摄」 for one that names the photographer, or None."""
    match = _CREDIT.match(para.text)
    if len(para.text) > LONGEST or para.figures or para.level is not None:
        return None
    if match is not None:
        return " ".join(para.text[match.end() :].split())
    by = _PHOTOGRAPHER.fullmatch(para.text)
    return None if by is None else f"{(by['name'] or by['by']).strip()} 摄"


def pictured(para: Para) -> tuple[str, str] | None:
    """The caption and the credit of a line 「图为会场全景。李四 摄」, or None."""
    match = _PICTURED.fullmatch(para.text)
    return None if match is None or para.figures or para.level is not None else (match[1], f"{match[2]} 摄")


def _styled(para: Para, other: re.Pattern[str]) -> bool:
    return para.style.caption and other.match(para.text) is None


def _could_be(para: Para) -> bool:
    text = para.text.strip()
    return 0 < len(text) <= LONGEST and not text.endswith(("。", "；", ";")) and para.level is None
