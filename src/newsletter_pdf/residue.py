"""Words that stand for what is still to be written."""

from __future__ import annotations

import re

#: Words that stand for a missing value, or for work to be done, when they stand alone.
VALUES = r"(?<![A-Za-z'’\-])(?:None|undefined|[Nn]a[Nn])(?![A-Za-z'’\-])"
TASKS = r"(?<![A-Za-z0-9_\-])(?:TODO|FIXME|TBD|X{3,6}|x{4,6})(?![A-Za-z0-9_\-])"
CHINESE = (
    r"(?<![有亟尚仍等])待补(?![充选偿给助贴缴办交])|待补充(?=[）)】\]。…]|\s*$)|此处待\w"
    r"|^\S{0,6}(?<![悬未])待定$|[（(【\[]待[定补写查核][^）)】\]]{0,4}[）)】\]]"
)
#: What an editor types for himself and never means to print; told where it is typed.
_TYPED = (
    r"[，。；：、（(【［\[]待(?:核实|核对|查证|定稿|确认|更新)(?=[，。；：、）)】］\]]|$)|此处缺\w|[（(]图略[)）]|[×xX]{2,}(?=[场年月日号人万元条次期页名家])"
    r"|第[×xX]{1,3}[页期条章]|×{2,}|〇〇|○○|[【［]\s*[】］]"
)
#: How the line of a shared file begins that says for which issue it is an example.
SAMPLE_MARK = "# 示例期 sample issue:"
UNFINISHED = re.compile(f"{VALUES}|{TASKS}|{CHINESE}|{_TYPED}", re.MULTILINE)
