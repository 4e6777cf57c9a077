"""``newsletter-pdf mail``."""

from pathlib import Path
from typing import Annotated

import typer

from newsletter_pdf.cli import common
from newsletter_pdf.cli.help import HelpfulCommand
from newsletter_pdf.cli.language import Lang, Say


def register(app: typer.Typer, say: Say) -> None:
    """Add the command to ``app``."""

    def mail(
        folder: Annotated[Path, common.issue_argument(say)],
        group: Annotated[
            str | None,
            typer.Option("--group", metavar="NAME", help=say("只看这一组读者", "readers of this group only")),
        ] = None,
        every: Annotated[
            bool,
            typer.Option(
                "--all", help=say("每位读者写一个 .eml，占地方", "write an .eml for every reader; takes room")
            ),
        ] = False,
        whose: Annotated[
            Path | None,
            typer.Option(
                "--whose",
                metavar="PDF",
                help=say(
                    "这一份 PDF 是寄给谁的（每位读者一份时）", "whose copy this PDF is (where readers have their own)"
                ),
            ),
        ] = None,
        out: Annotated[Path | None, common.where_option(say)] = None,
        json_output: Annotated[bool, common.json_option(say)] = False,
        _lang: Annotated[Lang | None, common.lang_option(say)] = None,
    ) -> int:
        existing = common.existing_folder(folder)
        if whose is not None:
            return tell_owner(existing, whose, json_output, say)
        return run(existing, group, every, out, json_output, say)

    app.command(
        "mail",
        cls=HelpfulCommand,
        short_help=say("做出邮件来看，不寄", "make the mail to look at; sends nothing"),
        help=say(
            "做出要寄的邮件，写进 build/<期>/mail/：mail.html 在浏览器里看，mail.eml 用邮件程序打开。"
            "检查名单、设置和大小；什么也不寄。",
            "Makes the mail into build/<issue>/mail/: mail.html for the browser, mail.eml for a mail program. "
            "Checks list, settings and size; sends nothing.",
        ),
        epilog=common.example(
            say, "newsletter-pdf mail content/2026-11", "newsletter-pdf mail content/2026-11 --group 会员"
        ),
    )(mail)


def tell_owner(folder: Path, pdf: Path, json_output: bool, say: Say) -> int:
    """Tell whose copy ``pdf`` is, and return the exit code."""
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.mail.extra import check_extra
    from newsletter_pdf.mail.sending.whose import find_owners

    findings = Findings()
    owners = find_owners(folder, pdf, findings) if check_extra(findings) else []
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        found = [
            {
                "number": owner.number,
                "name": None if owner.reader is None else owner.reader.name,
                "address": None if owner.reader is None else owner.reader.address,
            }
            for owner in owners
        ]
        print_json({"owners": found, "findings": findings_json(findings, say.lang.value)})
    else:
        screen = common.screen(say)
        screen.findings(findings)
        for owner in owners:
            nobody = say("不在名单上", "nobody on the list")
            who = nobody if owner.reader is None else f"{owner.reader.name} <{owner.reader.address}>".strip()
            screen.fact(say("编号", "Number"), owner.number)
            screen.fact(say("这个编号的一份寄给", "The copy with this number went to"), who)
        if len(owners) > 1:
            screen.line(
                say("编号不止一个，不能断定是哪一位的。", "There are several: whose it was they do not tell."), "bold"
            )
    return common.exit_code(findings)


def run(folder: Path, group: str | None, every: bool, out: Path | None, json_output: bool, say: Say) -> int:
    """Make the mail of the issue in ``folder``, show what it is, and return the exit code."""
    from newsletter_pdf import pipeline
    from newsletter_pdf.findings import Findings, Place
    from newsletter_pdf.findings.mailing_sending import NOT_WRITTEN
    from newsletter_pdf.mail.extra import check_extra
    from newsletter_pdf.mail.letters import layout_letter
    from newsletter_pdf.mail.sending.copies import end_copies, reader_copies
    from newsletter_pdf.mail.sending.look import FOLDER, summary_of, write_look
    from newsletter_pdf.mail.sending.origin import check_origin
    from newsletter_pdf.mail.sending.prepare import prepare

    findings = Findings()
    target = out.resolve() if out is not None else pipeline.output_folder(folder)
    prepared = None
    if check_extra(findings):
        prepared = prepare(folder, target, findings, group=group, letter=layout_letter, copies=reader_copies)
    paths: list[Path] = []
    if prepared is not None:
        check_origin(prepared, findings, stop=False)
        try:
            if findings.good:
                paths = write_look(prepared, target / FOLDER, every=every)
        except OSError as error:
            fields = {"file": str(Place(target / FOLDER)), "reason": error.strerror or str(error)}
            findings.add(NOT_WRITTEN.at(Place(target / FOLDER), **fields))
        finally:
            end_copies(prepared.packer.copies)
    if json_output:
        from newsletter_pdf.console import print_json
        from newsletter_pdf.report import findings_json

        print_json(
            {
                "mail": None if prepared is None else summary_of(prepared),
                "files": [str(Place(path)) for path in paths],
                "findings": findings_json(findings, say.lang.value),
            }
        )
        return common.exit_code(findings)
    screen = common.screen(say)
    from newsletter_pdf.cli.sendshow import show_findings, show_mailing, with_reason

    show_findings(findings, screen)
    if prepared is None or not paths:
        screen.line(with_reason(say("邮件没有做成。", "The mail was not made."), findings, screen), "bold red")
        return common.STOPPED

    show_mailing(prepared, screen)
    screen.fact(say("请在浏览器里看", "Look at it in a browser"), paths[0])
    screen.fact(say("请用邮件程序看", "and in a mail program"), next(p for p in paths if p.suffix == ".eml"))
    return common.exit_code(findings)
