"""Findings about the font folder: its manifest, its files and their SHA-256 (N350–N359)."""

from __future__ import annotations

from newsletter_pdf.findings.rule import Rule, Severity

_RESTORE_ZH = "运行 git checkout fonts 取回原来的文件；不行就运行 make fonts 重建"
_RESTORE_EN = "Run “git checkout fonts” to get the files back, or “make fonts” to rebuild them"
_COPY_ZH = "把程序自带的字体文件夹 {program}/fonts 整个拷来，替换本刊的 fonts/；那里的也坏了，请装程序的人恢复"
_COPY_EN = "Copy the program's own {program}/fonts over the folder fonts here; if that is spoilt too, ask who set it up"
_REMEDY = "在程序的文件夹里运行 git checkout fonts；init 建的刊物，把程序文件夹里的 fonts/ 整个拷过来。"
_WHY = "排版只用 fonts/ 里核对过的字体，这样每台电脑做出的期刊才完全一样，也不会用上没有授权的字体。"

FONTS_NO_MANIFEST = Rule(
    code="N350",
    severity=Severity.ERROR,
    message_zh="读不到字体清单 manifest.json：{reason_zh}",
    message_en="The list of fonts, manifest.json, cannot be read: {reason_en}",
    hint_zh=_RESTORE_ZH,
    hint_en=_RESTORE_EN,
    away_zh=_COPY_ZH,
    away_en=_COPY_EN,
    what="fonts/ 文件夹里没有 manifest.json，或者无法读取。",
    why=_WHY,
    example="整理文件时误删了 fonts/manifest.json。",
    remedy=_REMEDY + "仍然不行就在程序的文件夹里运行 make fonts。",
)

FONTS_BAD_MANIFEST = Rule(
    code="N351",
    severity=Severity.ERROR,
    message_zh="字体清单 {file} 的内容不对：{detail_zh}",
    message_en="The list of fonts {file} is not as it should be: {detail_en}",
    hint_zh=_RESTORE_ZH,
    hint_en=_RESTORE_EN,
    away_zh=_COPY_ZH,
    away_en=_COPY_EN,
    what="manifest.json 或 coverage.json 被改动、截断，或来自另一个版本。",
    why=_WHY,
    example="合并分支时留下了冲突标记 <<<<<<<。",
    remedy=_REMEDY + "不要手工修改这两个文件，它们由 make fonts 生成。",
)

FONT_MISSING = Rule(
    code="N352",
    severity=Severity.ERROR,
    message_zh="缺少字体文件 {file}（{family}）",
    message_en="The font file {file} ({family}) is missing",
    hint_zh=_RESTORE_ZH,
    hint_en=_RESTORE_EN,
    away_zh=_COPY_ZH,
    away_en=_COPY_EN,
    what="清单里列出的字体文件不在 fonts/ 里，或者无法读取。",
    why="缺了它，用到这种字体的文字会变成别的字体，版面随之改变。",
    example="拷贝项目时漏了 15 MB 的 NLKai-Regular.ttf。",
    remedy=_REMEDY + "拷贝项目时请带上整个文件夹。",
)

FONT_CHANGED = Rule(
    code="N353",
    severity=Severity.ERROR,
    message_zh="字体文件 {file} 与清单不符：它被改动过，或没有下载完整",
    message_en="The font file {file} differs from the list: it was changed, or not fetched whole",
    hint_zh=_RESTORE_ZH,
    hint_en=_RESTORE_EN,
    away_zh=_COPY_ZH,
    away_en=_COPY_EN,
    what="文件的 SHA-256 与 manifest.json 里记的不同。",
    why=_WHY,
    example="用字体软件另存了一遍；或者网络中断，文件只有一半。",
    remedy=_REMEDY + "确实要换字体时，修改 tools/font_recipes.py 后运行 make fonts。",
)

FONT_UNLISTED = Rule(
    code="N354",
    severity=Severity.WARNING,
    message_zh="fonts/ 里有一个清单之外的字体文件：{file}，排版时不会用它",
    message_en="fonts/ holds a font file that is not on the list, and it is not used: {file}",
    hint_zh="把它移出 fonts/ 文件夹",
    hint_en="Move it out of the fonts folder",
    what="有人往 fonts/ 里放了别的字体文件。",
    why="没有核对过的字体会让版面因电脑而异，也可能没有授权，所以排版时不用它；放在这里只会让人误会。",
    example="把系统里的 simsun.ttf 拷进了 fonts/。",
    remedy="移走它。要用新字体，请让维护这套工具的人写进 tools/font_recipes.py。",
)

FONT_NO_LICENCE = Rule(
    code="N355",
    severity=Severity.WARNING,
    message_zh="缺少字体许可证 {file}",
    message_en="The font licence {file} is missing",
    hint_zh=_RESTORE_ZH,
    hint_en=_RESTORE_EN,
    away_zh=_COPY_ZH,
    away_en=_COPY_EN,
    what="fonts/ 里的字体旁边应有它的许可证全文（OFL）。",
    why="OFL 要求许可证随字体一起分发；PDF 不受影响。",
    example="删掉了 fonts/OFL-LXGWWenKai.txt。",
    remedy=_REMEDY,
)

RULES: tuple[Rule, ...] = (
    FONTS_NO_MANIFEST,
    FONTS_BAD_MANIFEST,
    FONT_MISSING,
    FONT_CHANGED,
    FONT_UNLISTED,
    FONT_NO_LICENCE,
)
