"""Findings about layouts: their folders, their declared options and the values given for these (N301–N349)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

LAYOUT_MISSING = Rule(
    code="N301",
    severity=Severity.ERROR,
    message_zh="没有名为「{name}」的版式",
    message_en="There is no layout named “{name}”",
    hint_zh="{nearest_zh}现有版式：{known}",
    hint_en="{nearest_en}Layouts here: {known}",
    what="issue.yaml 的 layout（或命令行的 --layout、另一个版式的 inherits）写了一个不存在的版式名。",
    why="版式决定页面的样子，找不到版式就无法排版。",
    example="layout: clasic",
    remedy="改成 layouts/ 里某个文件夹的名字，例如 layout: classic。名字只用小写字母、数字、- 和 _。",
)

LAYOUT_NO_MANIFEST = Rule(
    code="N302",
    severity=Severity.ERROR,
    message_zh="版式「{name}」里读不到 layout.yaml：{reason_zh}",
    message_en="The layout “{name}” has no readable layout.yaml: {reason_en}",
    hint_zh="在 layouts/{name}/ 里放一个 layout.yaml，写法见 layouts/README.md",
    hint_en="Put a layout.yaml into layouts/{name}/; layouts/README.md shows how",
    what="每个版式文件夹里都要有一个 layout.yaml，用 UTF-8 保存。",
    why="版式的名称、继承关系和选项都写在里面。",
    example="layouts/jade/ 里只有 css/，没有 layout.yaml。",
    remedy="新建 layout.yaml，至少写 name、title 和 inherits: classic。",
)

LAYOUT_UNKNOWN_KEY = Rule(
    code="N303",
    severity=Severity.ERROR,
    message_zh="layout.yaml 不认识「{key}」",
    message_en="layout.yaml has an unknown key “{key}”",
    hint_zh="{nearest_zh}可用的有：{known}",
    hint_en="{nearest_en}Known keys: {known}",
    what="layout.yaml 里出现了不认识的字段名。",
    why="写错的字段名不会起作用，不说出来就很难发现。",
    example="inherit: classic（应为 inherits）",
    remedy="按提示改正字段名；多余的删去。",
)

LAYOUT_BAD_FIELD = Rule(
    code="N304",
    severity=Severity.ERROR,
    message_zh="layout.yaml 的「{field}」{reason_zh}",
    message_en="In layout.yaml “{field}” {reason_en}",
    hint_zh="写法见 layouts/README.md 和 layouts/classic/layout.yaml",
    hint_en="See layouts/README.md and layouts/classic/layout.yaml",
    what="layout.yaml 缺少必需的字段，或字段的内容不是应有的样子。",
    why="name 要与文件夹同名，title 要有中文和英文，选项要有类型、默认值和说明，使用的人才看得明白。",
    example="name: jade，文件夹却叫 layouts/green/。",
    remedy="按提示补上或改正这个字段。",
)

LAYOUT_CYCLE = Rule(
    code="N305",
    severity=Severity.ERROR,
    message_zh="版式绕着圈互相继承：{chain}",
    message_en="Layouts inherit from each other in a circle: {chain}",
    hint_zh="让其中一个版式不再写 inherits，或改为 inherits: classic",
    hint_en="Remove inherits from one of them, or make it inherits: classic",
    what="甲版式继承乙版式，乙版式又（直接或间接）继承甲版式。",
    why="这样的继承没有起点。",
    example="jade 写 inherits: moss，moss 写 inherits: jade。",
    remedy="把其中一处改成 inherits: classic。",
)

OPTION_UNKNOWN = Rule(
    code="N310",
    severity=Severity.ERROR,
    message_zh="版式「{layout}」没有选项「{option}」",
    message_en="The layout “{layout}” has no option “{option}”",
    hint_zh="{nearest_zh}全部选项见 layouts/classic/layout.yaml",
    hint_en="{nearest_en}All options are listed in layouts/classic/layout.yaml",
    what="issue.yaml 的 options（或继承的版式）写了版式没有声明的选项。",
    why="写错名字的选项不会起作用。",
    example='options: {acent: "#005f56"}',
    remedy="按提示改正选项名，或删去这一行。",
)

OPTION_TYPE = Rule(
    code="N311",
    severity=Severity.ERROR,
    message_zh="选项「{option}」的值「{value}」不对：应是{expected_zh}",
    message_en="The value “{value}” of the option “{option}” should be {expected_en}",
    hint_zh="例如：{option}: {example}",
    hint_en="For example: {option}: {example}",
    what="选项的值与它声明的类型不符。类型有：颜色、长度、数、整数、是否、选择、文字、字体。",
    why="不合类型的值会使整页的样式失效。",
    example="leading: 28（长度要带单位，应写 28pt）",
    remedy="照提示里的例子改。",
)

OPTION_RANGE = Rule(
    code="N312",
    severity=Severity.ERROR,
    message_zh="选项「{option}」的值「{value}」超出范围：{range_zh}",
    message_en="The value “{value}” of the option “{option}” is out of range: {range_en}",
    hint_zh="改成范围之内的值，或删去这一行，用默认值 {default}",
    hint_en="Choose a value within the range, or delete the line to get the default, {default}",
    what="选项的值类型正确，但太大或太小。",
    why="超出范围的值排出来的页面没法看，例如 3 磅的正文。",
    example="body_size: 3pt",
    remedy="在提示的范围内选一个值。",
)

TYPE_AREA_TOO_LARGE = Rule(
    code="N313",
    severity=Severity.ERROR,
    message_zh="版心放不进 A4 纸：{axis_zh} {size} 磅，最多 {limit} 磅",
    message_en="The type area does not fit on A4: {axis_en} {size} pt, at most {limit} pt",
    hint_zh="减小 {options} 中的一个",
    hint_en="Make one of {options} smaller",
    what="版心宽 = 正文字号 body_size × 每行字数 measure_em；版心高 = 行距 leading × 每页行数 lines。",
    why="版心四周要留出书眉、页码和装订的空白。",
    example="body_size: 18pt 与 measure_em: 32 合起来宽 576 磅，A4 纸宽只有 595 磅。",
    remedy="字号加大时，把每行字数相应减少；行距加大时，把行数减少。",
)

FILE_OUTSIDE = Rule(
    code="N320",
    severity=Severity.ERROR,
    message_zh="版式的文件「{file}」在版式文件夹之外",
    message_en="The layout's file “{file}” lies outside the layout's folder",
    hint_zh="把文件本身复制到版式文件夹里，不要用链接",
    hint_en="Copy the file itself into the layout's folder instead of linking to it",
    what="版式里的一个文件是指向外面的符号链接。",
    why="排版只读项目里的文件：这样别人拿到项目也能排出同样的结果，也不会误读私人文件。",
    example="layouts/jade/images/logo.svg → /home/someone/logo.svg",
    remedy="删去链接，把文件复制进来。",
)

TEMPLATE_MISSING = Rule(
    code="N321",
    severity=Severity.ERROR,
    message_zh="版式「{layout}」缺少模板 {template}",
    message_en="The layout “{layout}” lacks the template {template}",
    hint_zh="在 layout.yaml 里写 inherits: classic，没有的模板就用 classic 的",
    hint_en="Write inherits: classic into layout.yaml, and missing templates come from classic",
    what="版式自己没有、也没有继承到必需的模板。",
    why="封面、目次、栏目等每一部分都要有模板才能排出来。",
    example="layouts/mine/ 没有写 inherits，templates/ 里又缺 contents.html.j2。",
    remedy="写上 inherits: classic，或补上这个模板。",
)

IMAGE_MISSING = Rule(
    code="N330",
    severity=Severity.ERROR,
    message_zh="版式「{layout}」没有图片「{image}」",
    message_en="The layout “{layout}” has no image “{image}”",
    hint_zh="{nearest_zh}把图片放进 layouts/{layout}/images/",
    hint_en="{nearest_en}Put the image into layouts/{layout}/images/",
    what="模板要用一张图片，但版式和它继承的版式的 images/ 里都没有。",
    why="缺图的页面不能印。",
    example='模板里写 {{ "logo.svg"|layout_image }}，而 images/ 里只有 Logo.svg。',
    remedy="补上图片；注意文件名的大小写。",
)

RULES: tuple[Rule, ...] = (
    LAYOUT_MISSING,
    LAYOUT_NO_MANIFEST,
    LAYOUT_UNKNOWN_KEY,
    LAYOUT_BAD_FIELD,
    LAYOUT_CYCLE,
    OPTION_UNKNOWN,
    OPTION_TYPE,
    OPTION_RANGE,
    TYPE_AREA_TOO_LARGE,
    FILE_OUTSIDE,
    TEMPLATE_MISSING,
    IMAGE_MISSING,
)
