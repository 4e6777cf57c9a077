"""Findings about charts and the numbers in them (N216–N219, N248)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

CHART_DATA = Rule(
    code="N216",
    severity=Severity.ERROR,
    message_zh="图表读不到数据：{reason_zh}",
    message_en="The chart has no data: {reason}",
    hint_zh="{remedy_zh}",
    hint_en="{remedy_en}",
    what="图表没有可画的数据：没写 values 或 data，两样都写了，CSV 文件找不到、读不出来，或里面没有一个数。",
    why="没有数就没有图；拿错了文件，图就是错的。",
    example="data: images/网民.csv，而文件名其实是「网民规模.csv」。",
    remedy="把数写在 values 下面，或把 CSV 文件放进这一期的文件夹，用 data 写出路径；两样只写一样。",
)
CHART_NUMBER = Rule(
    code="N217",
    severity=Severity.ERROR,
    message_zh="「{value}」不是数",
    message_en="“{value}” is not a number",
    hint_zh='只写阿拉伯数字，如 7.31、-2、12,000；单位写在 unit 里，没有数据写 "-"（CSV 里写 -）',
    hint_en='Write figures alone, such as 7.31, -2 or 12,000; the unit goes into `unit`, a missing number is "-"',
    what="该写数的地方不是数。",
    why="图的长短从数算出来，读错一个数，图就是错的。",
    example="2016: 约7.3亿",
    remedy='只写阿拉伯数字；单位写进 unit；没有数据的写 "-"，连同英文引号；CSV 里不用引号。',
)
CHART_TABLE = Rule(
    code="N218",
    severity=Severity.ERROR,
    message_zh="图表的数据行列不齐：{reason_zh}",
    message_en="The rows and columns of the chart do not match: {reason}",
    hint_zh="{remedy_zh}",
    hint_en="{remedy_en}",
    what="一行的数与系列的名称不一样多，或者名称空着、重复。",
    why="少一格，后面的数就会错到别的名称下面。",
    example="series 写了两个名称，某一行只有一个数。",
    remedy='每一行的数与 series（或 CSV 首行）的名称一一对应；没有数据的写 "-"，连同英文引号；CSV 里不用引号。',
)
CHART_FIT = Rule(
    code="N219",
    severity=Severity.ERROR,
    message_zh="这些数据画不成这种图：{reason_zh}",
    message_en="These numbers do not make such a chart: {reason}",
    hint_zh="{remedy_zh}",
    hint_en="{remedy_en}",
    what="数据与图的种类不合：项目太多或太少，系列太多，构成图里有负数、缺数，或百分数合计不是 100。",
    why="硬画出来的图读不清，或者说错话。",
    example="kind: share，而各项百分数合计 93%。",
    remedy="换一种图，或合并小的项目；构成图补上「其他」，使合计为 100%。",
)

CHART_TOTAL = Rule(
    code="N248",
    severity=Severity.WARNING,
    message_zh="「{label}」像是合计，会和其他各项一样画进图里",
    message_en="“{label}” seems to be a total, and is drawn as one more item",
    hint_zh="删去这一行；合计可以写在 note 里。确实要画的，不用管它",
    hint_en="Remove the row; a total can be told in `note`. Leave it when it shall be drawn",
    what="图表数据里有一行叫合计、总计之类。",
    why="构成图里各项会只剩一半，条形图里合计比谁都长，折线图会在末尾跳起来。",
    example="合计,120",
    remedy="删去合计那一行，需要时在 note 里写「合计 120 件」。",
)

RULES = (CHART_DATA, CHART_NUMBER, CHART_TABLE, CHART_FIT, CHART_TOTAL)
