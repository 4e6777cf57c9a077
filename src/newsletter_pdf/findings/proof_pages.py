"""Findings of the proof about what stands where on the pages (N70x–N71x)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

_REBUILD_ZH = "重新生成一次；如果仍然如此，请把这份 PDF 连同报告交给维护这套工具的人。"
_REBUILD_EN = "Build once more; if it stays, give this PDF and its report to whoever looks after the tool."
_REWORD_ZH = "在这附近增减几个字，或调整图片、分段的位置，再生成一次。"
_REWORD_EN = "Add or drop a few words near it, or move a picture or a paragraph's end, and build again."

OFF_PAGE = Rule(
    code="N700",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="{what_zh}落在页面之外，印不出来。",
    message_en="{what_en} lies off the page and will not be printed.",
    hint_zh="看看版式里这一处的位置和宽度；没有改过版式就重新生成一次。",
    hint_en="See its place and width in the layout; if the layout was not changed, build once more.",
    what="有文字或图片整个（或有一部分字整个）落在纸外。满版的图片可以比纸大 3 mm，供裁切用。",
    why="读者看不到这些内容。",
    example="版式把一个框的左边距写成了负数，框里的字跑出了纸边。",
    remedy="在版式里改正位置；太宽的表格减少列数，太长的网址不要禁止换行。",
)
OUTSIDE_TYPE_AREA = Rule(
    code="N701",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="{what_zh}超出版心 {by} mm。",
    message_en="{what_en} reaches {by} mm out of the type area.",
    hint_zh="多半是太宽的表格、太长的代码或网址，或版式里的边距；缩短内容或改版式。",
    hint_en="Usually a wide table, a long code or address, or a margin in the layout: shorten it or mend the layout.",
    what="正文、表格或图片伸进了页边，或占了书眉、页码的地方。行首行尾标点的空白半边、悬挂的标点不算。"
    "版心的四边取自全刊大多数行的起止位置；对着内容校验时，版心的高度按版式的行数和行距。不印页码的封面不在此列。",
    why="伸出去的部分可能在装订、打印时被裁掉，看上去也不齐。",
    example="十列的表格比版心宽，最右一列到了纸边。",
    remedy="拆分表格，缩短不能断开的文字；若是版式有意如此，把它放进版心。",
)
TEXT_OVERLAPS = Rule(
    code="N702",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="两处文字叠在一起：「{one}」和「{other}」。",
    message_en="Text lies on text: “{one}” and “{other}”.",
    hint_zh="看看版式里这两处的位置、行距和高度；插图里的文字要在图里改。",
    hint_en="See the places, leading and heights in the layout; words in a picture are moved in the picture.",
    what="不同行或不同段的字互相压住，深度超过三成字高和字宽。注音、着重号、注码、挤紧的标点不算。",
    why="叠在一起的字读不出来。",
    example="标题折成两行，版式却只给了一行的高度。",
    remedy="在版式里去掉固定的高度；图里的标签挪开。",
)
TEXT_COVERED = Rule(
    code="N703",
    severity=Severity.ERROR,
    message_zh="文字「{text}」被{by_zh}盖住了。",
    message_en="The text “{text}” is covered by {by_en}.",
    hint_zh="看看版式里图片和色块的位置与层次，或插图里元素的先后。",
    hint_en="See the place and stacking of pictures and shapes in the layout, or their order in the picture.",
    what="不透明的图片、色块（任何形状）、渐变、粗线，或几条合起来，画在了文字之后，并盖住了四成以上的字面；与纸同色的也算。"
    "画在文字之前的底色不算。",
    why="盖住的字读者看不到，复制时却还在，容易漏看。",
    example="插图用了绝对定位，压在了下一段上。",
    remedy="在版式里让图片占住自己的位置；插图里把文字放到色块之后。",
)
TEXT_CLIPPED = Rule(
    code="N704",
    severity=Severity.ERROR,
    message_zh="{what_zh}被裁掉了一部分。",
    message_en="{what_en} is partly cut off.",
    hint_zh="看看版式里的 overflow、固定的高度和宽度；插图里的字看画布够不够大。",
    hint_en="See overflow and fixed sizes in the layout; for words in a picture, whether its canvas is large enough.",
    what="裁切框（任何形状）或纸边切掉了两成以上的字面。",
    why="切掉的字读不全，或完全不见。",
    example="框的高度写死、overflow 写成 hidden，最后一行只剩上半截。",
    remedy="让框随内容长高；插图里把文字移进画布。",
)
HEADING_AT_FOOT = Rule(
    code="N705",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="标题「{title}」孤零零地落在页脚，后面的文字在下一页。",
    message_en="The heading “{title}” stands alone at the foot of the page; its text is on the next.",
    hint_zh=_REWORD_ZH,
    hint_en=_REWORD_EN,
    what="页面上最后一行是标题，下面没有正文、表格或图片（CLREQ 3.3.3 要求标题与其后的文字同页）。"
    "单独占一页的栏目名不算。",
    why="读者翻过页才知道标题说的是什么，看上去像漏排。",
    example="「3. 首次修改」排在第 7 页最后一行，正文从第 8 页开始。",
    remedy="版式里的标题要有 break-after: avoid；内容上可以在前面增减几个字。",
)
ORPHAN_LINE = Rule(
    code="N706",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="段落的第一行「{text}」单独留在页脚。",
    message_en="The first line of a paragraph, “{text}”, stands alone at the foot of the page.",
    hint_zh=_REWORD_ZH,
    hint_en=_REWORD_EN,
    what="跨页的段落在前一页只有一行。",
    why="这样的孤行难读，也不好看（CLREQ 3.3.3）。",
    example="一段五行的文字，一行在第 4 页，四行在第 5 页。",
    remedy="版式里 orphans 不小于 2；或在前面增减几个字。",
)
WIDOW_LINE = Rule(
    code="N707",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="段落的最后一行「{text}」单独落在页首。",
    message_en="The last line of a paragraph, “{text}”, stands alone at the head of the page.",
    hint_zh=_REWORD_ZH,
    hint_en=_REWORD_EN,
    what="跨页的段落在后一页只有一行。",
    why="这样的孤行难读，也不好看（CLREQ 3.3.3）。",
    example="一段五行的文字，四行在第 4 页，一行在第 5 页。",
    remedy="版式里 widows 不小于 2；或在前面增减几个字。",
)
LAST_PAGE_NEARLY_EMPTY = Rule(
    code="N708",
    severity=Severity.WARNING,
    message_zh="栏目的最后一页只有 {count} 行。",
    message_en="The last page of the section has {count} lines only.",
    hint_zh="在这个栏目里减几个字，把这几行收回前一页；或再加一些内容。",
    hint_en="Cut a few words in this section to bring them back to the page before, or add some.",
    what="栏目的末页不到三行文字，也没有图片。栏目的开头页和服务页不算。",
    why="几乎空着的一页浪费纸，看上去像没有排完。",
    example="栏目最后一段的末两行单独占了一页。",
    remedy="删改前面的文字，或调整图片大小。",
)
IMAGE_COARSE = Rule(
    code="N709",
    severity=Severity.WARNING,
    message_zh="图片印出来只有 {dpi} dpi，不到 {least} dpi，会发虚。",
    message_en="The picture is printed at {dpi} dpi, less than {least}: it will look coarse.",
    hint_zh="换一张像素更多的原图，或把图片排小一些。",
    hint_en="Use an original with more pixels, or print it smaller.",
    what="图片的像素除以印出的尺寸，每英寸不到 150 点。矢量图（SVG）不受影响。",
    why="屏幕上看着清楚的小图，印成整栏宽就糊了。",
    example="从网页存下的 600 像素宽的图，印成 158 mm 宽，只有 96 dpi。",
    remedy="向供图人要原图；整栏宽的图至少要 940 像素。",
)
IMAGE_STRETCHED = Rule(
    code="N710",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="图片变了形：横竖两个方向的缩放相差 {percent}%。",
    message_en="The picture is stretched: its scales across and down differ by {percent} %.",
    hint_zh="看看版式里是否同时写死了图片的宽和高。",
    hint_en="See whether the layout fixes both width and height of pictures.",
    what="图片横向和纵向的缩放比例相差超过 2%。",
    why="人像会变胖或变瘦，图表会失真。",
    example="版式把照片都写成 8 cm × 6 cm，竖拍的照片被压扁了。",
    remedy="只写宽或只写高，或用 object-fit: contain。",
)
PAGE_SCALED = Rule(
    code="N711",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="这一页与其他页不齐：整页文字的大小或位置、页码的位置都和别的页不同。",
    message_en="The page does not match the others: its type sizes or left edges, and its folio's place, are its own.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="这一页几乎没有一行的字号和左边与其他页相同，页码也不在原来的位置，像是整页被缩放或移动过。",
    why="缩小的页难读，翻页时文字会跳动。",
    example="用别的软件「适合纸张」打印过其中一页，再合并回来。",
    remedy="使用本工具生成的原文件；若是版式有意如此，请让这一页的正文与版心对齐。",
)
CELL_MISPLACED = Rule(
    code="N712",
    severity=Severity.ERROR,
    message_zh="表格里的「{text}」不在自己的行、列里。",
    message_en="“{text}” does not stand in its own row and column of the table.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="表格某一格的文字，按标签属于这一行、这一列，在页面上却落到了别的行或别的列。跨行、跨列的格不比。",
    why="读者按位置读表，会把数字看成别的项目的；复制和读屏读到的又是对的，两边不一致。",
    example="「广州」一行和「深圳」一行的数字换了位置。",
    remedy="重新生成；若是自己的版式把格子挪了位置，去掉那些定位。",
)
RUNNING_HEAD_WRONG = Rule(
    code="N715",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="书眉「{head}」与所在的栏目「{section}」不符。",
    message_en="The running head “{head}” does not agree with the section “{section}” that the page belongs to.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="同一栏目各页的书眉应当相同，与别的栏目不同，并且是栏目名或它的简称；刊名一侧全刊相同。这一页不是这样。",
    why="读者靠书眉找栏目，错了就会翻错。",
    example="第 12 页属于「数据制度」，书眉却印着「个人信息」。",
    remedy="重新生成。若改过版式，检查书眉取的是不是本栏目的名字；栏目的 short_title 要与栏目名有关。",
)
RUNNING_HEAD_MISSING = Rule(
    code="N716",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="第 {page} 页没有书眉，而其他页都有。",
    message_en="Page {page} has no running head, though the others have.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="栏目中间的页缺了书眉。栏目的第一页按设计可以没有。",
    why="这一页看上去与别的页不齐，读者不知道属于哪个栏目。",
    example="用别的软件替换过这一页。",
    remedy="使用本工具生成的原文件，或重新生成。",
)
FOLIO_GAP = Rule(
    code="N717",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="页码不连续：前面印的是 {before}，这一页印的是 {folio}，应为 {expected}。",
    message_en="The folios do not run on: {before} is followed by {folio} here, where {expected} is due.",
    hint_zh="看看是否少了页、多了页或页的次序乱了；重新生成一次。",
    hint_en="See whether a page is missing, doubled or out of order; build once more.",
    what="印出的页码没有一页接一页地数下去。前置页用罗马数字、正文从 1 重新数起，不算间断。",
    why="读者会以为缺了页；目录也就对不上了。",
    example="第 7 页之后印的是 9。",
    remedy="使用本工具生成的原文件；不要用别的软件增删、调换其中的页。",
)
FOLIO_MISSING = Rule(
    code="N718",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="第 {page} 页没有印页码，或没有印在页码的位置。",
    message_en="Page {page} prints no folio, or not where folios stand.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="前后的页都印着页码，这一页却没有；或整页被移动、缩放，页码不在原来的高度。",
    why="读者按目录翻不到这一页。",
    example="用别的软件替换过这一页。",
    remedy="使用本工具生成的原文件，或重新生成。",
)
REFERENCE_WRONG = Rule(
    code="N719",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="「{text}」指的是{named_zh}，{fact_zh}。",
    message_en="“{text}” names {named_en}, but {fact_en}.",
    hint_zh="核对正文里写的页码和链接；页码会随排版变动，能不写就不写。",
    hint_en="Check the page number and the link in the text; page numbers move with the setting, so better name none.",
    what="正文里「见第 12 页」一类的话，或写着文章标题的链接，与实际所在的页不符；或「本期第 99 页」并不存在。",
    why="读者照着翻，找不到。",
    example="写的是「见第 12 页」，那一篇却排到了第 13 页。",
    remedy="改正页码，或改写成文章的标题。",
)

RULES: tuple[Rule, ...] = (
    OFF_PAGE, OUTSIDE_TYPE_AREA, TEXT_OVERLAPS, TEXT_COVERED, TEXT_CLIPPED, HEADING_AT_FOOT, ORPHAN_LINE, WIDOW_LINE,
    LAST_PAGE_NEARLY_EMPTY, IMAGE_COARSE, IMAGE_STRETCHED, PAGE_SCALED, CELL_MISPLACED, RUNNING_HEAD_WRONG,
    RUNNING_HEAD_MISSING, FOLIO_GAP, FOLIO_MISSING, REFERENCE_WRONG,
)  # fmt: skip
