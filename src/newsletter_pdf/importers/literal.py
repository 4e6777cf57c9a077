"""Characters that authors type as themselves but that Markdown would take for markup.

Masked names and numbers (「张**、李**」「138****1234」), products (「5*3」) and headings without a space (「##标题」)
mean one thing only in an office manuscript. Lines keep their number, so that places stay true.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_HEADING = re.compile(r"([\u3000 ]*)(#{1,6})([ \t]*)(?=[^# \t])([^#]*)")
_NO_HEADING = re.compile(r"[A-Za-z0-9!/_-]")
# A picture whose path has spaces: Markdown wants angle brackets around it.
_SPACED_PICTURE = re.compile(
    r"!\[([^\[\]]*)\]\(([^()<>\"\s][^()<>\"]*[ \u3000][^()<>\"]*[^()<>\"\s])(\s+\"[^\"]*\")?\)"
)
_RUN = re.compile(r"(?<![*\\])\*+(?!\*)")
# What can follow a masked name, but never begins an emphasis.
_AFTER_MASK = re.compile(r"[、，。；：！？,;:!?）)》”’」』】]|$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALNUM = re.compile(r"[A-Za-z0-9]")
# The hundred most frequent surnames; 「和李」 between two masks is then no emphasis, 「和平」 is.
_SURNAME = (
    "[王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方"
    "金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚某]"
)
_BETWEEN_MASKS = re.compile(rf"[和与及跟同或、]{_SURNAME}(?=\*)")
_ENDS_IN_SURNAME = re.compile(rf"{_SURNAME}$")


def protect(text: str) -> str:
    """``text`` with a backslash before asterisks meant literally, and a space after the marks of a heading."""
    fence = ""
    out = []
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark is not None and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark is not None and not (mark[1][0] == "`" and "`" in line[mark.end() :]):
            fence = mark[1]
        else:
            line = _protect_line(line)
        out.append(line)
    return "\n".join(out)


def _protect_line(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    if heading is not None and (heading[3] or len(heading[2]) > 1 or not _NO_HEADING.match(heading[4])):
        line = f"{heading[2]} {heading[4].strip()}"
    line = _SPACED_PICTURE.sub(r"![\1](<\2>\3)", line)
    if "*" not in line:
        return line
    out, position = [], 0
    for code in _CODE.finditer(line):
        out += [_protect_runs(line[position : code.start()]), code[0]]
        position = code.end()
    out.append(_protect_runs(line[position:]))
    return "".join(out)


def _protect_runs(text: str) -> str:
    literal: set[int] = set()
    runs = list(_RUN.finditer(text))
    opener: re.Match[str] | None = None
    for run in runs:
        before, after = text[: run.start()][-1:], text[run.end() :]
        if not before.strip() and (not after or after[0].isspace()):
            continue  # a list's mark, or an asterisk that stands alone
        if len(run[0]) > 3 or (_ALNUM.match(before) and _ALNUM.match(after)):
            literal.add(run.start())
        elif opener is not None and len(opener[0]) == len(run[0]):
            opener = None
        elif _HAN.match(before) and (
            _AFTER_MASK.match(after) or (_ENDS_IN_SURNAME.search(before) and _BETWEEN_MASKS.match(after))
        ):
            literal.add(run.start())
        else:
            opener = run
    if opener is not None:
        literal.add(opener.start())
    return _RUN.sub(lambda run: "\\*" * len(run[0]) if run.start() in literal else run[0], text)
