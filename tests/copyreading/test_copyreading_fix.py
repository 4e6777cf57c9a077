"""``check --fix`` in the files: only what it should, wholly or not at all, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter_pdf.copyreading import mend, proofread
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.reader import read_issue
from newsletter_pdf.source import Passage

Write = Callable[..., Path]
Read = Callable[[Path], list[Passage]]

BODY = """**加粗,**与*强调*,`code,甲`,[链接,甲](https://example.org/a,b "题,目"),<https://example.org/c,d>,完.

![替代,文字](images/a.svg "图题,甲")

| 表头,甲 | 表头,甲 |
|---|---|
| 甲,乙 | 甲,乙 \\| 丙,丁 |

> 引文...
>
> -- 出处,甲

::: 提示 标题,甲
共 14 亿条。。
:::

- 列表,甲[^1];
- 转义\\,甲&amp;,乙\\*,丙

```python
print("代码,甲")
```

<!-- 注释,甲 -->

[^1]: 脚注,甲
"""
MENDED = """**加粗，**与*强调*，`code,甲`，[链接，甲](https://example.org/a,b "题,目")，<https://example.org/c,d>，完。

![替代，文字](images/a.svg "图题，甲")

| 表头，甲 | 表头，甲 |
|---|---|
| 甲，乙 | 甲，乙 \\| 丙，丁 |

> 引文……
>
> —— 出处，甲

::: 提示 标题，甲
共14亿条。
:::

- 列表，甲[^1]；
- 转义\\,甲&amp;，乙\\*，丙

```python
print("代码,甲")
```

<!-- 注释,甲 -->

[^1]: 脚注，甲
"""


def _mend(passages: list[Passage], *, write: bool = True, off: str = "") -> tuple[Findings, int]:
    findings = Findings()
    files = mend(passages, findings, wanted=lambda code: code != off, write=write)
    return findings, sum(file.count for file in files)


def test_words_are_mended_and_nothing_else(write: Write, passages: Read) -> None:
    """Every kind of block; code, addresses, comments and escaped marks stay as they are."""
    folder = write(BODY)
    findings, count = _mend(passages(folder))
    assert len(findings) == 0
    text = (folder / "01-news.md").read_text(encoding="utf-8")
    assert text.split("### 一篇文章\n\n")[1] == MENDED + "\n"
    assert count == 29


def test_a_caption_like_its_alternative_text_is_mended_too(write: Write, passages: Read) -> None:
    """The same words twice on a line, as import writes them: both are mended at once."""
    folder = write('![图1 讲堂,甲](images/a.svg "图1 讲堂,甲")')
    _mend(passages(folder))
    assert '![图1　讲堂，甲](images/a.svg "图1　讲堂，甲")' in (folder / "01-news.md").read_text(encoding="utf-8")
    assert _mend(passages(folder))[1] == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(write: Write, passages: Read, newline: str, mark: str) -> None:
    """The bytes are those of before with the one mark changed."""
    folder = write("第一段。\n\n决定,自即日起施行。", newline=newline, mark=mark)
    before = (folder / "01-news.md").read_bytes()
    _mend(passages(folder))
    assert (folder / "01-news.md").read_bytes() == before.replace("定,".encode(), "定，".encode())


def test_values_of_yaml_are_mended(write: Write, passages: Read) -> None:
    """Titles, leads and shared pages; names of fields, quotes around a value and comments stay."""
    issue = "title: '样刊,甲' # 说明,甲\nsubtitle: \"乙,\\u4e19\"\ndate: 2026-11-20\nnumber: 1\nhighlights: [三。。]\n"
    head = "---\ntitle: 要闻,甲\nlead: |\n  导读,甲\n\n  第二段 1 号\nkeywords: 甲,乙\n---\n\n### 题目,甲\n\n"
    folder = write("正文。", issue=issue, head=head)
    shared = folder.parent / "services.yaml"
    shared.write_text("pages:\n  - title: 服务,甲\n    blocks:\n      - text: 文字,甲\n", encoding="utf-8")
    _mend(passages(folder))
    new = issue.replace("刊,甲'", "刊，甲'").replace("三。。", "三。")
    assert (folder / "issue.yaml").read_text(encoding="utf-8") == new
    text = (folder / "01-news.md").read_text(encoding="utf-8")
    assert text.startswith(
        "---\ntitle: 要闻，甲\nlead: |\n  导读，甲\n\n  第二段1号\nkeywords: 甲，乙\n---\n\n### 题目，甲\n"
    )
    assert "title: 服务，甲" in shared.read_text(encoding="utf-8")
    assert "text: 文字，甲" in shared.read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(write: Write, passages: Read) -> None:
    """It says what would be changed."""
    folder = write("决定,自即日起。")
    before = (folder / "01-news.md").read_bytes()
    assert _mend(passages(folder), write=False)[1] == 1
    assert (folder / "01-news.md").read_bytes() == before


def test_a_rule_that_is_off_mends_nothing(write: Write, passages: Read) -> None:
    """The other rules still do."""
    folder = write("共 14 亿条,完。")
    _mend(passages(folder), off="N778")
    assert "共 14 亿条，完。" in (folder / "01-news.md").read_text(encoding="utf-8")


def test_a_file_changed_meanwhile_stays(write: Write, passages: Read) -> None:
    """Somebody saved it between reading and mending: it is reported and left as it was saved."""
    folder = write("决定,自即日起。")
    found = passages(folder)
    path = folder / "01-news.md"
    path.write_text(path.read_text(encoding="utf-8").replace("决定", "决议决定"), encoding="utf-8")
    saved = path.read_bytes()
    findings, count = _mend(found)
    assert [finding.code for finding in findings] == ["N799"]
    assert count == 0
    assert path.read_bytes() == saved


def test_a_change_of_structure_is_refused(write: Write) -> None:
    """Should a correction fall on markup, the file stays: a link would lose its address."""
    folder = write("[甲](https://example.org/a)")
    path = folder / "01-news.md"
    line = path.read_text(encoding="utf-8").split("\n").index("[甲](https://example.org/a)") + 1
    # A passage that takes the bracket of the address for one in the text.
    passage = Passage(path)
    passage.add("甲", Place(path, line, 2))
    passage.add("(", Place(path, line, 4))
    passage.add("甲)", Place(path, line, 5), exact=False)
    before = path.read_bytes()
    findings, _ = _mend([passage])
    assert [finding.code for finding in findings] == ["N799"]
    assert path.read_bytes() == before


def test_one_paragraph_that_cannot_be_mended_holds_up_no_other(write: Write, passages: Read) -> None:
    """Emphasis may depend on the mark beside it; the other paragraphs are mended."""
    folder = write("决定,自即日起。\n\n正文１２*`码`*\n\n共 14 条。")
    findings, count = _mend(passages(folder))
    assert [(finding.code, finding.place.line) for finding in findings] == [("N799", 9)]
    assert count == 3
    text = (folder / "01-news.md").read_text(encoding="utf-8")
    assert text.endswith("决定，自即日起。\n\n正文１２*`码`*\n\n共14条。\n")


def test_nothing_is_left_behind_when_writing_fails(
    write: Write, passages: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old file is whole, and the reason is told."""
    folder = write("决定,自即日起。")
    found = passages(folder)

    def fail(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsletter_pdf.copyreading.fix.write_atomic", fail)
    findings, _ = _mend(found)
    assert [finding.code for finding in findings] == ["N799"]
    assert "No space left on device" in next(iter(findings)).message("zh")
    assert "决定,自即日起" in (folder / "01-news.md").read_text(encoding="utf-8")


PIECES = st.lists(
    st.sampled_from(
        [
            *("甲,乙", "**粗,**", "`c,甲`", "[链,](https://e.org/a,b)", "\\,", "&amp;", '"引"', "(注)", "...", "--"),
            *(" ", "\n", "\n\n", "\n- ", "\n> ", "\n| 甲,乙 | 甲,乙 |\n|--|--|\n", "|", "。。", "1 号", "《题", "》"),
            *("*", "~3", "{字,|zì}", "![图,](a)", "[^1]", "\n\n[^1]: 注,甲\n\n", "<!-- 甲,乙 -->", "A,B", "："),
            *("\n### 题,目\n\n", "\n\n```\n甲,乙\n```\n\n", "\\", "１２"),
        ]
    ),
    max_size=14,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(PIECES, st.sampled_from(["\n", "\r\n"]))
def test_a_second_run_changes_nothing(write: Write, pieces: list[str], newline: str) -> None:
    """Whatever stands in the file: one run is enough, and what it says is safe it has done or refused."""
    folder = write("正文。" + "".join(pieces), newline=newline)
    first, found = Findings(), []
    read_issue(folder, Findings(), passages=found)
    mend(found, first, wanted=lambda _code: True, write=True)
    assert {finding.code for finding in first} <= {"N799"}
    after = (folder / "01-news.md").read_bytes()
    again: list[Passage] = []
    read_issue(folder, Findings(), passages=again)
    assert mend(again, first, wanted=lambda _code: True, write=True) == []
    assert (folder / "01-news.md").read_bytes() == after
    left = Findings()
    proofread(again, left)
    safe = [finding for finding in left if finding.suggestion is not None and finding.suggestion.safe]
    assert bool(safe) == bool(len(first))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(PIECES)
def test_findings_stand_where_they_say(write: Write, pieces: list[str]) -> None:
    """What a safe suggestion replaces stands at the finding's line and column."""
    folder = write("正文。" + "".join(pieces))
    found: list[Passage] = []
    read_issue(folder, Findings(), passages=found)
    findings = Findings()
    proofread(found, findings)
    lines = (folder / "01-news.md").read_text(encoding="utf-8").split("\n")
    for finding in findings:
        if finding.suggestion is not None and finding.suggestion.safe:
            place = finding.place
            assert place.line is not None
            assert place.column is not None
            assert lines[place.line - 1][place.column - 1 :].startswith(finding.suggestion.old)
