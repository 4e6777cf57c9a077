"""What authors type as itself although Markdown has a use for it."""

from __future__ import annotations

import pytest

from newsletter_pdf.importers.literal import protect


@pytest.mark.parametrize(
    "text",
    [
        "电话 138****1234、139****5678",
        "张**、李**涉案",
        "张**和李**涉案",
        "王*，男，赵*，女",
        "面积 5*3，体积 5*3*2",
    ],
)
def test_masks_and_products_are_no_emphasis(text: str) -> None:
    """Asterisks that hide a name or a number, or multiply, are escaped."""
    protected = protect(text)
    assert protected.replace("\\*", "*") == text
    assert protected.count("\\*") == text.count("*")


@pytest.mark.parametrize(
    "text",
    [
        "这是**重点**，请看",
        "这是**和平**的年代",
        "**导读：**本月",
        "**“重点”**内容，**再看**。",
        "*斜体* 与 ***两者***",
        "`5*3*2` 是代码",
        "* 列表的一项",
        "* * *",
        "没有星号",
    ],
)
def test_emphasis_stays_emphasis(text: str) -> None:
    """Pairs around words, also beside punctuation and within code, are left as they are."""
    assert protect(text) == text


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ("#境内观察", "# 境内观察"),
        ("##（一）国家", "## （一）国家"),
        ("###1. 某事", "### 1. 某事"),
        ("　　## 国家", "## 国家"),
        ("#　境内观察", "# 境内观察"),
        ("#话题#今天", "#话题#今天"),
        ("#1 通道", "#1 通道"),
        ("#include", "#include"),
        ("# 境内", "# 境内"),
        ("C# 语言", "C# 语言"),
    ],
)
def test_a_heading_without_its_space_is_a_heading(line: str, result: str) -> None:
    """Topics between two marks, ranks and program text are none."""
    assert protect(line) == result


def test_program_text_is_left_alone() -> None:
    """Inside a fence nothing is changed, behind it the rules hold again."""
    assert protect("```\n#某\n5*3\n```\n#某") == "```\n#某\n5*3\n```\n# 某"
