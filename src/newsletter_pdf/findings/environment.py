"""Findings about the machine and the project's place on it, not about the issue (N901–N949)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

_SETUP_ZH = "运行 make -C {program} setup；它会装好，或告诉你该运行哪一条命令"
_SETUP_EN = "Run “make -C {program} setup”: it installs what is missing, or prints the one command to run"

NO_HOME = Rule(
    code="N901",
    severity=Severity.ERROR,
    message_zh="没有找到 layouts/ 和 fonts/ 文件夹",
    message_en="The folders layouts/ and fonts/ were not found",
    hint_zh="在项目文件夹里运行；或把环境变量 NEWSLETTER_PDF_HOME 设为项目文件夹的路径",
    hint_en="Run this inside the project folder, or set NEWSLETTER_PDF_HOME to the project folder's path",
    what="从期刊文件夹往上、从当前文件夹往上，都没有同时找到 layouts/ 和 fonts/。",
    why="版式和字体在这两个文件夹里，缺了它们无法排版。",
    example="把期刊文件夹单独拷到桌面，在桌面上运行；或 NEWSLETTER_PDF_HOME 写错了路径。",
    remedy="进入项目文件夹再运行；或设置 NEWSLETTER_PDF_HOME。",
)

NO_OUTPUT = Rule(
    code="N902",
    severity=Severity.ERROR,
    message_zh="写不进输出文件夹：{reason}",
    message_en="The output folder cannot be written to: {reason}",
    hint_zh="检查磁盘是否已满、文件夹是否只读，或用 --out 换一个文件夹；原来的 PDF 没有改动",
    hint_en="See whether the disk is full or the folder read-only, or choose another with --out; the old PDF stays",
    what="保存 PDF 或报告时，系统拒绝了写入。",
    why="写不进去就没有结果；原来的 PDF 保持原样。",
    example="build/ 在只读的共享盘上；磁盘满了。",
    remedy="清理磁盘、改权限，或运行时加 --out 指定另一个文件夹。",
)

NO_ENGINE = Rule(
    code="N903",
    severity=Severity.ERROR,
    message_zh="排版所需的系统库不可用：{reason}",
    message_en="A system library needed for typesetting is not available: {reason}",
    hint_zh="运行 make setup；它会装好，或告诉你该运行哪一条命令",
    hint_en="Run “make setup”: it installs what is missing, or prints the one command to run",
    away_zh=_SETUP_ZH,
    away_en=_SETUP_EN,
    what="缺少 Pango、HarfBuzz 或 fontconfig，或者它们无法载入。",
    why="文字的排布由这些库完成。",
    example="在新装的 Debian 上没有运行过 make setup。",
    remedy="在程序的文件夹里运行 make setup。",
)

PANGO_MISSING = Rule(
    code="N904",
    severity=Severity.ERROR,
    message_zh="没有安装排版所需的系统库：{libraries}",
    message_en="System libraries needed for typesetting are not installed: {libraries}",
    hint_zh="运行 make setup；它会装好，或告诉你该运行哪一条命令",
    hint_en="Run “make setup”: it installs what is missing, or prints the one command to run",
    away_zh=_SETUP_ZH,
    away_en=_SETUP_EN,
    what="系统里没有 Pango（或它用到的 HarfBuzz、fontconfig）。",
    why="文字的排布由 Pango 完成，没有它什么也排不出来。",
    example="只装了 Python 的服务器或容器。",
    remedy="在程序的文件夹里运行 make setup。它会安装 libpango-1.0-0、libpangoft2-1.0-0 和 libharfbuzz-subset0。",
)

PANGO_OLD = Rule(
    code="N905",
    severity=Severity.ERROR,
    message_zh="Pango 的版本是 {found}，太旧了：至少要 {needed}",
    message_en="Pango is version {found}, which is too old: {needed} is needed at least",
    hint_zh="升级系统，或换一台较新的电脑（Debian 11、Ubuntu 20.04 起都可以）",
    hint_en="Upgrade the system or use a newer one (Debian 11 and Ubuntu 20.04 onwards will do)",
    what="系统自带的 Pango 太旧，缺少排版引擎要用的功能。",
    why="旧版本会在排版途中出错。",
    example="Ubuntu 18.04 自带 Pango 1.40。",
    remedy="升级操作系统。",
)

SUBSETTER_MISSING = Rule(
    code="N906",
    severity=Severity.WARNING,
    message_zh="没有安装 libharfbuzz-subset：写 PDF 会慢十几倍",
    message_en="libharfbuzz-subset is not installed: writing the PDF takes over ten times as long",
    hint_zh="运行 make setup（Debian、Ubuntu：apt-get install libharfbuzz-subset0）",
    hint_en="Run “make setup” (Debian, Ubuntu: apt-get install libharfbuzz-subset0)",
    away_zh="运行 make -C {program} setup（Debian、Ubuntu：apt-get install libharfbuzz-subset0）",
    away_en="Run “make -C {program} setup” (Debian, Ubuntu: apt-get install libharfbuzz-subset0)",
    what="缺少从字体里取出所用汉字的系统库，只好用 Python 来做。",
    why="80 页的期刊，写 PDF 从不到一秒变成十秒以上。结果一样，只是慢。",
    example="手工装了 Pango，没有装 libharfbuzz-subset0。",
    remedy="在程序的文件夹里运行 make setup。",
)

OUTPUT_BUSY = Rule(
    code="N920",
    severity=Severity.ERROR,
    message_zh="另一次制作一直占着输出文件夹",
    message_en="Another build has held the output folder for minutes",
    hint_zh="等它做完再做一次，或用 --out 换一个文件夹；原来的 PDF 没有改动",
    hint_en="Build again when it has finished, or choose another folder with --out; the old PDF stays",
    what="两次制作写同一个文件夹时，后来的要等先来的写完；这次等了两分钟还没有轮到。",
    why="两次同时写，PDF 和报告就可能不是同一次做的。",
    example="另一个窗口里的制作被按 Ctrl-Z 暂停了。",
    remedy="找到另一个窗口，让它做完或结束它，再做一次。",
)

PREVIEW_FAULT = Rule(
    code="N940",
    severity=Severity.ERROR,
    message_zh="预览出了故障（{reason}）",
    message_en="A fault of the preview ({reason})",
    hint_zh="这是程序的错误，不是稿件的；再存一次盘试试，还不行就把终端里写明的日志发给维护人",
    hint_en="An error of the program, not of the copy: save again; if it stays, send the log that the terminal names",
    what="预览在排这一次改动时，程序自己出了错。",
    why="页面停在上一次的样子，不会因此变成空白；下一次存盘重新排。",
    example="程序没有料到的一种写法。",
    remedy="再存一次盘。还是这样，就用 make check 和 make issue 看有没有别的提示，并把日志发给维护人。",
)

RULES: tuple[Rule, ...] = (
    NO_HOME, NO_OUTPUT, NO_ENGINE, PANGO_MISSING, PANGO_OLD, SUBSETTER_MISSING, OUTPUT_BUSY, PREVIEW_FAULT,
)  # fmt: skip
