"""What the mailing commands show: the mailing, the plan, the states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsletter_pdf.console import Screen
    from newsletter_pdf.findings import Finding
    from newsletter_pdf.mail.ledger import State
    from newsletter_pdf.mail.sending.plan import Plan
    from newsletter_pdf.mail.sending.prepare import Prepared


def show_mailing(prepared: Prepared, screen: Screen) -> None:
    """Who gets what, in a few lines."""
    from newsletter_pdf.files import human_size
    from newsletter_pdf.mail.sending.look import summary_of

    facts = summary_of(prepared)
    say = screen.say
    screen.fact(say("标题", "Subject"), prepared.packer.subject)
    sender = prepared.settings.sender
    screen.fact(say("发件人", "From"), f"{sender.name} <{sender.address}>" if sender.name else sender.address)
    group = say(f"（{prepared.group}）", f" ({prepared.group})") if prepared.group is not None else ""
    left_out = prepared.listed.left_out
    more = say(f"，另有 {left_out} 行没有列入", f", {left_out} lines left out") if left_out else ""
    screen.fact(say("读者", "Readers"), f"{len(prepared.readers)}{group}{_not_sent(prepared, screen)}{more}")
    pages = "" if prepared.pdf.pages is None else say(f"，{prepared.pdf.pages} 页", f", {prepared.pdf.pages} pages")
    screen.fact("PDF", f"{facts['pdf']}{pages}，{prepared.pdf.sha256[:12]}…".replace("，", say("，", ", ")))
    delivery = prepared.packer.delivery
    way = say("附在信里", "attached") if delivery.attached else str(facts["link"])
    way += say("，每位读者一份", ", a copy for each reader") if delivery.personal else ""
    way += say("，打开要密码", ", opened by a password") if delivery.locked else ""
    screen.fact(say("给读者", "Delivery"), way)
    screen.fact(say("一封信", "A message"), human_size(prepared.packer.package(prepared.readers[0]).size))
    approval = prepared.approval
    signed = (
        say("还没有签发", "not approved yet")
        if approval is None
        else say(f"{approval.by}，{approval.when}", f"{approval.by}, {approval.when}")
    )
    screen.fact(say("签发", "Approved by"), signed)


def _not_sent(prepared: Prepared, screen: Screen) -> str:
    """Those on the list who get nothing, by the reason, so that all lines of the list add up."""
    from newsletter_pdf.mail.recipients import Status

    words = {
        Status.PAUSED: screen.say("暂停", "paused"),
        Status.UNSUBSCRIBED: screen.say("退订", "unsubscribed"),
        Status.BOUNCED: screen.say("退信", "bounced"),
        Status.ACTIVE: screen.say("在不寄的名单上", "suppressed"),
    }
    wanted = {reader.key for reader in prepared.readers}
    left = Counter(words[p.status] for p in prepared.listed.in_group(prepared.group) if p.key not in wanted)
    if not left:
        return ""
    reasons = screen.say("、", ", ").join(f"{word} {count}" for word, count in left.items())
    return screen.say(f"，不寄 {left.total()}（{reasons}）", f", {left.total()} get nothing ({reasons})")


def show_findings(findings: Iterable[Finding], screen: Screen) -> None:
    """The errors last: what stops the work shall not be looked for above a list of rows."""
    from newsletter_pdf.findings import Severity

    found = list(findings)
    screen.findings(finding for finding in found if finding.severity is not Severity.ERROR)
    screen.findings(finding for finding in found if finding.severity is Severity.ERROR)


def with_reason(text: str, findings: Iterable[Finding], screen: Screen) -> str:
    """``text``, and the first error with its code."""
    from newsletter_pdf.findings import Severity

    first = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
    if first is None:
        return text
    said = first.message(screen.lang)
    if text.count("。") + text.count(". ") > 1:  # several sentences: one more
        return screen.say(f"{text}{said}（{first.code}）。", f"{text} {said} ({first.code}).")
    return screen.say(f"{text.rstrip('。')}：{said}（{first.code}）。", f"{text.rstrip('.')}: {said} ({first.code}).")


def show_plan(plan: Plan, prepared: Prepared, screen: Screen) -> None:
    """How many, to where, how long."""
    say = screen.say
    show_counts(plan.counts, screen)
    domains = "、".join(f"{domain} {count}" for domain, count in plan.domains[:6])
    more = len(plan.domains) - 6
    if more > 0:
        domains += say(f"，以及另外 {more} 个域名", f", and {more} other domains")
    if domains:
        screen.fact(say("寄往", "To"), domains.replace("、", say("、", ", ")))
    server = prepared.settings.server
    if server is not None:
        screen.fact(say("服务器", "Server"), f"{server.host}:{server.port} ({server.security})")
    if plan.open:
        screen.fact(say("大约要", "Takes about"), duration(plan.seconds, screen))


def show_counts(counts: Mapping[State, int], screen: Screen) -> None:
    """The states that have readers."""
    from newsletter_pdf.mail.sending.report import WORDS

    parts = [
        f"{screen.say(*words[:2])} {counts[state]}" for state, words in reversed(WORDS.items()) if counts.get(state)
    ]
    joined = screen.say("，", ", ").join(parts) or screen.say("没有读者", "no readers")
    screen.fact(screen.say("现在", "Now"), joined)


def duration(seconds: float, screen: Screen) -> str:
    """A time for people."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return screen.say("不到一分钟", "less than a minute")
    if minutes < 120:
        return screen.say(f"{minutes} 分钟", f"{minutes} minutes")
    return screen.say(f"{minutes / 60:.1f} 小时", f"{minutes / 60:.1f} hours")
