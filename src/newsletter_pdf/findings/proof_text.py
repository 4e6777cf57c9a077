"""Findings of the proof about the text: what the pages show against what should stand there (N720–N739)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

_REBUILD_ZH = "重新生成一次；如果仍然如此，请把这份 PDF 连同报告交给维护这套工具的人。"
_REBUILD_EN = "Build once more; if it stays, give this PDF and its report to whoever looks after the tool."
_CHANGED_WHY = "签发的人凭校验放行：印出来的每一句都应当是稿件里的那一句，不多、不少、不乱。"
_OTHER_PROGRAM = "多半是 PDF 在生成之后被别的软件改过，或者稿件在生成之后又改过。"

SENTENCE_MISSING = Rule(
    code="N720",
    severity=Severity.ERROR,
    message_zh="{kind_zh}「{quote}」{more_zh}没有印在 PDF 里。",
    message_en="The {kind_en} “{quote}”{more_en} is not in the PDF.",
    hint_zh="稿件改过就重新生成；版式漏印了这一项，请告诉维护版式的人。",
    hint_en="Build again when the text was changed; else tell whoever looks after the layout.",
    what="稿件里有的句子，在 PDF 里没有找到。标出的页是它本来应当在的地方。",
    why=_CHANGED_WHY,
    example="第 12 页的一段里少了最后一句；或者模板漏印了图片的出处。",
    remedy=_OTHER_PROGRAM + "重新生成；仍然如此，就是版式漏印，请告诉维护版式的人。",
)
SENTENCE_ALTERED = Rule(
    code="N721",
    severity=Severity.ERROR,
    message_zh="{kind_zh}与稿件不同：稿件是「{wanted}」，PDF 里是「{shown}」。",
    message_en="The {kind_en} differs from the text: it should be “{wanted}”, the PDF shows “{shown}”.",
    hint_zh="不同的字在【】里。以稿件为准，重新生成。",
    hint_en="The letters that differ are in 【】. The text is what counts: build again.",
    what="一句话印出来了，但有的字与稿件不一样。不同的字用【】标出。",
    why=_CHANGED_WHY + "一个数字、一个名字错了，比漏一段更难发现。",
    example="稿件是「罚款【1】00万元」，PDF 里是「罚款【7】00万元」。",
    remedy=_OTHER_PROGRAM + "以稿件为准，重新生成。",
)
SENTENCE_DOUBLED = Rule(
    code="N722",
    severity=Severity.ERROR,
    message_zh="「{quote}」印了不止一次（{kind_zh}）。",
    message_en="“{quote}” is printed more than once ({kind_en}).",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="稿件里只有一次的句子，在 PDF 里印了两次。标出的是多出来的那一次。",
    why=_CHANGED_WHY,
    example="一段话在第 8 页末尾和第 9 页开头各印了一遍。",
    remedy=_OTHER_PROGRAM + "重新生成。",
)
SENTENCE_ELSEWHERE = Rule(
    code="N723",
    severity=Severity.ERROR,
    message_zh="{kind_zh}「{quote}」{more_zh}的先后次序与稿件不同。",
    message_en="The {kind_en} “{quote}”{more_en} stands in another order than in the text.",
    hint_zh="对照稿件看这一页和相邻的页，是否有段落对调、页序颠倒。",
    hint_en="Compare this page and its neighbours with the text: paragraphs or pages may have been swapped.",
    what="句子都在，但次序与稿件不同；或者从上到下看到的次序，与读屏软件读出的次序不同。",
    why=_CHANGED_WHY,
    example="两段对调了位置；第 20 页和第 21 页装订反了。",
    remedy=_OTHER_PROGRAM + "重新生成。",
)
TEXT_FOREIGN = Rule(
    code="N724",
    severity=Severity.ERROR,
    message_zh="这里印着稿件和版式里都没有的文字：「{quote}」。",
    message_en="Here stands text that is neither in the content nor in the layout: “{quote}”.",
    hint_zh="如果是版式印的，请写在模板里，不要由程序拼出来；否则以稿件为准，重新生成。",
    hint_en="When the layout prints it, put it into the template as it is; otherwise build again from the text.",
    what="页面上有一段文字，既不是稿件里的，也不是版式自己印的标签、编号、书眉、页码。",
    why=_CHANGED_WHY,
    example="有人在 PDF 里加了一行批注，或盖了「内部资料」的字样。",
    remedy="用本工具生成的原文件；确实要印的话，写进稿件或模板，重新生成。",
)
COPY_DIFFERS = Rule(
    code="N725",
    severity=Severity.ERROR,
    message_zh="看到的和复制出来的不一样：印着「{shown}」，复制、检索得到「{copied}」。",
    message_en="What is seen and what is copied differ: printed “{shown}”, copied and searched “{copied}”.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="PDF 里每一行字都带有供复制、检索、朗读用的文字；这一行与印出来的字不同。",
    why="读屏软件读出的、读者引用的，会和印的不一样。",
    example="印着「2026年」，复制出来是「2025年」。",
    remedy=_OTHER_PROGRAM + "重新生成。",
)
NUMBER_DIFFERS = Rule(
    code="N726",
    severity=Severity.ERROR,
    message_zh="{kind_zh}「{quote}」应当是第 {wanted} 个，编号印的是 {shown}。",
    message_en="The {kind_en} “{quote}” should be number {wanted}; {shown} is printed.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="标题、列表或步骤前面的编号，与它在稿件里的次序不符。",
    why="引用靠编号；编号错了，就指到别处去了。",
    example="一组里的第二篇文章印成了「3.」。",
    remedy="重新生成；仍然如此，请告诉维护版式的人。",
)
CONTENTS_TITLE = Rule(
    code="N727",
    severity=Severity.ERROR,
    message_zh="目录里的「{shown}」与稿件的标题「{wanted}」不同。",
    message_en="The contents say “{shown}”; the title in the text is “{wanted}”.",
    hint_zh="以稿件为准，重新生成。",
    hint_en="The text is what counts: build again.",
    what="目录条目（连同编号）与稿件里的标题不一样，或目录里缺了这个标题（印作「—」）。",
    why="读者凭目录找文章；目录和正文的标题必须是同一个。",
    example="稿件里是「数据出境的三条路」，目录里是「数据出境的两条路」。",
    remedy="重新生成；仍然如此，请告诉维护版式的人。",
)
RUNNING_HEAD = Rule(
    code="N728",
    severity=Severity.ERROR,
    message_zh="书眉不对：印着「{shown}」，这一页应当是「{wanted}」。",
    message_en="The running head is wrong: it says “{shown}”, this page should have “{wanted}”.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="书眉应当印这一页所属栏目的标题（有 short_title 时印它）和刊名、年月；这一页印了别的，或者该有而没有。",
    why="读者翻页时靠书眉知道自己在哪一栏。",
    example="「数据制度」一栏的页上，书眉还是上一栏的标题。",
    remedy="重新生成；仍然如此，请告诉维护版式的人。",
)
COVER_FACT = Rule(
    code="N729",
    severity=Severity.ERROR,
    message_zh="{where_zh}的{field_zh}是「{shown}」，issue.yaml 里是「{wanted}」。",
    message_en="The {field_en} {where_en} is “{shown}”; issue.yaml has “{wanted}”.",
    hint_zh="改 issue.yaml，或改版式里写死的字，再重新生成。",
    hint_en="Correct issue.yaml, or what the layout has fixed, and build again.",
    what="封面或书眉上印的日期、期号、总期号、刊名，与 issue.yaml 不一致。",
    why="上一期的日期或期号留在封面上，是最难看的错。",
    example="封面还印着「2026年10月　第10期」。",
    remedy="核对 issue.yaml 的 title、date、number、running_number；版式里不要写死这些字。",
)
COVER_LACKS = Rule(
    code="N730",
    severity=Severity.ERROR,
    message_zh="封面上没有{field_zh}「{wanted}」。",
    message_en="The cover lacks the {field_en} “{wanted}”.",
    hint_zh="封面应当印出刊名、期号和日期；请看版式的封面模板。",
    hint_en="A cover shows title, number and date; see the layout's template for it.",
    what="封面上缺少标题、期号、总期号、日期或副题，或印得与 issue.yaml 不同。",
    why="读者和图书馆凭它们认这一期。",
    example="封面标题印成了另一份刊物的名字。",
    remedy="核对 issue.yaml 和版式的封面模板，重新生成。",
)
METADATA_DIFFERS = Rule(
    code="N731",
    severity=Severity.ERROR,
    message_zh="PDF 文档信息的{field_zh}是「{shown}」，issue.yaml 里是「{wanted}」。",
    message_en="The PDF's {field_en} is “{shown}”; issue.yaml has “{wanted}”.",
    hint_zh="重新生成；生成以后不要用别的软件改文档信息。",
    hint_en="Build again, and do not change the document information afterwards.",
    what="PDF 的文档信息（标题、作者、主题、关键词、语言、日期）与 issue.yaml 不一致。",
    why="阅读器的窗口、检索和归档显示的是这些。",
    example="标题里还是「第10期」。",
    remedy="核对 issue.yaml，重新生成。",
)
FILE_NAME = Rule(
    code="N732",
    severity=Severity.WARNING,
    message_zh="文件名是「{shown}」，这一期应当是「{wanted}」。",
    message_en="The file is called “{shown}”; this issue's is “{wanted}”.",
    hint_zh="改回原来的文件名，或确认没有拿错文件。",
    hint_en="Give it its name again, or make sure it is the right file.",
    what="PDF 的文件名不是「期的文件夹名.pdf」。",
    why="文件名写着别的期号，收件人会以为拿错了。",
    example="十一月的一期，文件叫 2026-10.pdf。",
    remedy="改文件名；或核对的是另一期的文件夹。",
)
FACTS_DISAGREE = Rule(
    code="N733",
    severity=Severity.ERROR,
    message_zh="{field_zh}前后不一：{one_zh}是「{one}」，{other_zh}是「{other}」。",
    message_en="The {field_en} does not agree: “{one}” {one_en}, “{other}” {other_en}.",
    hint_zh="核对 issue.yaml 和版式，重新生成。",
    hint_en="Check issue.yaml and the layout, and build again.",
    what="同一份 PDF 里，封面、文档信息、书眉上的年月或期号互相矛盾。",
    why="至少有一处是错的，多半是上一期留下来的。",
    example="封面是「第11期」，文档标题是「第10期」。",
    remedy="核对 issue.yaml 和版式，重新生成。",
)
RESIDUE = Rule(
    code="N734",
    severity=Severity.ERROR,
    message_zh="页面上有没填好的内容：「{text}」（{near}）。",
    message_en="Something was not filled in on this page: “{text}” ({near}).",
    hint_zh="多半是模板里的变量没有代入；请告诉维护版式的人。",
    hint_en="Most likely a field of a template; tell whoever looks after the layout.",
    what="页面上有模板的记号（{{ }}、{% %}）、空值（None、undefined、nan）或占位文字（TODO、待补），而稿件里没有。",
    why="读者会看到半成品。",
    example="封面上印着「第None期」。",
    remedy="改模板，重新生成。",
)
RESIDUE_WRITTEN = Rule(
    code="N735",
    severity=Severity.WARNING,
    message_zh="这里像是没有写完：「{text}」（{near}）。",
    message_en="This looks unfinished: “{text}” ({near}).",
    hint_zh="写完它，或确认就是要这样印。",
    hint_en="Finish it, or make sure that it is meant to be printed so.",
    what="稿件里留着占位的字：TODO、FIXME、TBD、XXX、lorem ipsum、待补、待定，或像是空值的 None、nan。",
    why="占位的字常常在最后忘了换掉。",
    example="「发布会时间：待定」。",
    remedy="写完这一处；确实要这样印的，不用管它。",
)
PRIVATE_USE = Rule(
    code="N736",
    severity=Severity.ERROR,
    message_zh="这一页有别的电脑认不得的字符：{characters}（{near}）。",
    message_en="This page has characters that mean nothing elsewhere: {characters} ({near}).",
    hint_zh="换成正式的字符；缺的字用图片，或告诉维护字体的人。",
    hint_en="Use the real character; for one that is missing use a picture, or tell whoever looks after the fonts.",
    what="Unicode 私用区的字符（U+E000–F8FF 等），或不是字符的编码。",
    why="私用字符只在造它的电脑上有意义，复制、检索、朗读都会出错。",
    example="从旧系统贴来的造字，在这里显示成别的样子。",
    remedy="在稿件里换成正式的字符。",
)
HIDDEN_TEXT = Rule(
    code="N737",
    severity=Severity.WARNING,
    message_zh="这一页有看不见的文字：「{quote}」。",
    message_en="This page has invisible text: “{quote}”.",
    hint_zh="用本工具生成的原文件。",
    hint_en="Use the file that this tool made.",
    what="页面上有不显示、却能复制和检索到的文字。",
    why="签发的人看不见它，读屏软件却会读出来。",
    example="扫描软件给页面加了一层看不见的识别文字。",
    remedy="重新生成，不要用别的软件另存。",
)
ENGINE_TEXT = Rule(
    code="N738",
    severity=Severity.ERROR,
    message_zh="另一个阅读引擎（PDFium）在这一页读到的文字不同：{detail_zh}。",
    message_en="A second engine (PDFium) reads other text on this page: {detail_en}.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="校验用两个引擎各读一遍 PDF；这一页上，两边读到的字或字的位置不一样。",
    why="读者用的阅读器和校验用的可能看到不同的东西，这份校验就不能作数。",
    example="浏览器里少了一行，因为页面内容有一处损坏。",
    remedy=_REBUILD_ZH,
)
ENGINE_PAGES = Rule(
    code="N739",
    severity=Severity.ERROR,
    message_zh="另一个阅读引擎（PDFium）读到的页不同：{detail_zh}。",
    message_en="A second engine (PDFium) reads other pages: {detail_en}.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="另一个引擎打不开这份 PDF，或读到的页数、页面大小不同。",
    why="有的阅读器会打不开，或者显示得不一样。",
    example="文件尾部损坏，一个引擎能修复，另一个不能。",
    remedy=_REBUILD_ZH,
)

RULES: tuple[Rule, ...] = (
    SENTENCE_MISSING,
    SENTENCE_ALTERED,
    SENTENCE_DOUBLED,
    SENTENCE_ELSEWHERE,
    TEXT_FOREIGN,
    COPY_DIFFERS,
    NUMBER_DIFFERS,
    CONTENTS_TITLE,
    RUNNING_HEAD,
    COVER_FACT,
    COVER_LACKS,
    METADATA_DIFFERS,
    FILE_NAME,
    FACTS_DISAGREE,
    RESIDUE,
    RESIDUE_WRITTEN,
    PRIVATE_USE,
    HIDDEN_TEXT,
    ENGINE_TEXT,
    ENGINE_PAGES,
)
