"""Findings about pictures (N270–N289)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

IMAGE_MISSING = Rule(
    code="N270",
    severity=Severity.ERROR,
    message_zh="找不到图片「{path}」",
    message_en="The picture “{path}” does not exist",
    hint_zh="{nearest_zh}",
    hint_en="{nearest_en}",
    what="图片文件不在所写的位置。",
    why="印出来会缺图。",
    example="![会场](images/会场.jpg) 而没有这个文件。",
    remedy="把图片放进 images 文件夹，名字写得完全一样（含大小写和扩展名）。",
)
IMAGE_REMOTE = Rule(
    code="N271",
    severity=Severity.ERROR,
    message_zh="不能用网上的图片「{path}」",
    message_en="A picture from the network cannot be used: “{path}”",
    hint_zh="下载到 images 文件夹，写成 images/文件名；注意版权",
    hint_en="Download it into images and write images/name; mind the copyright",
    what="图片写成了网址。",
    why="排版不联网；网上的图随时会变，也可能没有使用权。",
    example="![图](https://…/a.png)",
    remedy="下载后放进 images 文件夹。",
)
IMAGE_ALT = Rule(
    code="N272",
    severity=Severity.ERROR,
    message_zh="图片没有替代文字",
    message_en="The picture has no alternative text",
    hint_zh="在方括号里写一句话说明图中内容：![说明](…)",
    hint_en="Describe the picture in the square brackets: ![…](…)",
    what="![] 的方括号里是空的。",
    why="读屏软件靠它向视障读者说明图片，无障碍 PDF（PDF/UA）要求必须有。",
    example="![](images/a.png)",
    remedy="写一句话说明图里有什么。",
)
IMAGE_CASE = Rule(
    code="N273",
    severity=Severity.ERROR,
    message_zh="图片名的大小写或写法不同：文件是「{actual}」",
    message_en="The file is spelled “{actual}”",
    hint_zh="把路径改成「{actual}」",
    hint_en="Write “{actual}”",
    what="所写的名字与文件名大小写不一致。",
    why="在 Windows 和 macOS 上碰巧能用，换一台机器就缺图。",
    example="写 images/a.PNG，文件是 a.png。",
    remedy="两处写成一样。",
)
IMAGE_TYPE = Rule(
    code="N274",
    severity=Severity.ERROR,
    message_zh="「{path}」不是能用的图片（{found_zh}）",
    message_en="“{path}” is not a usable picture ({found})",
    hint_zh="另存为 PNG、JPEG、WebP 或 SVG 再放进来",
    hint_en="Save it as PNG, JPEG, WebP or SVG",
    what="文件的内容不是这四种图片。",
    why="按内容判断，改扩展名没有用。",
    example="把 PDF 改名成 a.png。",
    remedy="用看图软件打开后另存。",
)
IMAGE_DAMAGED = Rule(
    code="N294",
    severity=Severity.ERROR,
    message_zh="图片「{path}」已损坏，打不开（{found}）",
    message_en="The picture “{path}” is damaged and cannot be opened ({found})",
    hint_zh="重新复制或下载一次，或向作者要原图；能用看图软件打开的，打开后另存一份",
    hint_en="Copy or download it again, or ask for the original; if a viewer opens it, save it from there",
    what="文件确是 PNG、JPEG 或 WebP，但内容不完整。",
    why="排不出来，或只印出上半截。",
    example="下载或传输中断的照片。",
    remedy="换一个完整的文件。",
)
IMAGE_TOO_LARGE = Rule(
    code="N275",
    severity=Severity.ERROR,
    message_zh="图片「{path}」过大：{size}，上限 {limit}",
    message_en="The picture “{path}” is too large: {size}, the limit is {limit}",
    hint_zh="缩小后再放进来；印满版心约需 2000 像素宽",
    hint_en="Reduce it; 2000 pixels fill the measure",
    what="图片文件或像素过大。",
    why="会使 PDF 过大，邮件发不出去，排版也慢。",
    example="相机原图 60 MB。",
    remedy="用看图软件缩小到 2000 像素宽。",
)
IMAGE_SMALL = Rule(
    code="N276",
    severity=Severity.WARNING,
    message_zh="图片「{path}」只有 {width} 像素宽，印出来会模糊",
    message_en="The picture “{path}” is only {width} pixels wide and will look blurred",
    hint_zh="换一张至少 {limit} 像素宽的",
    hint_en="Use one at least {limit} pixels wide",
    what="图片像素太少。",
    why="放大到版心宽度会发虚。",
    example="从网页另存的缩略图。",
    remedy="向作者要原图。",
)
SVG_UNSAFE = Rule(
    code="N277",
    severity=Severity.ERROR,
    message_zh="SVG「{path}」里有不允许的内容：{what}",
    message_en="The SVG “{path}” contains what is not allowed: {what}",
    hint_zh="在绘图软件里另存为普通 SVG，把图片嵌入、文字转曲或用普通文字，去掉脚本和外部引用",
    hint_en="Save it as plain SVG, with pictures embedded, without scripts and external references",
    what="SVG 里有脚本、外部引用或实体。",
    why="会联网、读本机文件或撑满内存。",
    example='<script>、href="https://…"',
    remedy="重新导出普通 SVG。",
)
SVG_BROKEN = Rule(
    code="N278",
    severity=Severity.ERROR,
    message_zh="SVG「{path}」读不出来：第 {line} 行",
    message_en="The SVG “{path}” cannot be read: line {line}",
    hint_zh="用绘图软件打开，另存为普通 SVG",
    hint_en="Open it in a drawing program and save it as plain SVG",
    what="SVG 文件不完整或格式有误。",
    why="排不出来。",
    example="下载中断的 SVG。",
    remedy="重新导出。",
)
IMAGE_UNUSED = Rule(
    code="N279",
    severity=Severity.INFO,
    message_zh="图片「{path}」没有用到",
    message_en="The picture “{path}” is not used",
    hint_zh="不需要时可以删除",
    hint_en="Delete it if it is not needed",
    what="images 文件夹里有没被引用的图片。",
    why="不影响出刊；也许是漏了插图。",
    example="放了图却忘了写进文章。",
    remedy="插入文章，或删去。",
)
IMAGE_PATH = Rule(
    code="N280",
    severity=Severity.ERROR,
    message_zh="图片路径「{path}」写法不对",
    message_en="The picture's path “{path}” is not written as it should be",
    hint_zh="写成 images/文件名，用斜杠 /，不用盘符和反斜杠",
    hint_en="Write images/name with forward slashes, no drive",
    what="图片路径不是相对路径。",
    why="绝对路径换一台电脑就失效。",
    example="C:\\照片\\a.png",
    remedy="放进 images 文件夹，写成 images/文件名。",
)

RULES: tuple[Rule, ...] = (
    IMAGE_MISSING,
    IMAGE_REMOTE,
    IMAGE_ALT,
    IMAGE_CASE,
    IMAGE_TYPE,
    IMAGE_DAMAGED,
    IMAGE_TOO_LARGE,
    IMAGE_SMALL,
    SVG_UNSAFE,
    SVG_BROKEN,
    IMAGE_UNUSED,
    IMAGE_PATH,
)
