"""Findings of the proof about the table of contents, headings and bookmarks (N52x–N53x)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

_REBUILD_ZH = "重新生成一次；如果仍然如此，请把这份 PDF 连同报告交给维护这套工具的人。"
_REBUILD_EN = "Build once more; if it stays, give this PDF and its report to whoever looks after the tool."

CONTENTS_NOT_FOUND = Rule(
    code="N520",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="正文有标题，却没有找到印着页码的目录。",
    message_en="There are headings, but no printed contents with page numbers.",
    hint_zh="看看版式是否关掉了目录，或目录条目是否没有做成链接。",
    hint_en="See whether the layout leaves the contents out, or prints entries that are no links.",
    what="第一个栏目之前没有一页能认作目录：没有通向正文标题、行末带页码的链接。",
    why="读者靠目录找文章；没有目录，也就无从核对页码。",
    example="版式把目录条目排成了纯文字，没有链接。",
    remedy="在版式里恢复目录部分，条目用链接包住编号、标题和页码。",
)
PRINTED_NUMBER_WRONG = Rule(
    code="N521",
    severity=Severity.ERROR,
    message_zh="目录把「{title}」印在第 {printed} 页，实际在第 {page} 页（文件中第 {sheet} 张）。",
    message_en="The contents print page {printed} for “{title}”; it stands on page {page} (sheet {sheet} of the file).",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="目录上印的页码与标题真正所在页的页码不同。",
    why="读者按错的页码翻不到文章；这是期刊最常见也最伤信誉的差错。",
    example="目录印 12，文章却排到了第 13 页。",
    remedy="重新生成。若改过版式，检查目录的页码是否来自排版结果，而不是手写。",
)
PRINTED_NUMBER_MISSING = Rule(
    code="N522",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="目录条目「{title}」没有印页码。",
    message_en="The contents entry “{title}” has no page number.",
    hint_zh="看看目录这一行是否太长，把页码挤掉了；或版式漏印了页码。",
    hint_en="See whether the line is too long for its number, or the layout leaves the number out.",
    what="目录条目的行末没有页码，或页码没有对齐在页码那一栏。",
    why="没有页码的条目在纸上没有用处。",
    example="标题很长，页码被挤到了版心之外。",
    remedy="缩短标题，或在版式里给页码留出固定的宽度。",
)
ENTRY_MISSING = Rule(
    code="N523",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="第 {page} 页的标题「{title}」不在目录里。",
    message_en="The heading “{title}” on page {page} is not in the contents.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="正文里的栏目、分组或文章，目录中没有对应的条目。",
    why="漏掉的文章读者不会知道它存在，作者也会来问。",
    example="新加的一篇排进了正文，目录却还是旧的。",
    remedy="重新生成。若改过版式，检查目录模板有没有跳过某些条目。",
)
ENTRY_DOUBLED = Rule(
    code="N524",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="目录里「{title}」出现了不止一次。",
    message_en="“{title}” stands in the contents more than once.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="同一篇文章（或栏目、分组）在目录里有两个条目。",
    why="读者会以为是两篇文章。",
    example="同一条目在换页处又印了一遍。",
    remedy="重新生成。若改过版式，检查目录模板有没有重复循环。",
)
ENTRY_OUT_OF_ORDER = Rule(
    code="N525",
    severity=Severity.ERROR,
    message_zh="目录顺序不对：「{title}」（{printed}）排在「{before}」（{printed_before}）之后。",
    message_en="The contents are out of order: “{title}” ({printed}) comes after “{before}” ({printed_before}).",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="目录条目的先后与正文不一致，或页码由大变小。",
    why="目录应与正文同序，读者按顺序查找。",
    example="第三篇排到了第二篇前面。",
    remedy="重新生成。若改过版式，检查目录模板有没有另行排序。",
)
HEADING_ELSEWHERE = Rule(
    code="N526",
    severity=Severity.ERROR,
    message_zh="目录里「{title}」的链接通向第 {linked} 页，标题却在第 {page} 页（文件中第 {sheet} 张）。",
    message_en="The link of “{title}” leads to page {linked}; its heading is on page {page} (sheet {sheet}).",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="点目录条目跳到的地方，不是这个标题所在的地方。",
    why="在屏幕和手机上，读者靠点目录阅读。",
    example="两篇文章的链接互换了。",
    remedy="重新生成。若改过版式，检查标题上的锚点是否放在标题本身。",
)
HEADING_NOT_FOUND = Rule(
    code="N527",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="目录条目「{title}」在正文里找不到同样的标题；链接通向的第 {page} 页上是「{there}」。",
    message_en="No heading reads “{title}” as the contents do; where its link leads, page {page}, stands “{there}”.",
    hint_zh="看看目录和正文的标题（连同编号）是否一字不差。",
    hint_en="See that contents and heading agree to the letter, number included.",
    what="目录印的编号加标题，与正文标题的文字不同，或正文没有这个标题。",
    why="目录与正文的标题应一字不差。",
    example="目录印「2. 甲文」，正文印「1. 甲文」。",
    remedy="重新生成。若改过版式，检查两处是否用了同样的编号和同样的标题。",
)
BOOKMARK_MISSING = Rule(
    code="N530",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="「{title}」没有书签。",
    message_en="“{title}” has no bookmark.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="PDF 侧栏的书签里没有这个条目。",
    why="在电脑上阅读时，侧栏书签就是目录。",
    example="版式里分组标题没有设书签级别。",
    remedy="在版式里给这一级标题设 bookmark-level 和 bookmark-label。",
)
BOOKMARK_PAGE = Rule(
    code="N531",
    severity=Severity.ERROR,
    message_zh="「{title}」的书签通向第 {linked} 页，标题在第 {page} 页。",
    message_en="The bookmark of “{title}” leads to page {linked}; its heading is on page {page}.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="点书签跳到的页，不是标题所在的页。",
    why="书签和目录应通向同一处。",
    example="生成之后又用别的软件增删过页。",
    remedy="重新生成；不要用别的软件改动生成好的 PDF。",
)
BOOKMARK_TEXT = Rule(
    code="N532",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="「{title}」的书签写的是「{bookmark}」，与目录不同。",
    message_en="The bookmark of “{title}” reads “{bookmark}”, unlike the contents.",
    hint_zh="看看版式里书签的文字是否为编号加标题。",
    hint_en="See that the layout makes the bookmark from number and title.",
    what="书签的文字与目录里印的编号加标题不同。",
    why="读者在书签和目录里应看到同样的标题。",
    example="书签缺了编号，或标题被截短。",
    remedy="在版式里把 bookmark-label 设为与标题相同的文字。",
)

NUMBERING_GAP = Rule(
    code="N528",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="目录条目「{title}」的编号接不上前一条。",
    message_en="The number of the contents entry “{title}” does not follow the one before.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="文章、分组、栏目的编号从 1 起逐个加 1，中间不缺号，印出的编号与次序一致。",
    why="缺号看上去像是少了一篇。",
    example="1、2、4，没有 3。",
    remedy="重新生成。若改过版式，检查编号是否手写。",
)
BOOKMARK_WRONG = Rule(
    code="N537",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="书签「{title}」{what_zh}。",
    message_en="The bookmark “{title}” {what_en}.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="书签没有去处、次序或层次不对，或写的字在它通向的页上找不到。",
    why="在电脑上阅读时，侧栏书签就是目录。",
    example="删掉了一页，书签还在。",
    remedy="使用本工具生成的原文件，或重新生成。",
)

RULES: tuple[Rule, ...] = (
    CONTENTS_NOT_FOUND,
    PRINTED_NUMBER_WRONG,
    PRINTED_NUMBER_MISSING,
    ENTRY_MISSING,
    ENTRY_DOUBLED,
    ENTRY_OUT_OF_ORDER,
    HEADING_ELSEWHERE,
    HEADING_NOT_FOUND,
    NUMBERING_GAP,
    BOOKMARK_MISSING,
    BOOKMARK_PAGE,
    BOOKMARK_TEXT,
    BOOKMARK_WRONG,
)
