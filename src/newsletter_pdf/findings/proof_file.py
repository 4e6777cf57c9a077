"""Findings of the proof about the file as such: tags, safety, privacy, other readers (N68x–N69x)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

_REBUILD_ZH = "重新生成一次；如果仍然如此，请把这份 PDF 连同报告交给维护这套工具的人。"
_REBUILD_EN = "Build once more; if it stays, give this PDF and its report to whoever looks after the tool."
_ORIGINAL_ZH = "使用 build 文件夹里的原文件；不要用别的软件改动生成好的 PDF。"
_ORIGINAL_EN = "Use the original from the folder build; do not change a finished PDF with other programs."

CLAIM_MISSING = Rule(
    code="N680",
    severity=Severity.ERROR,
    message_zh="PDF 带有无障碍标签，却没有声明符合 PDF/UA-1。",
    message_en="The PDF is tagged but does not claim to be PDF/UA-1.",
    hint_zh=_ORIGINAL_ZH,
    hint_en=_ORIGINAL_EN,
    what="元数据（XMP）里没有 pdfuaid:part=1，或元数据整个丢了（ISO 14289-1 第 5 条）。",
    why="检查软件和读屏软件靠这一声明知道文件是无障碍的。",
    example="用别的软件压缩过，元数据被清掉了。",
    remedy="使用原文件，或重新生成。",
)
METADATA_DISAGREES = Rule(
    code="N681",
    severity=Severity.ERROR,
    message_zh="{field_zh}在文档信息里是「{info}」，在 XMP 元数据里是「{xmp}」。",
    message_en="The {field_en} is “{info}” in the document information, “{xmp}” in the XMP metadata.",
    hint_zh=_ORIGINAL_ZH,
    hint_en=_ORIGINAL_EN,
    what="PDF 把标题、作者、日期等记了两处，两处必须一致（ISO 14289-1 7.1，ISO 32000-1 14.3）。",
    why="有的软件看这一处，有的看那一处，归档系统会登记错。",
    example="用别的软件改了标题，只改到一处。",
    remedy="在 issue.yaml 里改，重新生成。",
)
VERSION_WRONG = Rule(
    code="N682",
    severity=Severity.ERROR,
    message_zh="PDF 的版本号是 {version}，不对。",
    message_en="The PDF's version, {version}, is not right.",
    hint_zh=_ORIGINAL_ZH,
    hint_en=_ORIGINAL_EN,
    what="PDF/UA-1 以 PDF 1.7（ISO 32000-1）为基础，不能更高；用了压缩对象的，不能低于 1.5。",
    why="版本写错，旧的阅读器可能打不开，检查软件会判为不合格。",
    example="用别的软件另存成了 PDF 2.0。",
    remedy="使用原文件，或重新生成。",
)
CONTENT_UNTAGGED = Rule(
    code="N683",
    severity=Severity.ERROR,
    message_zh="这一页有 {count} 处内容既没有标签，也没有标为装饰，第一处是「{near}」。",
    message_en="{count} pieces of content on this page are neither tagged nor marked as artifacts; first: “{near}”.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="页面上的每一样东西，要么属于结构树，要么标为装饰（ISO 14289-1 7.1）。",
    why="没有标签的文字，读屏软件读不到。",
    example="生成后用别的软件加了水印或页眉。",
    remedy="使用原文件；水印、页眉请做在版式里。",
)
TREE_BROKEN = Rule(
    code="N684",
    severity=Severity.ERROR,
    message_zh="无障碍标签与页面对不上：{what_zh}（共 {count} 处）。",
    message_en="Tags and pages do not fit together: {what_en} ({count} times).",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="结构树、页面内容和两者之间的对照表（ParentTree）互相矛盾（ISO 32000-1 14.7.4）。",
    why="读屏软件会漏读、重读，或读不出来。",
    example="用别的软件删过页，结构树里还留着那一页的内容。",
    remedy="使用原文件，或重新生成。",
)
HEADINGS_WRONG = Rule(
    code="N685",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="标题的级别不对：{what_zh}（「{title}」，共 {count} 处）。",
    message_en="Levels of headings are wrong: {what_en} (“{title}”, {count} times).",
    hint_zh="看看版式里标题用的是不是 h1、h2、h3，依次往下。",
    hint_en="See that the layout's headings are h1, h2, h3, one below the other.",
    what="标题要从一级开始，逐级往下，不能跳级，不能空，也不能套在另一个标题里（ISO 14289-1 7.4）。",
    why="看不见版面的读者靠标题的级别跳读。",
    example="一级标题之后直接是三级标题。",
    remedy="在版式里改正标题的级别。",
)
TABLE_WRONG = Rule(
    code="N686",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="表格的标签不完整：{what_zh}（共 {count} 处）。",
    message_en="The tags of a table are incomplete: {what_en} ({count} times).",
    hint_zh="看看表格有没有表头；版式里表头要用 th，并写明 scope。",
    hint_en="See that the table has a head; in the layout, head cells are th with a scope.",
    what="表格要有表头，表头要说明管哪一行或哪一列，各行的格数要一致（ISO 14289-1 7.5）。",
    why="读屏软件读到一格时，要念出它属于哪一行哪一列。",
    example="版式把表头排成了普通格子。",
    remedy="稿件里的表格第一行写表头；若改过版式，把表头改回 th。",
)
LIST_WRONG = Rule(
    code="N687",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="列表的标签不对：{what_zh}（共 {count} 处）。",
    message_en="The tags of a list are wrong: {what_en} ({count} times).",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="列表只含列表项，列表项只含编号和正文（ISO 14289-1 7.6，ISO 32000-1 14.8.4.3.3）。",
    why="读屏软件靠它报出「共几项、第几项」。",
    example="版式在 ul 里直接放了段落。",
    remedy="在版式里把列表改成 ul、ol 加 li；否则重新生成。",
)
LINK_UNTAGGED = Rule(
    code="N688",
    severity=Severity.ERROR,
    message_zh="这一页有 {count} 个链接{what_zh}。",
    message_en="{count} links on this page {what_en}.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="链接要在结构树的 Link 里，要有说明文字（ISO 14289-1 7.18）。",
    why="读屏软件要能念出链接通向哪里。",
    example="用别的软件在页面上加了链接。",
    remedy="把链接写在稿件里，重新生成。",
)
FONT_INCONSISTENT = Rule(
    code="N689",
    severity=Severity.ERROR,
    message_zh="字体「{font}」{what_zh}。",
    message_en="The font “{font}” {what_en}.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="PDF 对字体的说法与嵌入的字体文件不符：字的编码、字宽，或子集的名字（ISO 14289-1 7.21，ISO 32000-1 9.6.4）。",
    why="看到的是一个字，复制和检索到的是另一个；或字与字挤在一起。",
    example="用别的软件合并字体之后，复制出来的文字张冠李戴。",
    remedy="使用原文件，或重新生成。",
)
ELEMENT_MISPLACED = Rule(
    code="N690",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="标签用得不对：{what_zh}（共 {count} 处）。",
    message_en="Tags are misused: {what_en} ({count} times).",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="标签的类型不是标准的，或套在了不该套的地方（ISO 14289-1 7.1、7.2，ISO 32000-1 14.8.4）。",
    why="读屏软件不认识这样的标签，或会把内容读乱。",
    example="表格的一行不在表格里。",
    remedy="使用原文件，或重新生成。",
)
ACTIVE_CONTENT = Rule(
    code="N691",
    severity=Severity.ERROR,
    message_zh="PDF 里有会自己动作的内容：{what}（{where_zh}）。",
    message_en="The PDF holds active content: {what} ({where_en}).",
    hint_zh=_ORIGINAL_ZH,
    hint_en=_ORIGINAL_EN,
    what="文件里有脚本，或打开程序、提交数据、转到别的文件一类的动作；或设成打开时跳到别的页、藏起菜单、自动翻页。",
    why="会员的邮件系统会当作病毒拦下；阅读器会弹出警告。",
    example="用别的软件加了「打开时运行」的脚本。",
    remedy="使用原文件，或重新生成。",
)
ATTACHMENT = Rule(
    code="N692",
    severity=Severity.ERROR,
    message_zh="PDF 里夹带了文件：{name}。",
    message_en="A file is attached inside the PDF: {name}.",
    hint_zh="附件请随邮件另发。",
    hint_en="Send attachments with the mail, not inside the PDF.",
    what="PDF 里嵌有别的文件（附件）。",
    why="本工具从不嵌附件；来历不明的附件会被邮件系统拦下，也可能泄露内部文件。",
    example="用别的软件把原稿附在了 PDF 里。",
    remedy="使用原文件，或重新生成。",
)
FORM_OR_NOTE = Rule(
    code="N693",
    severity=Severity.ERROR,
    message_zh="PDF 里有{what_zh}。",
    message_en="The PDF holds {what_en}.",
    hint_zh="去掉批注和表单，或使用 build 文件夹里的原文件。",
    hint_en="Remove comments and forms, or use the original from the folder build.",
    what="文件里有批注、高亮、图章、表单等链接以外的东西，或链接自己画着边框、图样。",
    why="校对时留下的批注会随刊物一起发给所有会员。",
    example="审稿人在 PDF 上写了意见，忘了删。",
    remedy="把意见改进稿件里，重新生成。",
)
LAYERS = Rule(
    code="N694",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="PDF 有可以隐藏的图层。",
    message_en="The PDF has layers that can be hidden.",
    hint_zh=_ORIGINAL_ZH,
    hint_en=_ORIGINAL_EN,
    what="有的内容放在图层（可选内容）里，可以显示，也可以不显示。",
    why="同一份文件，有人看得到，有人看不到；打印出来也可能不同。",
    example="用别的软件加的水印是一个图层。",
    remedy="使用原文件，或重新生成。",
)
PRIVATE_TRACE = Rule(
    code="N695",
    severity=Severity.ERROR,
    message_zh="PDF 里留下了这台电脑的痕迹：{trace}。",
    message_en="The PDF holds traces of a computer: {trace}.",
    hint_zh="看看图片、字体或插图（SVG）里是否写着文件夹路径。",
    hint_en="See whether a picture, a font or an SVG names a folder.",
    what="文件里有文件夹的完整路径、用户名或电脑名，而页面上并没有印它；文档信息和 XMP 里有写人、账号、电脑的栏目；"
    "或有别的软件存的私有数据（PieceInfo）。编辑写的标题、作者、主题、关键词不算。",
    why="会把编辑的姓名和电脑里的文件夹发给所有会员；换一台电脑排，文件也会不同。",
    example="插图里存着 C:\\Users\\zhang\\Desktop\\图.svg。",
    remedy="去掉图片里的路径（另存一份），重新生成。",
)
CHANGED_AFTERWARDS = Rule(
    code="N696",
    severity=Severity.ERROR,
    message_zh="文件在写完之后又被改过：{what_zh}。",
    message_en="The file was changed after it was finished: {what_en}.",
    hint_zh=_ORIGINAL_ZH,
    hint_en=_ORIGINAL_EN,
    what="PDF 的结束标记之后、开头之前还有内容，或文件后面追加了一次修改。",
    why="追加的修改里，旧的内容还在文件中，别人可以翻出来；有的阅读器会报错。",
    example="用别的软件打开后点了「保存」。",
    remedy="使用原文件，或重新生成。",
)
HIDDEN_TEXT = Rule(
    code="N698",
    severity=Severity.ERROR,
    message_zh="这一页有 {count} 个看不见的字：「{near}」。",
    message_en="{count} characters on this page cannot be seen: “{near}”.",
    hint_zh="看看版式或插图里是否有透明、与底色同色、不显示或字号为零的文字。",
    hint_en="See whether the layout or a picture has text that is transparent, on its own colour, or not painted.",
    what="文字写在页面里，却看不到（不画、透明、被蒙版遮住、极小、压扁，或与底色同色，包括混合之后同色）。",
    why="读者看不到，复制、检索和读屏却会读到；也可能夹带了不该发出的内容。",
    example="用识别软件处理过的扫描页，或为了搜索而藏的关键词。",
    remedy="删去隐藏的文字，重新生成。",
)
GLYPHS_DIFFER = Rule(
    code="N697",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="字体「{font}」里有 {count} 个字画的不是 fonts/ 里的字形：{characters}",
    message_en="{count} glyphs of the font “{font}” are not drawn as in fonts/: {characters}",
    hint_zh=_ORIGINAL_ZH,
    hint_en=_ORIGINAL_EN,
    what="嵌入的字体里，用到的字的轮廓与 fonts/ 里同名字体的不同，或那个轮廓在 fonts/ 里是另一个字。",
    why="印出来的是别的字，复制、检索出来的却是原来的字，别的检查都发现不了。",
    example="字体里「一」的字形换成了「二」的。",
    remedy="使用原文件，或重新生成；换过 fonts/ 里的字体，也要重新生成。",
)
PAGE_BOXES = Rule(
    code="N699",
    severity=Severity.ERROR,
    message_zh="这一页的{box}与纸张（MediaBox）不符，相差 {cut} mm。",
    message_en="The {box} of this page differs from its paper (MediaBox) by {cut} mm.",
    hint_zh=_ORIGINAL_ZH,
    hint_en=_ORIGINAL_EN,
    what="页面另有一个比纸张小的裁切框，或改了单位（UserUnit）。",
    why="阅读器只显示裁切框里的内容，框外的文字看不到，打印也会缩放。",
    example="用别的软件裁过页边。",
    remedy="使用原文件，或重新生成。",
)

RULES: tuple[Rule, ...] = (
    CLAIM_MISSING, METADATA_DISAGREES, VERSION_WRONG, CONTENT_UNTAGGED, TREE_BROKEN, HEADINGS_WRONG, TABLE_WRONG,
    LIST_WRONG, LINK_UNTAGGED, FONT_INCONSISTENT, ELEMENT_MISPLACED, ACTIVE_CONTENT, ATTACHMENT, FORM_OR_NOTE, LAYERS,
    PRIVATE_TRACE, CHANGED_AFTERWARDS, GLYPHS_DIFFER, HIDDEN_TEXT, PAGE_BOXES,
)  # fmt: skip
