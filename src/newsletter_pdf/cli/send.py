"""``newsletter-pdf send``."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsletter_pdf.calling import called
from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from newsletter_pdf.console import Screen
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.mail.addresses import Address
    from newsletter_pdf.mail.sending.plan import Options
    from newsletter_pdf.mail.sending.prepare import Prepared
    from newsletter_pdf.mail.sending.send import Sent


_YES = frozenset(("yes", "是", "寄"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of one call."""

    folder: Path
    out: Path | None
    live: bool
    yes: bool
    to: str | None
    group: str | None
    limit: int | None
    retry_uncertain: bool
    retry_failed: bool
    new_pdf: bool
    wait: bool
    json: bool

    @property
    def options(self) -> "Options":
        """What of it is for the sender."""
        from newsletter_pdf.mail.sending.plan import Options

        return Options(self.group, self.limit, self.retry_uncertain, self.retry_failed, self.new_pdf, self.wait)


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def send(
        folder: Annotated[Path, common.issue_argument(say)],
        live: Annotated[bool, typer.Option("--live", help=say("真的寄", "really send"))] = False,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=say("只试做，不寄（默认）", "make the messages, send none (default)"))
        ] = False,
        yes: Annotated[bool, typer.Option("--yes", help=say("不再问，直接寄", "do not ask before sending"))] = False,
        to: Annotated[
            str | None,
            typer.Option("--to", metavar="ADDRESS", help=say("只寄一封试发到这个地址", "send one test copy there")),
        ] = None,
        group: Annotated[
            str | None, typer.Option("--group", metavar="NAME", help=say("只寄这一组", "send to this group only"))
        ] = None,
        limit: Annotated[
            int | None,
            typer.Option("--limit", metavar="N", min=1, help=say("这一次最多寄几封", "send at most so many now")),
        ] = None,
        retry_uncertain: Annotated[
            bool,
            typer.Option(
                "--retry-uncertain",
                help=say("不确定的也再寄一次（可能收到两封）", "send to the uncertain again; they may get two"),
            ),
        ] = False,
        retry_failed: Annotated[
            bool,
            typer.Option(
                "--retry-failed",
                help=say("服务器拒收的再寄一次（退信的除外）", "send to those refused again, not to bounced ones"),
            ),
        ] = False,
        new_pdf: Annotated[
            bool,
            typer.Option("--new-pdf", help=say("已寄出一部分，其余改寄新的 PDF", "the rest shall get the new PDF")),
        ] = False,
        no_wait: Annotated[
            bool,
            typer.Option("--no-wait", help=say("不等稍后再试的，先结束", "end instead of waiting for later tries")),
        ] = False,
        status: Annotated[bool, typer.Option("--status", help=say("寄到哪里了", "how far it is"))] = False,
        report: Annotated[
            bool,
            typer.Option("--report", help=say("写出寄送报告（HTML、CSV）", "write the report (HTML, CSV)")),
        ] = False,
        export: Annotated[
            Path | None,
            typer.Option("--export", metavar="FILE", help=say("寄送记录写成 CSV", "write the ledger as CSV")),
        ] = None,
        out: Annotated[Path | None, common.where_option(say)] = None,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        if live and dry_run:
            raise WrongUsageError("--live 和 --dry-run 只能写一个。", "--live and --dry-run exclude each other.")
        existing = common.existing_folder(folder)
        if status or report or export is not None:
            from newsletter_pdf.cli import sendstatus

            return sendstatus.run(existing, out, report, export, json_output, say)
        again = (retry_uncertain, retry_failed, new_pdf)
        return run(Asked(existing, out, live, yes, to, group, limit, *again, not no_wait, json_output), say)

    app.command(
        "send",
        cls=HelpfulCommand,
        short_help=say("寄给读者；默认只试做，不寄", "send to the readers; a rehearsal unless --live"),
        help=say(
            "把签发过的 PDF 寄给名单上的读者，每人一封，不重不漏。不写 --live 只试做一遍、报告数字，什么也不寄。"
            "寄送记录在这一期的文件夹里（sending.sqlite），断了再运行同一条命令，从停下的地方接着寄。",
            "Sends the approved PDF to the readers on the list, once each. Without --live it makes all messages, tells "
            "the figures and sends nothing. The ledger (sending.sqlite) lies in the issue folder: run the same command "
            "again after an interruption, and it goes on where it stopped.",
        ),
        epilog=common.example(
            say,
            "newsletter-pdf send content/2026-11",
            "newsletter-pdf send content/2026-11 --to me@example.org",
            "newsletter-pdf send content/2026-11 --live",
            "newsletter-pdf send content/2026-11 --status",
        ),
    )(send)


