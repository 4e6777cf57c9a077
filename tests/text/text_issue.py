"""An invented issue that has every kind of text, written as an editor writes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.verify.expected import Expected

HOME = Path(__file__).resolve().parents[2]
_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="80" height="40"/></svg>'
FACTS = """title: 渡口月览
title_en: Ferry Review
date: 2026-11-20
number: 11
running_number: 7
author: 渡口读书会
highlights: [十一月的渡船时刻, 江水退去以后]
"""
SECTION = """---
title: 江上见闻：渡船与码头
short_title: 江上见闻
lead: |
  十一月，江水退到了石阶的第九级。本栏记下三件事。

  三件事都有日期，也都有人证。
keywords: [渡船, 码头, 时刻表]
---
## 北岸

### 渡船改点

11月3日起，渡船改为每40分钟一班。末班船18时20分开出，比上月早了10分钟。[^1] 船票仍是3元，{尉迟|yù chí}师傅说不会涨。

改点的缘由有三条：

1. 天黑得早，*江面上看不清航标*；
2. 乘客少了四成，见**客流统计**第2页；
3. 两条船轮流检修：
   - 先修“渡二”；
   - 再修“渡一”。

表：各码头首末班
| 码头 | 首班 | 末班 |
|---|---:|---:|
| 北渡 | 6:40 | 18:20 |
| 石埠 | 6:55 | 18:35 |
| 柳湾 | 7:10 | 18:50 |

> 船可以慢，人不能急。
>
> —— 船工 乔渡

![一条渡船停在石阶旁](images/ferry.svg "十一月的北渡码头")
供图：读书会

来源：渡口读书会、北渡码头公告栏

### 江水退去以后

石阶露出来，上面有旧年的刻字。见 https://example.org/steps?year=1954 的照片。最低的一级刻着“1954”，最高的刻着“1998”。

::: 背景 怎么看刻字
早上光线斜，看得最清楚。带一把软刷子，不要用水。
:::

```text
for step in stairs:
    print(step, "{{ level }}")
```

来源：{屈原|-}路小学江边观察组

[^1]: 见《北渡码头公告》2026年第14号，10月28日张贴。

## 南岸

### 一块木牌

木牌立在柳树下，字是新描的。[^b] 牌上写着：“过江先问水，问水先问人。”

[^b]: 木牌高1.2米，宽0.4米，2019年重立。
"""
SECOND = """---
title: 读书记
---
### 夜读十页

每晚十页，读到第三十一天，正好三百一十页。读的是一部江的传记。

| 日 | 页 | 记 |
|---|---|---|
""" + "".join(f"| 第{day}日 | {day * 10} | 读到第{day}章的末尾，天已经黑了。 |\n" for day in range(1, 32)) + """
来源：夜读小组
"""  # fmt: skip
MASTHEAD = """nameplate: {text: 渡口, latin: DU KOU}
organisations:
  - {role: 主办单位, names: [渡口读书会, 北渡小学]}
board:
  - role: 顾问
    note: 按姓氏笔画排列
    people:
      - {name: 闫东, posts: [北渡码头主任, 读书会名誉会长]}
      - {name: 欧阳明远, posts: [江边观察组组长]}
  - role: 编辑部
    style: names
    people: [白芷, 成咏之, 范听雨]
statement: |
  《渡口月览》记江上的事，每月一期。欢迎来信。
imprint:
  - {label: 电子邮箱, value: ferry@example.org, href: "mailto:ferry@example.org"}
"""
SERVICES = """pages:
  - title: 来信须知
    subtitle: 怎样写，寄到哪里
    blocks:
      - text: 来信请写明日期和地点。不退稿，请留底。
      - cards:
          title: 三种稿子
          columns: 2
          items:
            - {title: 见闻, text: 亲眼看到的事。}
            - {title: 旧事, text: 听老人讲的事。}
            - {title: 问答, text: 想问江的事。}
      - process:
          title: 一封信怎样变成铅字
          steps:
            - {title: 登记, text: 写下收到的日期。, duration: 1天}
            - {title: 核对, text: 打电话问作者。, duration: 3天}
      - contact:
          title: 寄到这里
          lines:
            - {label: 地址, value: 北渡路1号}
            - {label: 电话, value: 000-0000-0003}
          qr:
            - {data: "https://example.org/letters", caption: 扫码写信}
  - title: 渡船时刻
    blocks:
      - text: 首班6时40分，末班18时20分。
"""


@dataclass(frozen=True)
class Built:
    """A built issue: its content folder, its PDF and what should stand in it."""

    issue: Path
    pdf: Path
    expected: Expected


def write_issue(folder: Path, options: str = "", layout: str = "classic") -> Path:
    """Write the issue under ``folder``; ``options`` are lines of YAML for its layout. Gives the issue's folder."""
    content = folder / "content"
    issue = content / "2026-11"
    (issue / "images").mkdir(parents=True)
    (issue / "images" / "ferry.svg").write_text(_PICTURE, encoding="utf-8")
    given = f"options:\n{options}" if options else ""
    (issue / "issue.yaml").write_text(
        f"{FACTS}layout: {layout}\n{given}rules: {{N749: off, N782: off}}\n", encoding="utf-8"
    )
    (issue / "01-river.md").write_text(SECTION, encoding="utf-8")
    (issue / "02-books.md").write_text(SECOND, encoding="utf-8")
    (content / "masthead.yaml").write_text(MASTHEAD, encoding="utf-8")
    (content / "services.yaml").write_text(SERVICES, encoding="utf-8")
    return issue
