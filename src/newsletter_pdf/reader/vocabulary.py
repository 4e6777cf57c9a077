"""Every field of every file an editor writes, declared once (the names are those of the model)."""

from __future__ import annotations

import re

from newsletter_pdf.reader.shapes import (
    Address,
    Anything,
    Choice,
    Date,
    Field,
    Integer,
    ListOf,
    Numbers,
    Picture,
    Prose,
    Raw,
    RuleLevels,
    Shape,
    Text,
)

QR_LIMIT = 500
"""Characters; even all Han, three bytes each, they fit a QR code of version 40 at level L (ISO/IEC 18004)."""

_LAYOUT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")

ISSUE = Shape(
    "期刊一期的资料（issue.yaml）",
    (
        Field("title", Text(120), "刊名或本期标题", "印在封面上，也是 PDF 的标题", required=True),
        Field("subtitle", Text(120), "副标题"),
        Field("title_en", Text(200), "英文标题"),
        Field("date", Date(), "出版日期", "年-月-日，如 2026-11-20", required=True),
        Field("number", Integer(1, 999), "年内期号", "印作「第11期」", required=True),
        Field("running_number", Integer(1, 99999), "总期号", "印作「总第7期」"),
        Field("author", Text(200), "作者或编者", "写入 PDF 的文件信息；不写时用主办单位"),
        Field("subject", Text(500), "主题", "写入 PDF 的文件信息"),
        Field("keywords", ListOf(Text(60), single=True, split=True), "关键词", "写入 PDF 的文件信息"),
        Field("highlights", ListOf(Text(120), single=True), "本期要目", "印在封面上，每项一行"),
        Field(
            "language",
            Choice(
                (("zh-CN", "简体中文"), ("zh-TW", "繁体中文（台湾）"), ("zh-HK", "繁体中文（香港）"), ("en", "英文"))
            ),
            "语言",
            "默认 zh-CN",
        ),
        Field(
            "layout",
            Text(60, _LAYOUT_NAME, "只用英文字母、数字、短横和下划线，如 classic", "Letters, digits, - and _ only"),
            "版式",
            "layouts 文件夹里的版式名，默认 classic",
        ),
        Field("options", Anything(), "版式选项", "只写与版式默认值不同的选项"),
        Field("rules", RuleLevels(), "规则的轻重", "规则编号或组名: off（不查）、warn（警告）或 error（错误）"),
    ),
    placed=True,
)

_PERSON = Shape(
    "人员",
    (
        Field("name", Text(60, person=True), "姓名", "两字姓名中间不加空格", required=True),
        Field("posts", ListOf(Text(120), single=True), "职务", "每项一行，最重要的在前"),
    ),
    shorthand="name",
)

_LINE = Shape(
    "带标签的一行",
    (
        Field("label", Text(40), "标签", "如 电子邮箱", required=True),
        Field("value", Text(300), "内容", required=True),
        Field("href", Address(), "链接", "https:// 或 mailto: 开头"),
    ),
)

MASTHEAD = Shape(
    "刊头资料（masthead.yaml），各期共用",
    (
        Field(
            "nameplate",
            Shape(
                "刊头",
                (
                    Field("text", Text(20), "刊名", "封面上的大字", required=True),
                    Field("latin", Text(60), "刊名的拼音或英文"),
                ),
                shorthand="text",
            ),
            "刊头",
        ),
        Field(
            "organisations",
            ListOf(
                Shape(
                    "单位",
                    (
                        Field("role", Text(40), "身份", "如 主办单位", required=True),
                        Field("names", ListOf(Text(80), single=True, filled=True), "单位名称", required=True),
                    ),
                )
            ),
            "主办、协办等单位",
        ),
        Field(
            "board",
            ListOf(
                Shape(
                    "一组人员",
                    (
                        Field("role", Text(40), "身份", "如 编委", required=True),
                        Field("note", Text(120), "说明", "如 按姓氏笔画排序"),
                        Field("style", Choice((("list", "一人一行，带职务"), ("names", "姓名连排"))), "排法"),
                        Field(
                            "people", ListOf(_PERSON, single=True, filled=True), "人员", "按印出的次序", required=True
                        ),
                    ),
                )
            ),
            "编委会与编辑部",
        ),
        Field(
            "required_roles",
            ListOf(Text(120), single=True),
            "必须有人的身份",
            "每期核对这些身份都有人或单位；几个名称任一即可时用 / 分开，如 主编/总编辑",
        ),
        Field("statement", Prose(), "声明或办刊宗旨", "空一行分段"),
        Field("imprint", ListOf(_LINE), "版权页各行", "如电子邮箱、电话"),
    ),
    placed=True,
)