def run(asked: Asked, say: Say) -> int:
    """Rehearse or send, show the outcome, and return the exit code."""
    from newsletter_pdf import pipeline
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.mail.extra import check_extra
    from newsletter_pdf.mail.letters import layout_letter
    from newsletter_pdf.mail.sending.copies import end_copies, reader_copies
    from newsletter_pdf.mail.sending.prepare import prepare

    if asked.live and not asked.yes and (asked.json or not sys.stdin.isatty()):
        raise WrongUsageError(
            "这里没有人可以回答“寄不寄”，要直接寄请加 --yes。",
            "There is nobody to ask here; add --yes to send at once.",
        )
    findings = Findings()
    target = asked.out.resolve() if asked.out is not None else pipeline.output_folder(asked.folder)
    prepared = None
    if check_extra(findings):
        to = None if asked.to is None else _address(asked.to)
        group = asked.group
        prepared = prepare(
            asked.folder, target, findings, group=group, to=to, letter=layout_letter, copies=reader_copies
        )
    try:
        return _go(asked, prepared, findings, say)
    finally:
        if prepared is not None:
            end_copies(prepared.packer.copies)


def _go(asked: Asked, prepared: "Prepared | None", findings: "Findings", say: Say) -> int:
    from newsletter_pdf.findings import Place
    from newsletter_pdf.findings.mailing_sending import NOT_APPROVED
    from newsletter_pdf.mail.sending.origin import check_origin

    if prepared is not None:
        check_origin(prepared, findings, stop=asked.to is None)
    if prepared is not None and prepared.approval is None and asked.to is None:
        fields = {"file": prepared.pdf.path.name, "folder": str(Place(asked.folder))}
        findings.add(NOT_APPROVED.at(Place(prepared.pdf.path), **fields))
    screen = None if asked.json else common.screen(say)
    if prepared is None or not findings.good:
        return _finish(findings, {"sent": False}, screen, say, say("没有寄。", "Nothing was sent."))
    if asked.to is not None:
        return _test_copy(prepared, findings, screen, say)
    return _live(asked, prepared, findings, screen, say) if asked.live else _dry(asked, prepared, findings, screen, say)


def _dry(asked: Asked, prepared: "Prepared", findings: "Findings", screen: "Screen | None", say: Say) -> int:
    from newsletter_pdf.cli.sendprogress import SendProgress
    from newsletter_pdf.cli.sendshow import show_mailing, show_plan
    from newsletter_pdf.findings.mailing_lists import LIST_ROW
    from newsletter_pdf.mail.sending.look import summary_of
    from newsletter_pdf.mail.sending.plan import plan, rehearse

    planned = plan(prepared, asked.folder, asked.options, findings)
    if planned is None:
        return _finish(findings, {"sent": False}, screen, say, say("没有寄。", "Nothing was sent."))
    with SendProgress(say) as progress:
        octets, refused = rehearse(prepared, progress.count)
    for reader, reason in refused:
        findings.add(LIST_ROW.at(reader.place, reason_zh=f"做不成邮件：{reason}", reason=reason))
    if screen is not None:
        show_mailing(prepared, screen)
        show_plan(planned, prepared, screen)
    data = {
        "sent": False,
        "mail": summary_of(prepared),
        "open": planned.open,
        "counts": {state.value: count for state, count in planned.counts.items()},
        "octets": octets,
        "seconds": round(planned.seconds, 1),
    }
    text = say(
        f"试做了 {len(prepared.readers) - len(refused)} 封，什么也没有寄。真的要寄，加 --live。",
        f"{len(prepared.readers) - len(refused)} messages were made and none was sent. Add --live to send.",
    )
    return _finish(findings, data, screen, say, called(text))


