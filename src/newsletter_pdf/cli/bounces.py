"""``newsletter-pdf bounces``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.mail.bounces import Marked
    from newsletter_pdf.mail.bounces.importing import Import

_QUOTED = 10  # readers named in one finding


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def bounces(
        folder: Annotated[Path, common.issue_argument(say)],
        source: Annotated[
            Path | None,
            typer.Option(
                "--from",
                metavar="PATH",
                help=say("mbox 文件、Maildir 或 .eml 所在", "an mbox file, a Maildir, .eml files"),
            ),
        ] = None,
        imap: Annotated[
            bool,
            typer.Option("--imap", help=say("读 mail.yaml 里的 IMAP 邮箱", "read the IMAP mailbox of mail.yaml")),
        ] = False,
        imap_folder: Annotated[
            str | None, typer.Option("--folder", metavar="NAME", help=say("IMAP 文件夹", "the IMAP folder"))
        ] = None,
        every: Annotated[
            bool,
            typer.Option("--all", help=say("邮箱满了之类的也停掉", "suppress soft bounces, too")),
        ] = False,
        trust: Annotated[
            bool,
            typer.Option(
                "--trust-addresses",
                help=say("没有我们编号的退信也算", "let bounces count that have none of our marks"),
            ),
        ] = False,
        many: Annotated[
            bool,
            typer.Option("--many", help=say("一次停掉名单的二十分之一以上", "let more than 5 % be suppressed at once")),
        ] = False,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=say("只看，不改名单", "tell only, change nothing"))
        ] = False,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        if (source is None) != imap:
            raise WrongUsageError("请写 --from 或 --imap 中的一个。", "Give one of --from and --imap.")
        from newsletter_pdf.mail.bounces.importing import Import

        wanted = Import(every, trust, many, dry_run)
        return run(common.existing_folder(folder), source, imap_folder, wanted, json_output, say)

    app.command(
        "bounces",
        cls=HelpfulCommand,
        short_help=say("读退信和退订，记入不寄的名单", "read bounces and unsubscriptions into the list of suppressed"),
        help=say(
            "读退信（DSN 和各家的写法）、投诉和退订的来信，把地址记入 content/suppressed.csv，以后不再寄；"
            "寄送记录里也注明退信。退信要有我们的编号才算，只写着地址的列出来；信箱里的信原样不动。",
            "Reads bounces (DSN and others), complaints and unsubscriptions and puts the addresses into "
            "content/suppressed.csv, so that they get no more mail; the ledger is marked, too. A bounce counts "
            "by our own marks in it; one that only names an address is told. The mailbox is left as it is.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf bounces content/2026-11 --from 退信.mbox",
            "newsletter-pdf bounces content/2026-11 --imap",
        ),
    )(bounces)


def run(
    folder: Path, source: Path | None, imap_folder: str | None, wanted: "Import", json_output: bool, say: Say
) -> int:
    """Read what came back, write the lists, show what was found, and return the exit code."""
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.findings import mailing_bounces as rules
    from newsletter_pdf.mail.bounces.importing import import_bounces
    from newsletter_pdf.mail.extra import check_extra

    findings = Findings()
    marked = None
    if check_extra(findings):
        marked = import_bounces(folder, source, imap_folder, findings, wanted)
    if marked is not None:
        for address, reason in marked.soft.items():
            findings.add(rules.SOFT_BOUNCE.at(address=address, reason=reason))
        if marked.doubtful:
            quoted = "、".join(f"{address}（{what}）" for address, what in list(marked.doubtful.items())[:_QUOTED])
            names = quoted if len(marked.doubtful) <= _QUOTED else f"{quoted}……"
            findings.add(rules.DOUBTFUL_NOTICE.at(count=len(marked.doubtful), names=names))
        if marked.unreadable:
            findings.add(rules.UNREADABLE_MESSAGES.at(count=marked.unreadable))
        if marked.strangers:
            findings.add(rules.STRANGE_BOUNCE.at(count=marked.strangers))
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        print_json({**_as_json(marked, wanted.dry_run), "findings": findings_json(findings, say.lang.value)})
        return common.exit_code(findings)
    screen = common.screen(say)
    screen.findings(findings)
    if marked is None:
        screen.line(say("名单没有改动。", "The list was not changed."), "bold red")
        return common.STOPPED
    for entry in marked.new:
        screen.fact(entry.reason, entry.address)
    count = len(marked.new)
    text = say(
        f"读了 {marked.messages} 封信，新停寄 {count} 个地址。",
        f"{marked.messages} messages, {count} newly suppressed.",
    )
    screen.line(text + (say("（只看，没有改）", " (told only)") if wanted.dry_run else ""), "bold green")
    return common.exit_code(findings)


def _as_json(marked: "Marked | None", dry_run: bool) -> dict[str, object]:
    if marked is None:
        return {"messages": 0, "suppressed": [], "written": False}
    return {
        "messages": marked.messages,
        "suppressed": [{"address": entry.address, "reason": entry.reason} for entry in marked.new],
        "doubtful": list(marked.doubtful),
        "unreadable": marked.unreadable,
        "kinds": {kind.value: count for kind, count in marked.kinds.items()},
        "written": not dry_run,
    }
