"""The checks of text, titles and facts, gathered for the proof."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from newsletter_pdf.findings import proof_text as rules
from newsletter_pdf.verify.checkaddresses import check_addresses
from newsletter_pdf.verify.checkfacts import check_agreement, check_facts, check_file_name
from newsletter_pdf.verify.checkfigures import check_figures
from newsletter_pdf.verify.checkresidue import check_residue
from newsletter_pdf.verify.checktext import check_text
from newsletter_pdf.verify.checktitles import check_contents_titles, check_running_heads
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.engine import check_engine
from newsletter_pdf.verify.enginepages import SecondReading
from newsletter_pdf.verify.expected import Expected
from newsletter_pdf.verify.lines import box_around

Check = Callable[[Context], None]
_MOST = 25
_SHOWN = 40


def text_checks(engine: SecondReading, expected: Expected | None, name: str | None) -> list[Check]:
    """All of them; the engine's comes last, so that it has as long as it can for its work.

    Without ``expected`` those that the file alone allows; ``name`` is the file's (None: not looked at).
    """
    checks: list[Check] = [check_copies, partial(check_residue, expected=expected)]
    if expected is None:
        checks.append(check_agreement)
    else:
        compared = [check_text, check_contents_titles, check_running_heads, check_facts, check_addresses, check_figures]
        checks += [partial(check, expected=expected) for check in compared]
        if name is not None:
            checks.append(partial(check_file_name, expected=expected, name=name))
    return [*checks, partial(check_engine, engine=engine)]


def check_copies(context: Context) -> None:
    """What is copied is what is printed (``ActualText``, ISO 32000-1, 14.9.4)."""
    for run, shown, copied in context.shown.replaced[:_MOST]:
        content = context.pdf.contents[run.page]
        glyphs = content.glyphs[run.first : run.last] if content else ()
        at = place(run.page, box_around(glyphs))
        context.findings.add(rules.COPY_DIFFERS.at(at, shown=shown[:_SHOWN], copied=copied[:_SHOWN]))
