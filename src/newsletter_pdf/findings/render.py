"""N4xx: composition and rendering."""

from newsletter_pdf.findings.rule import Rule, Severity

TEMPLATE_FAULT = Rule(
    code="N401",
    severity=Severity.ERROR,
    message_zh="版式的模板有错：{reason}",
    message_en="The layout's template is at fault: {reason}",
    hint_zh="请把这条信息交给版式的设计者；编辑可先换用 classic 版式出刊。",
    hint_en="Pass this on to the layout's designer; meanwhile the issue can be built with the layout classic.",
    what="排版时，版式里的模板（Jinja2）或样式表模板执行不下去。",
    why="模板写错了字段名、漏了结束标记，或者做了沙箱不允许的事（读文件、调用程序内部）。",
    example="模板里写了 {{ issue.titel }}，而字段名是 issue.facts.title。",
    remedy="按提示的文件和行号改模板；内容本身不用动。",
)
IMAGE_FAULT = Rule(
    code="N402",
    severity=Severity.ERROR,
    message_zh="图片无法使用：{address}（{reason}）",
    message_en="The picture cannot be used: {address} ({reason})",
    hint_zh="请用看图软件打开确认；SVG 可重新导出，照片请存为 JPEG 或 PNG。",
    hint_en="Open it in a viewer to see; export the SVG again, or save the photograph as JPEG or PNG.",
    what="图片文件存在，但排版引擎打不开或画不出来。",
    why="文件损坏、格式与扩展名不符，或 SVG 里有不支持的内容。缺图的页面不能寄给读者。",
    example="images/会场.png 实际是改了扩展名的 HEIC 照片。",
    remedy="重新导出图片，换成 SVG、PNG、JPEG 或 WebP。",
)
STYLE_FAULT = Rule(
    code="N403",
    severity=Severity.WARNING,
    message_zh="版式的样式表有一处没有生效：{detail}",
    message_en="Something in the layout's style sheet had no effect: {detail}",
    hint_zh="请把这条信息交给版式的设计者。",
    hint_en="Pass this on to the layout's designer.",
    what="排版引擎不认识样式表里的某个属性、取值或规则。",
    why="拼写错误或引擎不支持；那一行样式会被忽略，页面可能与设想不同。",
    example="colour: red（应为 color）。",
    remedy="改正或删去这一行样式。",
)
MISSING_GLYPH = Rule(
    code="N404",
    severity=Severity.ERROR,
    message_zh="字体里没有这个字：「{char}」（U+{code:04X}），页面上会是空框",
    message_en="No font has this character: “{char}” (U+{code:04X}); the page would show an empty box",
    hint_zh="请换一个字，或用图片代替；确需此字时，请联系维护者添加字体。",
    hint_en="Use another character or a picture; ask the maintainers for a font when it is needed.",
    what="正文里有一个字，项目自带的字体都画不出来。",
    why="多为生僻字、表情符号或从别处粘来的私用区字符。",
    example="人名中的生僻字、😀。",
    remedy="改用通行写法，或做成小图插入。",
)
DEAD_LINK = Rule(
    code="N405",
    severity=Severity.ERROR,
    message_zh="版式里的内部链接没有去处：{anchor}",
    message_en="An internal link of the layout leads nowhere: {anchor}",
    hint_zh="请把这条信息交给版式的设计者。",
    hint_en="Pass this on to the layout's designer.",
    what="页面上有一个指向刊内的链接，而它指的标题不存在。",
    why="版式的标题模板漏了锚点（id），目次会点不开。",
    example="目次链接 #s2-g1，而分组标题没有 id。",
    remedy="在标题模板中写上 id。",
)
DOUBLE_ANCHOR = Rule(
    code="N406",
    severity=Severity.ERROR,
    message_zh="两处标题用了同一个锚点：{anchor}",
    message_en="Two headings share one destination: {anchor}",
    hint_zh="请把这条信息交给版式的设计者。",
    hint_en="Pass this on to the layout's designer.",
    what="同一个锚点（id）出现了两次，链接只会跳到第一处。",
    why="版式模板重复输出了标题。",
    example="section 模板把栏目标题印了两遍，且都带 id。",
    remedy="去掉其中一个 id。",
)
FORBIDDEN_ADDRESS = Rule(
    code="N407",
    severity=Severity.ERROR,
    message_zh="版式要读取不许读的地址：{address}",
    message_en="The layout asks for an address that may not be read: {address}",
    hint_zh="图片等文件请放进版式或本期文件夹；排版时不联网。",
    hint_en="Put the file into the layout's or the issue's folder; nothing is fetched from the network.",
    what="模板或样式表引用了项目文件夹以外的文件或网络地址。",
    why="出刊不依赖网络，也不允许读取电脑上的其他文件。",
    example="background: url(https://example.org/bg.png)。",
    remedy="把文件放进版式的 images/ 文件夹，改用相对地址。",
)
NO_HEADING = Rule(
    code="N408",
    severity=Severity.ERROR,
    message_zh="排好的页面里找不到标题「{title}」的位置，目次无法标页码",
    message_en="The laid-out pages have no destination for the heading “{title}”; its page cannot be given",
    hint_zh='请把这条信息交给版式的设计者：标题须带 id="{anchor}"。',
    hint_en='Pass this on to the layout\'s designer: the heading needs id="{anchor}".',
    what="目次需要每个标题的页码，而版式没有把这个标题的锚点写出来。",
    why="版式的栏目模板漏掉了 id，或者用样式把标题隐藏了。",
    example="h3 没有 id。",
    remedy="在模板里给标题加上 id。",
)
ENGINE_NOTE = Rule(
    code="N409",
    severity=Severity.WARNING,
    message_zh="排版引擎的提示：{detail}",
    message_en="The rendering engine says: {detail}",
    hint_zh="请看一眼相关页面；如无异样可以忽略，并请告知维护者。",
    hint_en="Look at the pages concerned; if nothing is amiss, ignore it and tell the maintainers.",
    what="WeasyPrint 在排版或写文件时给出的其他提示。",
    why="通常与版式写法有关。",
    example="This row has more columns than the table, ignored 1 cells。",
    remedy="检查表格、图片等内容是否完整。",
)
FOREIGN_FONT = Rule(
    code="N410",
    severity=Severity.ERROR,
    message_zh="排版引擎没有用上自带字体：{detail}",
    message_en="A font of the project could not be used: {detail}",
    hint_zh="请运行 make fonts 重建字体文件夹，再试一次。",
    hint_en="Run make fonts to rebuild the font folder, then try again.",
    what="字体装载失败。",
    why="字体文件损坏，或系统的 fontconfig 不可用。",
    example="Font-face 'NL Serif' cannot be loaded。",
    remedy="运行 make fonts 重建字体文件夹。",
)

RULES: tuple[Rule, ...] = (
    TEMPLATE_FAULT,
    IMAGE_FAULT,
    STYLE_FAULT,
    MISSING_GLYPH,
    DEAD_LINK,
    DOUBLE_ANCHOR,
    FORBIDDEN_ADDRESS,
    NO_HEADING,
    ENGINE_NOTE,
    FOREIGN_FONT,
)