_QR = Shape(
    "二维码",
    (
        Field("data", Raw(QR_LIMIT), "二维码的内容", "通常是网址", required=True),
        Field("caption", Text(60), "下方说明"),
    ),
    shorthand="data",
    placed=True,
)

PROCESS = Shape(
    "流程图",
    (
        Field("title", Text(80), "图题"),
        Field(
            "steps",
            ListOf(
                Shape(
                    "一步",
                    (
                        Field("title", Text(60), "名称", "编号自动生成", required=True),
                        Field("text", Text(300), "说明"),
                        Field("duration", Text(40), "用时", "如 1–2 周"),
                    ),
                    shorthand="title",
                ),
                filled=True,
            ),
            "步骤",
            required=True,
        ),
    ),
    placed=True,
)

CHART = Shape(
    "图表",
    (
        Field(
            "kind",
            Choice((("bar", "条形图、柱形图"), ("line", "折线图"), ("share", "构成图"))),
            "图的种类",
            required=True,
        ),
        Field("title", Text(80), "图题", required=True),
        Field("unit", Text(20), "单位", "如 亿人；百分数写 %"),
        Field("series", ListOf(Text(20), filled=True), "系列的名称", "每一行有几个数时，写出各是什么"),
        Field("values", Numbers(), "数据", "名称: 数；有几个系列时 名称: [数, 数]"),
        Field("data", Raw(200), "CSV 文件", "相对于这一期的文件夹，如 images/网民.csv；与 values 二选一"),
        Field("source", Text(120), "资料来源"),
        Field("note", Text(200), "注", "口径、时点等说明"),
        Field("alt", Text(500), "替代文字", "不写时由数据生成"),
    ),
)

_CARDS = Shape(
    "卡片",
    (
        Field("title", Text(80), "标题"),
        Field("columns", Integer(1, 4), "每行几张", "默认 2"),
        Field(
            "items",
            ListOf(
                Shape(
                    "一张卡片",
                    (Field("title", Text(60), "标题", required=True), Field("text", Text(400), "文字")),
                    shorthand="title",
                ),
                filled=True,
            ),
            "各张卡片",
            required=True,
        ),
    ),
    placed=True,
)

_CONTACT = Shape(
    "联系方式",
    (
        Field("title", Text(80), "标题"),
        Field("lines", ListOf(_LINE, filled=True), "各行", required=True),
        Field("qr", ListOf(_QR, single=True), "二维码"),
    ),
    placed=True,
)

_FIGURE = Shape(
    "图片",
    (
        Field("path", Picture(), "图片路径", "相对于本文件所在的文件夹", required=True),
        Field("alt", Text(300), "替代文字", "用一句话说明图中内容", required=True),
        Field("caption", Text(200), "图题"),
        Field("credit", Text(100), "供图"),
    ),
    placed=True,
)

_CALLOUT = Shape(
    "提示框",
    (
        Field("title", Text(60), "标题"),
        Field("text", Prose(lists=True), "内容", required=True),
    ),
    placed=True,
)

BLOCK = Shape(
    "服务页上的一块（只写其中一种）",
    (
        Field("text", Prose(lists=True), "文字", "Markdown：段落、列表、引文、表格"),
        Field("cards", _CARDS, "卡片"),
        Field("process", PROCESS, "流程图"),
        Field("contact", _CONTACT, "联系方式"),
        Field("qr", _QR, "二维码"),
        Field("figure", _FIGURE, "图片"),
        Field("callout", _CALLOUT, "提示框"),
    ),
    shorthand="text",
    one_of=True,
    placed=True,
)

SERVICES = Shape(
    "服务页（services.yaml），各期共用",
    (
        Field(
            "pages",
            ListOf(
                Shape(
                    "一页",
                    (
                        Field("title", Text(60), "标题", required=True),
                        Field("subtitle", Text(120), "副标题"),
                        Field("blocks", ListOf(BLOCK, filled=True), "页面内容", required=True),
                    ),
                    placed=True,
                ),
                filled=True,
            ),
            "各页，按次序",
            required=True,
        ),
    ),
    placed=True,
)

SECTION = Shape(
    "栏目文件开头的资料",
    (
        Field("title", Text(120), "栏目标题", required=True),
        Field("short_title", Text(40), "书眉用的短标题"),
        Field("lead", Prose(), "导读", "用 lead: | 写成几段"),
        Field("keywords", ListOf(Text(60), single=True, split=True), "关键词"),
        Field(
            "sources",
            Choice((("required", "每篇都要有来源"), ("optional", "不要求"))),
            "来源的要求",
            "默认 optional",
        ),
    ),
    placed=True,
)
