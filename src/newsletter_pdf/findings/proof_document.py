"""Findings of the proof about metadata, accessibility and the comparison with a report (N56x–N57x)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

_REBUILD_ZH = "重新生成一次；如果仍然如此，请把这份 PDF 连同报告交给维护这套工具的人。"
_REBUILD_EN = "Build once more; if it stays, give this PDF and its report to whoever looks after the tool."

METADATA_MISSING = Rule(
    code="N560",
    severity=Severity.ERROR,
    message_zh="PDF 的文档信息缺少{field_zh}。",
    message_en="The document information lacks its {field_en}.",
    hint_zh="看看 issue.yaml 里是否填了。",
    hint_en="See that issue.yaml has it.",
    what="文档属性里没有标题，或没有写明语言。",
    why="阅读器的窗口标题、读屏软件和检索都靠它们。",
    example="标题为空，窗口上只显示文件名。",
    remedy="在 issue.yaml 里填写 title 和 language，重新生成。",
)
METADATA_INCOMPLETE = Rule(
    code="N561",
    severity=Severity.WARNING,
    message_zh="PDF 的文档信息缺少{field_zh}。",
    message_en="The document information lacks its {field_en}.",
    hint_zh="可以在 issue.yaml 里补上。",
    hint_en="Add it in issue.yaml.",
    what="文档属性里没有作者或日期。",
    why="归档和检索时用得着。",
    example="author 没有填写。",
    remedy="在 issue.yaml 里填写 author 和 date，重新生成。",
)
UA_INCOMPLETE = Rule(
    code="N562",
    severity=Severity.ERROR,
    message_zh="PDF 声明了无障碍（PDF/UA），却缺少{field_zh}。",
    message_en="The PDF claims to be accessible (PDF/UA) but lacks {field_en}.",
    hint_zh=_REBUILD_ZH,
    hint_en=_REBUILD_EN,
    what="无障碍 PDF 必须带有结构标签。",
    why="没有结构标签，读屏软件读不出顺序和标题。",
    example="生成后用别的软件另存，标签丢了。",
    remedy="使用本工具生成的原文件。",
)
FIGURE_WITHOUT_ALT = Rule(
    code="N563",
    severity=Severity.ERROR,
    fixed=False,
    message_zh="这一页有 {count} 幅图没有替代文字。",
    message_en="{count} pictures on this page have no alternative text.",
    hint_zh="在稿件里给图片写一句说明：![说明文字](images/图.svg)。",
    hint_en="Describe the picture in the text: ![description](images/picture.svg).",
    what="无障碍 PDF 里每幅图都要有替代文字。",
    why="看不见图的读者靠它知道图里是什么。",
    example="![](images/图1.png)，方括号里是空的。",
    remedy="在方括号里写一句话，说清图里有什么。",
)
REPORT_UNUSABLE = Rule(
    code="N570",
    severity=Severity.ERROR,
    message_zh="报告里没有可比较的内容：{reason_zh}。",
    message_en="The report holds nothing to compare with: {reason_en}.",
    hint_zh="用生成时写在同一文件夹里的 report.json。",
    hint_en="Use the report.json that the build wrote beside the PDF.",
    what="--against 给的不是本工具写的 report.json，或被改动过。",
    why="没有可靠的报告就无从比较。",
    example="把别的 JSON 文件当成了报告。",
    remedy="重新生成以得到新的报告。",
)
REPORT_OTHER_FILE = Rule(
    code="N571",
    severity=Severity.ERROR,
    message_zh="这份 PDF 不是报告里的那一份（SHA-256 不同：报告 {reported}…，文件 {actual}…）。",
    message_en="This PDF is not the one of the report (SHA-256: report {reported}…, file {actual}…).",
    hint_zh="确认 PDF 和报告来自同一次生成，生成后没有再改动。",
    hint_en="Make sure both come from one build and the PDF was not changed since.",
    what="文件的指纹与报告里记的不同。",
    why="说明文件在生成之后被改动过，或拿错了文件。",
    example="生成后用别的软件加了水印。",
    remedy="用原文件，或重新生成。",
)
REPORT_PAGES = Rule(
    code="N572",
    severity=Severity.ERROR,
    message_zh="报告记着 {reported} 页，这份 PDF 有 {actual} 页。",
    message_en="The report says {reported} pages, this PDF has {actual}.",
    hint_zh="确认 PDF 和报告来自同一次生成。",
    hint_en="Make sure both come from one build.",
    what="页数与报告不同。",
    why="说明文件在生成之后增删过页，或拿错了文件。",
    example="生成后抽掉了封面。",
    remedy="用原文件，或重新生成。",
)
REPORT_CONTENTS = Rule(
    code="N573",
    severity=Severity.ERROR,
    message_zh="目录与报告不同：{difference_zh}",
    message_en="The contents differ from the report: {difference_en}",
    hint_zh="确认 PDF 和报告来自同一次生成。",
    hint_en="Make sure both come from one build.",
    what="目录条目的标题、页码或位置与报告不同。",
    why="说明内容在报告之后变过。",
    example="报告里某文在第 12 页，这份 PDF 里在第 13 页。",
    remedy="用原文件，或重新生成。",
)

ALT_DIFFERS = Rule(
    code="N564",
    severity=Severity.ERROR,
    message_zh="图片的替代文字与稿件不同：稿件是「{alt}」，PDF 里是「{shown}」。",
    message_en="A picture's alternative text differs from the content's: “{alt}”, in the PDF “{shown}”.",
    hint_zh="以稿件为准，重新生成；版式另写替代文字的，可以在 issue.yaml 里把这条设为 off。",
    hint_en="The content counts: build again. Where the layout words it anew, set this rule to off in issue.yaml.",
    what="读屏软件在图片处念的文字，应当是稿件里写的；图片的次序也应当与稿件相同。",
    why="看不见图片的读者只有这段文字，签发的人却看不见它。",
    example="两幅图的替代文字对调了。",
    remedy="使用本工具生成的原文件，或重新生成。",
    fixed=False,
)
PICTURE_DIFFERS = Rule(
    code="N565",
    severity=Severity.ERROR,
    message_zh="图片「{alt}」不是稿件里的那一幅：{what_zh}。",
    message_en="The picture “{alt}” is not the one of the content: {what_en}.",
    hint_zh="以稿件为准，重新生成；换过图片文件的，也要重新生成。",
    hint_en="The content counts: build again, also when the picture's file was changed.",
    what="照片一类的图，比较像素的多少和每个像素（JPEG 比较文件本身；相机标了旋转的 JPEG 会转正重存，只比大致的"
    "明暗；2400 万像素以上的其他图只比大小）。二维码按稿件的内容重做一次，逐格比较，连同后来盖在上面的东西。"
    "其他矢量图比较图里的字，没有字的矢量图和图表的图形不能比较。",
    why="换掉的图片，从文字上看不出来。",
    example="稿件里是 1200×800 的会场照片，PDF 里是另一张。",
    remedy="使用本工具生成的原文件，或重新生成。",
)

RULES: tuple[Rule, ...] = (
    METADATA_MISSING,
    METADATA_INCOMPLETE,
    UA_INCOMPLETE,
    FIGURE_WITHOUT_ALT,
    ALT_DIFFERS,
    PICTURE_DIFFERS,
    REPORT_UNUSABLE,
    REPORT_OTHER_FILE,
    REPORT_PAGES,
    REPORT_CONTENTS,
)
