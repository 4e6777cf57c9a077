"""N42x: line setting."""

from newsletter_pdf.findings.rule import Rule, Severity

ENGINE_UNTESTED = Rule(
    code="N421",
    severity=Severity.WARNING,
    message_zh="中文排版规则没有启用：{engine} 不是测试过的版本",
    message_en="Chinese line setting is off: {engine} is not a version it was tested with",
    hint_zh="照常可以出刊，只是行末不齐、中西文之间没有空隙；请执行 make setup，装回锁定的版本。",
    hint_en="The issue can be built, but lines end unevenly and Chinese meets Latin without a gap; run make setup to "
    "get the locked versions back.",
    away_zh="照常可以出刊，只是行末不齐、中西文之间没有空隙；请执行 make -C {program} setup，装回锁定的版本。",
    away_en="The issue can be built, but lines end unevenly and Chinese meets Latin without a gap; run "
    "make -C {program} setup to get the locked versions back.",
    what="两端对齐、避头尾、标点挤压、中西文间隙等规则接在排版引擎 WeasyPrint 的内部，只在测试过的版本上启用。",
    why="环境里的 WeasyPrint 被升级或降级过。换了版本，内部接口可能不同，硬接上去会排错，所以退回引擎自带的排法。",
    example="有人在虚拟环境里执行了 pip install -U weasyprint。",
    remedy="在程序的文件夹里执行 make setup 恢复锁定的版本，再重新生成。",
)

RULES: tuple[Rule, ...] = (ENGINE_UNTESTED,)
