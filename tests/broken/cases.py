"""Broken issue folders, each one step away from a good one: what an editor (or somebody worse) may do to it.

Made by code, as some of them no repository can hold: bytes that are not UTF-8, links out of the folder, 5 MB of text.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

ISSUE = """title: 样刊
date: 2026-11-20
number: 11
"""
SECTION = """---
title: 要闻
keywords: [一, 二]
---
## 国家层面

### 一篇文章

这是正文。

来源：某网站
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400"/></svg>'
Breaker = Callable[[Path], None]


def good_issue(folder: Path) -> Path:
    """Write a small issue without any error into ``folder`` and return it."""
    folder.mkdir(parents=True)
    (folder / "issue.yaml").write_text(ISSUE, encoding="utf-8")
    (folder / "01-news.md").write_text(SECTION, encoding="utf-8")
    (folder / "images").mkdir()
    (folder / "images" / "a.svg").write_text(SVG, encoding="utf-8")
    for name in ("masthead.yaml", "services.yaml"):
        text = "nameplate: 样\n" if name[0] == "m" else "pages:\n  - title: 服务\n    blocks:\n      - text: 文字\n"
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _edit(name: str, old: str, new: str) -> Breaker:
    def breaker(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return breaker


def _body(new: str) -> Breaker:
    return _edit("01-news.md", "这是正文。", new)


def _write(name: str, data: bytes) -> Breaker:
    return lambda folder: (folder / name).write_bytes(data) and None


def _link_out(folder: Path) -> None:
    outside = folder.parent / "outside.svg"
    outside.write_text(SVG, encoding="utf-8")
    (folder / "images" / "out.svg").symlink_to(outside)
    _body("![图](images/out.svg)")(folder)


def _outside(folder: Path) -> None:
    (folder.parent / "secret.svg").write_text(SVG, encoding="utf-8")
    _body("![图](../secret.svg)")(folder)


def _not_a_picture(folder: Path) -> None:
    (folder / "images" / "a.svg").write_bytes(b"not a picture")
    _body("![图](images/a.svg)")(folder)


def _damaged(folder: Path) -> None:
    (folder / "images" / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    _body("![图](images/a.jpg)")(folder)


def _section_link(folder: Path) -> None:
    outside = folder.parent / "private.md"
    outside.write_text(SECTION, encoding="utf-8")
    (folder / "02-private.md").symlink_to(outside)


def _svg(inside: str) -> Breaker:
    def breaker(folder: Path) -> None:
        (folder / "images" / "a.svg").write_text(SVG.replace("</svg>", f"{inside}</svg>"), encoding="utf-8")
        _body("![图](images/a.svg)")(folder)

    return breaker


def _many(folder: Path) -> None:
    (folder / "issue.yaml").write_text("titel: 甲\ndate: 昨天\nnumber: 一\n", encoding="utf-8")
    _body("<b>甲</b>{{ x }}")(folder)


def _pipe(folder: Path) -> None:
    (folder / "issue.yaml").unlink()
    os.mkfifo(folder / "issue.yaml")


_BOMB = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n" + ISSUE


def _chart(rest: str, kind: str = "bar") -> str:
    return f"```chart\nkind: {kind}\ntitle: 人数\n{rest}\n```"


def _chart_table(data: bytes) -> Breaker:
    def breaker(folder: Path) -> None:
        _body(_chart("data: images/a.csv"))(folder)
        (folder / "images" / "a.csv").write_bytes(data)

    return breaker


CASES: dict[str, tuple[Breaker, tuple[str, ...]]] = {
    "missing_field": (_edit("issue.yaml", "number: 11\n", ""), ("N202 issue.yaml:1",)),
    "unknown_key": (_edit("issue.yaml", "number: 11", "number: 11\nrunnig_number: 7"), ("N201 issue.yaml:4",)),
    "bad_date": (_edit("issue.yaml", "2026-11-20", "2026-13-40"), ("N204 issue.yaml:2",)),
    "date_in_words": (_edit("issue.yaml", "2026-11-20", "2026年11月20日"), ("N204 issue.yaml:2",)),
    "wrong_type": (_edit("issue.yaml", "title: 样刊", "title: [样, 刊]"), ("N203 issue.yaml:1",)),
    "number_in_words": (_edit("issue.yaml", "number: 11", "number: 十一"), ("N205 issue.yaml:3",)),
    "unknown_rule": (_edit("issue.yaml", "number: 11", "number: 11\nrules: {N7711: off}"), ("N214 issue.yaml:4",)),
    "fixed_rule": (_edit("issue.yaml", "number: 11", "number: 11\nrules:\n  N521: off"), ("N215 issue.yaml:5",)),
    "level_in_words": (_edit("issue.yaml", "number: 11", "number: 11\nrules: {N770: 关}"), ("N206 issue.yaml:4",)),
    "sources_in_words": (_edit("01-news.md", "keywords:", "sources: 要\nkeywords:"), ("N206 01-news.md:3",)),
    "duplicate_key": (_edit("issue.yaml", "number: 11", "number: 11\nnumber: 12"), ("N115 issue.yaml:4",)),
    "tab_indent": (_edit("issue.yaml", "number: 11", "number: 11\noptions:\n\tleading: 28pt"), ("N113 issue.yaml:5",)),
    "broken_quotes": (_edit("issue.yaml", "title: 样刊", 'title: "样刊'), ("N114 issue.yaml:1",)),
    "not_utf8": (_write("01-news.md", b"---\ntitle: \xff\xfe\xfa\n---\n"), ("N106 01-news.md:2",)),
    "gbk_file": (_write("01-news.md", SECTION.encode("gbk")), ("N107 01-news.md:2",)),
    "utf16_file": (_write("01-news.md", SECTION.encode("utf-16")), ("N108 01-news.md:1",)),
    "empty_file": (_write("01-news.md", b""), ("N105 01-news.md",)),
    "empty_issue_yaml": (_write("issue.yaml", b""), ("N105 issue.yaml",)),
    "five_megabytes": (_write("01-news.md", SECTION.encode() + "长".encode() * 1_750_000), ("N104 01-news.md",)),
    "raw_html": (_body("这是<script>alert(1)</script>正文。"), ("N250 01-news.md:9",)),
    "html_block": (_body('<div class="x">\n正文\n</div>'), ("N250 01-news.md:9",)),
    "missing_image": (_body("![图](images/none.svg)"), ("N270 01-news.md:9",)),
    "image_outside": (_outside, ("N121 01-news.md:9",)),
    "link_out": (_link_out, ("N122 01-news.md:9",)),
    "remote_image": (_body("![图](https://example.org/a.png)"), ("N271 01-news.md:9",)),
    "missing_alt": (_body("![](images/a.svg)"), ("N272 01-news.md:9",)),
    "image_not_an_image": (_not_a_picture, ("N274 01-news.md:9",)),
    "alias_bomb": (
        _write("issue.yaml", _BOMB.encode()),
        (
            "N116 issue.yaml:1",
            "N116 issue.yaml:2",
            "N116 issue.yaml:3",
            "N201 issue.yaml:1",
            "N201 issue.yaml:2",
            "N201 issue.yaml:3",
        ),
    ),
    "jinja_text": (_body("期号是 {{ issue.number }}。"), ("N251 01-news.md:9",)),
    "same_name_twice": (
        lambda f: (f / "02-news.md").write_text(SECTION, encoding="utf-8") and None,
        ("N223 02-news.md",),
    ),
    "article_without_body": (_edit("01-news.md", "这是正文。\n\n来源：某网站\n", ""), ("N228 01-news.md:7",)),
    "heading_levels_skipped": (
        _edit("01-news.md", "### 一篇文章", "#### 一篇文章"),
        ("N232 01-news.md:7",),
    ),
    "section_title_in_body": (_edit("01-news.md", "## 国家层面", "# 国家层面"), ("N232 01-news.md:5",)),
    "title_of_300_characters": (_edit("01-news.md", "一篇文章", "长" * 300), ("N229 01-news.md:7",)),
    "control_character": (_body("这是\x07正文。"), ("N110 01-news.md:9",)),
    "direction_override": (_body("这是\u202e正文。"), ("N112 01-news.md:9",)),
    "no_front_matter": (_write("01-news.md", "### 一篇\n\n正文。\n".encode()), ("N224 01-news.md:1",)),
    "no_sections": (lambda f: (f / "01-news.md").unlink(), ("N221 .",)),
    "javascript_link": (_body("[点我](javascript:alert(1))"), ("N253 01-news.md:9",)),
    "footnote_without_text": (_body("这是正文[^1]。"), ("N257 01-news.md:9",)),
    "group_without_articles": (_edit("01-news.md", "## 国家层面", "## 空组\n\n## 国家层面"), ("N226 01-news.md:5",)),
    "masthead_not_fields": (_write("masthead.yaml", "- 主编\n".encode()), ("N212 masthead.yaml:1",)),
    "character_without_font": (_body("这是\U0003134a正文。"), ("N262 01-news.md:9",)),
    "section_links_out": (_section_link, ("N122 02-private.md",)),
    "full_width_colon": (_edit("issue.yaml", "title: 样刊", "title：样刊"), ("N114 issue.yaml:1",)),
    "pipe_in_place_of_a_file": (_pipe, ("N102 issue.yaml",)),
    "issue_yaml_missing": (lambda f: (f / "issue.yaml").unlink(), ("N101 issue.yaml",)),
    "svg_with_script": (_svg("<script>alert(1)</script>"), ("N277 01-news.md:9",)),
    "svg_from_the_network": (_svg('<image href="https://example.org/x.png"/>'), ("N277 01-news.md:9",)),
    "image_in_other_case": (_body("![图](images/A.SVG)"), ("N273 01-news.md:9",)),
    "image_in_a_line": (_body("正文![图](images/a.svg)正文。"), ("N252 01-news.md:9",)),
    "section_badly_named": (
        lambda f: (f / "news.md").write_text(SECTION, encoding="utf-8") and None,
        ("N222 news.md",),
    ),
    "same_title_twice": (
        lambda f: (f / "02-other.md").write_text(SECTION, encoding="utf-8") and None,
        ("N223 02-other.md",),
    ),
    "call_out_not_closed": (_body("::: 提示\n这是正文。"), ("N256 01-news.md:9",)),
    "heading_without_space": (_edit("01-news.md", "### 一篇文章", "###一篇文章"), ("N233 01-news.md:7",)),
    "rule_below_a_paragraph": (_body("这是正文。\n---\n又一段。"), ("N264 01-news.md:10",)),
    "yaml_tag": (
        _edit("issue.yaml", "样刊", "!!python/object/apply:os.system [ls]"),
        ("N117 issue.yaml:1", "N203 issue.yaml:1"),
    ),
    "two_documents": (_edit("issue.yaml", "number: 11", "number: 11\n---\ntitle: 又"), ("N119 issue.yaml:4",)),
    "endless_brackets": (_write("issue.yaml", b"title: " + b"[" * 5000), ("N118 issue.yaml:1",)),
    "masthead_person_without_name": (
        _write("masthead.yaml", "board:\n  - role: 编委\n    people:\n      - posts: 教授\n".encode()),
        ("N202 masthead.yaml:4",),
    ),
    "service_block_of_two_kinds": (
        _write("services.yaml", "pages:\n  - title: 甲\n    blocks:\n      - {text: 乙, qr: 丙}\n".encode()),
        ("N213 services.yaml:4",),
    ),
    "picture_with_a_space": (_body('![图](images/我的 照片.jpg "图　会场")'), ("N281 01-news.md:9",)),
    "picture_with_chinese_quotes": (_body("![图](images/a.svg “图　会场”)"), ("N281 01-news.md:9",)),
    "picture_with_a_full_width_mark": (_body('！[图](images/a.svg "图")'), ("N281 01-news.md:9",)),
    "footnote_with_full_width_brackets": (
        _body("正文［^1］。\n\n［^1］：注"),
        ("N282 01-news.md:9", "N282 01-news.md:11"),
    ),
    "footnote_with_a_full_width_colon": (_body("正文[^1]。\n\n[^1]：注"), ("N282 01-news.md:11",)),
    "call_out_with_full_width_colons": (
        _body("：：：提示\n内容\n\n：：："),
        ("N284 01-news.md:9", "N284 01-news.md:12"),
    ),
    "call_out_closed_with_full_width_colons": (_body("::: 提示\n内容\n\n：：："), ("N284 01-news.md:12",)),
    "call_out_in_one_line": (_body("::: 提示 来之前请报名:::"), ("N284 01-news.md:9",)),
    "table_with_full_width_bars": (
        _body("表：收支\n\n｜a｜b｜\n｜---｜---｜\n｜1｜2｜"),
        ("N285 01-news.md:11",),
    ),
    "table_without_its_second_line": (_body("表：收支\n\n| a | b |\n| 1 | 2 |"), ("N285 01-news.md:11",)),
    "table_row_too_long": (_body("| a | b |\n|---|---|\n| 1 | 2 | 丢 |"), ("N286 01-news.md:11",)),
    "stray_indent": (_edit("issue.yaml", "number: 11", "  number: 11"), ("N114 issue.yaml:3",)),
    "lead_not_indented": (
        _edit("01-news.md", "keywords:", "lead: |\n第一段。\n\n第二段。\nkeywords:"),
        ("N114 01-news.md:4",),
    ),
    "front_matter_not_closed": (_edit("01-news.md", "二]\n---\n", "二]\n\n"), ("N290 01-news.md:3",)),
    "damaged_photograph": (_damaged, ("N294 01-news.md:9",)),
    "section_as_plain_text": (
        lambda f: (f / "05-来信.txt").write_text("来信", encoding="utf-8") and None,
        ("N288 05-来信.txt",),
    ),
    "section_in_word": (_write("06-x.docx", b"PK"), ("N288 06-x.docx",)),
    "chart_of_words": (_body(_chart("values: {甲: 约七亿, 乙: 2}")), ("N217 01-news.md:12",)),
    "chart_without_data": (_body(_chart("unit: 人")), ("N216 01-news.md:9",)),
    "chart_with_two_sources": (_body(_chart("values: {甲: 1}\ndata: a.csv")), ("N216 01-news.md:9",)),
    "chart_of_no_kind": (_body(_chart("values: {甲: 1}", kind="pie")), ("N206 01-news.md:10",)),
    "chart_without_a_number": (_body(_chart('values: {甲: "-"}')), ("N216 01-news.md:12",)),
    "chart_rows_uneven": (
        _body(_chart("series: [一, 二]\nvalues:\n  甲: [1, 2]\n  乙: [1]")),
        ("N218 01-news.md:15",),
    ),
    "chart_of_negative_shares": (_body(_chart("values: {甲: 1, 乙: -2}", kind="share")), ("N219 01-news.md:9",)),
    "chart_of_too_little": (
        _body(_chart('unit: "%"\nvalues: {甲: 40, 乙: 20}', kind="share")),
        ("N219 01-news.md:9",),
    ),
    "chart_of_too_many_parts": (
        _body(_chart("values: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1}", kind="share")),
        ("N219 01-news.md:9",),
    ),
    "chart_table_missing": (_body(_chart("data: images/a.csv")), ("N216 01-news.md:12",)),
    "chart_table_outside": (_body(_chart("data: ../../a.csv")), ("N121 01-news.md:12",)),
    "chart_table_remote": (_body(_chart("data: https://example.org/a.csv")), ("N216 01-news.md:12",)),
    "chart_table_of_words": (_chart_table("年份,人次\n2024,三百\n".encode("gb18030")), ("N217 images/a.csv:2",)),
    "chart_table_uneven": (_chart_table("年份,人次\n2024,300\n2025,320,1\n".encode()), ("N218 images/a.csv:3",)),
    "chart_table_without_head": (_chart_table(b"2024,300\n2025,320\n"), ("N216 images/a.csv:1",)),
    "chart_table_twice": (_chart_table("年份,人次\n2024,1\n2024,2\n".encode()), ("N218 images/a.csv:3",)),
    "chart_table_of_bytes": (_chart_table(b"\x00\xff\x00\x81"), ("N216 images/a.csv",)),
    "chart_table_open_quote": (_chart_table('年份,人次\n2024,"300\n2025,320\n'.encode()), ("N216 images/a.csv:2",)),
    "everything_at_once": (
        _many,
        ("N201 issue.yaml:1", "N204 issue.yaml:2", "N205 issue.yaml:3", "N250 01-news.md:9", "N251 01-news.md:9"),
    ),
}

TOLD: dict[str, tuple[Breaker, tuple[str, ...]]] = {
    "byte_order_mark": (_write("issue.yaml", b"\xef\xbb\xbf" + ISSUE.encode()), ("N109 issue.yaml:1",)),
    "byte_order_mark_of_a_section": (_write("01-news.md", b"\xef\xbb\xbf" + SECTION.encode()), ("N109 01-news.md:1",)),
    "typed_number_of_a_section": (_edit("01-news.md", "title: 要闻", "title: 四、要闻"), ("N234 01-news.md:2",)),
    "typed_part_of_a_section": (_edit("01-news.md", "title: 要闻", "title: 第一部分 要闻"), ("N234 01-news.md:2",)),
    "two_files_of_one_number": (
        lambda f: (f / "01-other.md").write_text(SECTION.replace("要闻", "别的"), encoding="utf-8") and None,
        ("N291 01-other.md",),
    ),
    "empty_keywords": (_edit("01-news.md", "keywords: [一, 二]", "keywords:"), ("N297 01-news.md:3",)),
    "empty_highlights": (_edit("issue.yaml", "number: 11", "number: 11\nhighlights:"), ("N297 issue.yaml:4",)),
    "section_title_too_long_for_the_head": (
        _edit("01-news.md", "title: 要闻", f"title: {'长' * 31}"),
        ("N293 01-news.md:2",),
    ),
    "article_title_long": (_edit("01-news.md", "一篇文章", "长" * 61), ("N230 01-news.md:7",)),
    "table_row_too_short": (_body("| a | b |\n|---|---|\n| 1 |"), ("N287 01-news.md:11",)),
    "typed_footnote_mark": (_body("自明年起施行【1】。"), ("N283 01-news.md:9",)),
    "full_width_colons_without_a_name": (_body("：：：小贴士"), ("N295 01-news.md:9",)),
    "typed_order_of_the_wrong_form": (_body("(一)甲\n\n1、乙"), ("N296 01-news.md:9", "N296 01-news.md:11")),
    "another_document": (_write("笔记.doc", b"x"), ("N289 笔记.doc",)),
}
"""As CASES, but nothing that stops: the issue is read, and the editor told."""