def _live(asked: Asked, prepared: "Prepared", findings: "Findings", screen: "Screen | None", say: Say) -> int:
    from newsletter_pdf.cli.sendprogress import SendProgress
    from newsletter_pdf.cli.sendshow import show_counts, show_findings, show_mailing, show_plan
    from newsletter_pdf.mail.sending.plan import plan
    from newsletter_pdf.mail.sending.send import send

    planned = plan(prepared, asked.folder, asked.options, findings)
    if planned is None:
        return _finish(findings, {"sent": False}, screen, say, say("没有寄。", "Nothing was sent."))
    if screen is not None:
        show_findings(findings, screen)
        show_mailing(prepared, screen)
        show_plan(planned, prepared, screen)
        answer = "yes" if asked.yes else _answer(planned.open, say)
        if answer.strip().lower() not in _YES:
            screen.line(
                say(
                    f"没有寄：要输入「yes」三个字母，输入的是「{answer[:20]}」。",
                    f"Nothing was sent: that takes the word “yes”, and “{answer[:20]}” was typed.",
                ),
                "bold",
            )
            return common.GOOD
    before = len(findings)
    with SendProgress(say) as progress:
        sent = send(prepared, asked.folder, asked.options, findings, progress)
    if screen is not None:
        show_findings(list(findings)[before:], screen)
        if sent.counts:
            show_counts(sent.counts, screen)
        for line in sent.result.unrecorded:
            screen.line(say(f"没有记下：{line}", f"Not recorded: {line}"), "bold red")
    code = _finish(findings, _outcome(sent), screen, say, _last_words(sent, findings, say), shown=True)
    return common.INTERRUPTED if sent.result.interrupted and code == common.GOOD else code


def _outcome(sent: "Sent") -> dict[str, Any]:
    return {
        "sent": True,
        "done": {outcome.value: count for outcome, count in sent.result.done.items()},
        "counts": {state.value: count for state, count in sent.counts.items()},
        "unrecorded": sent.result.unrecorded,
        "interrupted": sent.result.interrupted,
        "seconds": round(sent.result.seconds, 1),
        "ledger": None if sent.ledger is None else str(sent.ledger),
    }


def _last_words(sent: "Sent", findings: "Findings", say: Say) -> str:
    if sent.result.interrupted:
        return say(
            "已停下。再运行同一条命令，从这里接着寄；已经寄出的不会重寄。",
            "Stopped. Run the same command again to go on from here; nobody is sent to twice.",
        )
    count = sum(number for outcome, number in sent.result.done.items() if outcome.value == "sent")
    if not findings.good and not sum(sent.result.done.values()):
        return say("没有寄。", "Nothing was sent.")
    return say(f"这一次寄出 {count} 封。", f"{count} messages were sent now.")


def _answer(count: int, say: Say) -> str:
    print(
        say(f"寄给 {count} 位读者？寄请输入 yes：", f"Send to {count} readers? Type yes to send: "), end="", flush=True
    )
    try:
        return input()
    except EOFError:
        return ""


def _address(text: str) -> "Address":
    from newsletter_pdf.mail.addresses import AddressError, parse_address

    try:
        return parse_address(text)
    except AddressError as error:
        raise WrongUsageError(
            f"--to 的地址不能用：{text}（{error.zh}）", f"--to: {text} is no address ({error})"
        ) from None


def _test_copy(prepared: "Prepared", findings: "Findings", screen: "Screen | None", say: Say) -> int:
    from newsletter_pdf.mail.sending.testcopy import send_test

    address = prepared.readers[0].address
    good = send_test(prepared, findings)
    text = say(f"试发寄到了 {address}。", f"The test copy went to {address}.")
    if not good:
        text = say("试发没有寄成。", "The test copy was not sent.")
    return _finish(findings, {"sent": good, "to": address}, screen, say, text)


def _finish(
    findings: "Findings", data: dict[str, Any], screen: "Screen | None", say: Say, text: str, *, shown: bool = False
) -> int:
    """Show what is left to show, as JSON or on the screen; the exit code."""
    if screen is None:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        print_json({**data, "findings": findings_json(findings, say.lang.value)})
    else:
        from newsletter_pdf.cli.sendshow import show_findings, with_reason

        if not shown:
            show_findings(findings, screen)
        screen.line(with_reason(text, findings, screen), "bold green" if findings.good else "bold red")
    return common.exit_code(findings)
