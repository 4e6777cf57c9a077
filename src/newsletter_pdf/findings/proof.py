"""Findings of the proof about the file, its pages, fonts and links (N50x–N51x, N54x–N55x).

``RULES`` holds all of the proof's, those of the contents and of the document as a whole included.
"""

from __future__ import annotations

from newsletter_pdf.findings import proof_contents, proof_document, proof_file
from newsletter_pdf.findings.rule import Rule, Severity

_REBUILD_ZH = "重新生成一次；如果仍然如此，请把这份 PDF 连同报告交给维护这套工具的人。"
_REBUILD_EN = "Build once more; if it stays, give this PDF and its report to whoever looks after the tool."

NOT_READABLE = Rule(
    code="N500",
    severity=Severity.ERROR,
    message_zh="打不开这个文件：{reason_zh}。",
    message_en="The file cannot be opened: {reason_en}.",
    hint_zh="检查文件名和路径，以及是否有权读取。",
    hint_en="Check its name and folder, and that you may read it.",
    what="要核对的 PDF 不存在、是一个文件夹，或没有读取权限。",
    why="打不开就无法核对。",
    example="verify build/2026-11/通讯.pdf，而文件名其实是「月报.pdf」。",
    remedy="改正文件名；在文件管理器里确认它能打开。",
)
NOT_A_PDF = Rule(
    code="N501",
    severity=Severity.ERROR,
    message_zh="这不是可读的 PDF：{reason_zh}。",
    message_en="This is no readable PDF: {reason_en}.",
    hint_zh="确认选对了文件；如果是下载或邮件里来的，重新取一份。",
    hint_en="Make sure it is the right file; if it was downloaded or mailed, fetch it again.",
    what="文件是空的、不是 PDF，或损坏到无法读取。",
    why="这样的文件读者也打不开。",
    example="把 Word 文件改名成了 .pdf。",
    remedy="重新生成，或换一份完好的文件。",
)
TRUNCATED = Rule(
    code="N502",
    severity=Severity.ERROR,
    message_zh="PDF 不完整，结尾缺了一截。",
    message_en="The PDF is cut off: its end is missing.",
    hint_zh="可能没有下载或拷贝完，重新取一份或重新生成。",
    hint_en="It was probably not copied or downloaded to the end: fetch it again or build it again.",
    what="文件末尾没有 PDF 的结束标记。",
    why="有的阅读器会拒绝打开，有的会少显示几页。",
    example="拷贝到 U 盘时中途拔出。",
    remedy="重新拷贝、下载或生成。",
)
ENCRYPTED = Rule(
    code="N503",
    severity=Severity.ERROR,
    message_zh="PDF 加了密，无法核对。",
    message_en="The PDF is encrypted and cannot be proved.",
    hint_zh="核对没有加密的原文件；本工具生成的 PDF 从不加密。",
    hint_en="Prove the file before it was encrypted; this tool never encrypts.",
    what="文件带有密码或权限保护。",
    why="加密后读不到里面的文字和结构；会员打开也不方便。",
    example="用别的软件给 PDF 设了「禁止复制」。",
    remedy="使用 build 文件夹里的原文件。",
)
DAMAGED = Rule(
    code="N504",
    severity=Severity.ERROR,
    message_zh="PDF 内部有损坏：{detail}",
    message_en="The PDF is damaged inside: {detail}",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="读取时发现文件结构有错，有的内容读不出来。",
    why="阅读器可能报错，或漏掉内容。",
    example="文件在传输中变了几个字节。",
    remedy="重新拷贝或重新生成。",
)
NOT_OURS = Rule(
    code="N505",
    severity=Severity.ERROR,
    message_zh="没有找到本工具写下的标题位置，这不像是本工具生成的 PDF。",
    message_en="No heading marks of this tool were found; the PDF does not seem to be made by it.",
    hint_zh="verify 只能核对本工具生成的 PDF。",
    hint_en="verify proves PDFs made by this tool only.",
    what="PDF 里没有栏目和文章的位置标记（如 s1、s1-g1-a2），目录无从核对。",
    why="没有这些标记，页码对不对就无法证明。",
    example="用浏览器「另存为 PDF」得到的文件。",
    remedy="核对 build 文件夹里由本工具生成的 PDF。",
)
TOO_LARGE = Rule(
    code="N506",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="PDF 有 {size} MB，超过上限 {limit} MB。",
    message_en="The PDF has {size} MB, more than the limit of {limit} MB.",
    hint_zh="把最大的图片缩小后再放进稿件。",
    hint_en="Make the largest pictures smaller.",
    what="文件大小超过邮件附件的上限（1 MB = 1,000,000 字节）。",
    why="许多邮箱会拒收，会员收不到。",
    example="直接放了几张手机原图，每张 8 MB。",
    remedy="照片缩到宽 2000 像素以内再用。",
)
LARGE = Rule(
    code="N507",
    severity=Severity.WARNING,
    message_zh="PDF 有 {size} MB，超过建议的 {limit} MB。",
    message_en="The PDF has {size} MB, more than the recommended {limit} MB.",
    hint_zh="有的邮箱会退信；可以把图片缩小一些。",
    hint_en="Some mailboxes will refuse it; consider smaller pictures.",
    what="文件大小接近邮件附件的上限（1 MB = 1,000,000 字节）。",
    why="部分单位邮箱只收 10 MB 以内的附件，编码后还会大三分之一。",
    example="照片较多的一期。",
    remedy="照片缩到宽 2000 像素以内再用。",
)
PAGE_COUNT = Rule(
    code="N508",
    severity=Severity.ERROR,
    message_zh="PDF 有 {pages} 页，排版时是 {expected} 页。",
    message_en="The PDF has {pages} pages; {expected} were laid out.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="成品的页数与排版的页数不同。",
    why="说明写文件时丢了页或多了页。",
    example="磁盘写满，后面的页没有写进去。",
    remedy="确认磁盘有空间，重新生成。",
)
EMPTY_PAGE = Rule(
    code="N510",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="这一页是空的（除书眉和页码外没有内容）。",
    message_en="This page is empty (nothing besides running head and folio).",
    hint_zh="看看前一页末尾是否有多余的空行、空图，或版式多分了一页。",
    hint_en="See whether something empty, or a page break too many, stands before it.",
    what="页面上没有文字也没有图。",
    why="空白页像是漏排了内容。",
    example="一个空的栏目，或连续两次分页。",
    remedy="删去造成空页的内容；若是版式有意留白，请改版式。",
)
PAGE_SIZE = Rule(
    code="N511",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="这一页的大小是 {width} × {height} mm{turned}，不是 A4（210 × 297 mm）。",
    message_en="This page measures {width} × {height} mm{turned}, not A4 (210 × 297 mm).",
    hint_zh="看看版式里 @page 的 size。",
    hint_en="See the size of @page in the layout.",
    what="有的页不是竖放的 A4。",
    why="打印时会缩放或裁切，页与页也不齐。",
    example="某个部分的版式写成了 Letter 纸。",
    remedy="在版式里统一为 A4。",
)
PAGE_LABELS_MISSING = Rule(
    code="N512",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="PDF 没有页面标签，阅读器里显示的页码会与印的不同。",
    message_en="The PDF has no page labels: viewers will count pages unlike the printed folios.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="页面标签让阅读器把正文第一页叫作「1」，而不是「7」。",
    why="没有标签，读者在阅读器里输入目录上的页码会跳错页。",
    example="用别的软件合并过的 PDF。",
    remedy="使用本工具生成的原文件。",
)
FOLIO_DIFFERS = Rule(
    code="N513",
    severity=Severity.ERROR,
    message_zh="这一页印的页码是 {folio}，页面标签却是 {label}（这样的页共 {count} 页）。",
    message_en="The folio printed here is {folio}, the page label {label} ({count} such pages).",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="页脚印的页码与阅读器显示的页码不同。",
    why="读者按目录翻页和在阅读器里跳页，会到不同的地方。",
    example="某一部分的页码从 1 重新数起。",
    remedy="重新生成。若改过版式，检查该部分起始页码的设置。",
)
PAGE_UNREADABLE = Rule(
    code="N514",
    severity=Severity.ERROR,
    message_zh="这一页的内容读不出来，无法核对。",
    message_en="The content of this page cannot be read.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="页面内容损坏，或多到不合常理。",
    why="读不出来的页，读者看到的可能是空白或乱码。",
    example="文件在传输中损坏。",
    remedy="重新生成；若内容里有极复杂的矢量图，换成简单一些的。",
)
FONT_NOT_EMBEDDED = Rule(
    code="N540",
    severity=Severity.ERROR,
    message_zh="字体「{font}」没有嵌入 PDF。",
    message_en="The font “{font}” is not embedded.",
    hint_zh="看看是否有从别处来的 PDF 图片；正文字体都应来自 fonts 文件夹。",
    hint_en="See whether a picture is a PDF from elsewhere; fonts belong in the folder fonts.",
    what="PDF 只记了字体的名字，没有带上字形。",
    why="读者的电脑没有这种字体时，会换字或显示成方块。",
    example="插图里的文字用了系统字体。",
    remedy="把插图里的文字转成曲线，或改用 fonts 里的字体。",
)
FONT_FOREIGN = Rule(
    code="N541",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="用了 fonts 文件夹以外的字体「{font}」。",
    message_en="The font “{font}” is not from the folder fonts.",
    hint_zh="看看版式或插图（SVG）里写的字体名。",
    hint_en="See the font names in the layout and in SVG pictures.",
    what="有文字用了系统里的字体。",
    why="换一台电脑排出来就会不一样；字体的授权也说不清。",
    example="SVG 图里写着 font-family: SimSun。",
    remedy="改成 fonts 里的字体，或把图里的文字转成曲线。",
)
GLYPH_MISSING = Rule(
    code="N542",
    severity=Severity.ERROR,
    message_zh="字体「{font}」缺字：{characters}，页面上是方框或空白。",
    message_en="The font “{font}” lacks {characters}: the page shows a box or nothing.",
    hint_zh="把这个字改成常用的写法，或换一种有这个字的字体。",
    hint_en="Write it otherwise, or use a font that has it.",
    what="页面上有字体里没有的字，印出来是方框。",
    why="读者看不到这个字；人名尤其不能缺。",
    example="姓名里的生僻字、表情符号。",
    remedy="核对原文是否打错；确实需要的字，请维护者加一种有它的字体。",
)
TEXT_UNMAPPED = Rule(
    code="N543",
    severity=Severity.ERROR,
    message_zh="字体「{font}」有 {count} 个字无法复制和检索（没有对应的文字编码），第一处在「{near}」的 □。",
    message_en="{count} glyphs of the font “{font}” have no text behind them (cannot be copied); first: □ in “{near}”.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="页面上看得见，但复制出来是乱码或空白。",
    why="读者检索不到，读屏软件也读不出。",
    example="插入的 PDF 图没有文字编码。",
    remedy="把插图里的文字转成曲线，或重新生成。",
)
LINK_BROKEN = Rule(
    code="N550",
    severity=Severity.ERROR,
    message_zh="这一页有一个内部链接（{name}）没有去处。",
    message_en="A link inside the document ({name}) leads nowhere.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="文件内部的链接指向不存在的位置。",
    why="点了没有反应。",
    example="用别的软件删掉了被链接的页。",
    remedy="重新生成；不要用别的软件改动生成好的 PDF。",
)
LINK_NOT_ABSOLUTE = Rule(
    code="N551",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="这一页的链接「{uri}」不是完整的网址。",
    message_en="The link “{uri}” is no complete address.",
    hint_zh="网址要以 https:// 或 http:// 开头，邮箱以 mailto: 开头。",
    hint_en="An address begins with https:// or http://, a mailbox with mailto:.",
    what="外部链接缺少开头的协议，或指向本机的文件。",
    why="在读者那里打不开。",
    example="[官网](www.example.org) 少了 https://。",
    remedy="补全网址。",
)
LINK_TOO_SMALL = Rule(
    code="N552",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="这一页有 {count} 个链接没有可点的面积。",
    message_en="{count} links on this page have no area to click on.",
    hint_zh="看看版式里链接（a）的 line-height 是否为 0；应与正文相同。",
    hint_en="See whether the layout sets line-height 0 on links (a); it should be the text's.",
    what="链接的热区高或宽不足 2 pt，点不中。",
    why="读者点目录或网址没有反应。",
    example="版式里写了 a { line-height: 0 }，热区就成了一条线。",
    remedy="在版式里去掉链接上的 line-height: 0。",
)

LINK_ADDRESS = Rule(
    code="N553",
    severity=Severity.ERROR,
    message_zh="链接的地址与稿件不符：「{uri}」，{what_zh}。",
    message_en="The address of a link does not agree with the content: “{uri}”, {what_en}.",
    hint_zh="以稿件为准，重新生成；版式自己加的链接，可以在 issue.yaml 里把这条设为 off。",
    hint_en="The content counts: build again. For links that the layout adds, set this rule to off in issue.yaml.",
    what="点开以后去的网址、邮箱，应当是稿件里写的那些，一个不多，一个不少，并且就在稿件写的那几个字上。",
    why="换掉的地址从页面上看不出来，读者点了才知道，还可能上当。",
    example="稿件里是 https://www.cac.gov.cn/，PDF 里点开却是别的网站。",
    remedy="使用本工具生成的原文件，或重新生成。",
    fixed=False,
)

TARGET_ASIDE = Rule(
    code="N554",
    severity=Severity.ERROR,
    message_zh="「{title}」的{by_zh}没有通向标题本身：{what_zh}。",
    message_en="The {by_en} of “{title}” does not lead to its heading, but {what_en}.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="目录链接和书签除了页要对，位置也要对：点开后标题在窗口上端，显示比例不变。",
    why="落在标题下面或别的文字上，读者以为点错了。",
    example="书签通向的页是对的，却落在标题下方半页的地方。",
    remedy="使用本工具生成的原文件，或重新生成。",
    fixed=False,
)
LINK_ASIDE = Rule(
    code="N555",
    severity=Severity.ERROR,
    message_zh="链接「{text}」可点的地方不在这几个字上。",
    message_en="The area of the link “{text}” does not lie on its words.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="链接可点的方框应当盖住链接的文字，也只盖住它们。",
    why="读者点这几个字没有反应，或者去了别处。",
    example="两个链接的方框对调了；方框移到了下一行，或放大到整页。",
    remedy="使用本工具生成的原文件，或重新生成。",
)

RULES: tuple[Rule, ...] = (
    NOT_READABLE, NOT_A_PDF, TRUNCATED, ENCRYPTED, DAMAGED, NOT_OURS, TOO_LARGE, LARGE, PAGE_COUNT,
    EMPTY_PAGE, PAGE_SIZE, PAGE_LABELS_MISSING, FOLIO_DIFFERS, PAGE_UNREADABLE,
    *proof_contents.RULES,
    FONT_NOT_EMBEDDED, FONT_FOREIGN, GLYPH_MISSING, TEXT_UNMAPPED, LINK_BROKEN, LINK_NOT_ABSOLUTE, LINK_TOO_SMALL,
    LINK_ADDRESS, TARGET_ASIDE, LINK_ASIDE,
    *proof_document.RULES, *proof_file.RULES,
)  # fmt: skip
