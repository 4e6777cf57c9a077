"""Personal copies and letters: how long one takes on one core.

``python bench/bench_copies.py [PDF] [COUNT]``; the PDF is build/2026-11/2026-11.pdf by default. Copies are stamped,
stamped and encoded as a part of a message, and locked with a password; letters are those of the layout.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.letters import layout_letter
from newsletter_pdf.mail.message import Delivery, Packer, PersonalCopies, SharedCopy
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.sending.proved import ContentsRow, Proved
from newsletter_pdf.mail.settings import Mailbox, MailSettings, Unsubscribe
from newsletter_pdf.personal import Mark, Stamper, read_face
from newsletter_pdf.personal.lock import lock
from newsletter_pdf.reader import read_issue

ROOT = Path(__file__).parents[1]


def measure(name: str, work: Callable[[int], object], count: int) -> None:
    """Print the middle and the longest time of ``count`` calls, in milliseconds."""
    times = []
    for number in range(count):
        started = time.perf_counter()
        work(number)
        times.append((time.perf_counter() - started) * 1000)
    print(f"{name}: median {statistics.median(times):.2f} ms, longest {max(times):.2f} ms ({count})")


def main() -> None:
    """Measure, and print one line a step."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "2026-11" / "2026-11.pdf"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    data = path.read_bytes()
    started = time.perf_counter()
    stamper = Stamper(data, read_face(ROOT / "fonts" / "NLSans-Regular.ttf", "NL-Sans"))
    print(f"{path.name}, {len(data) / 1e6:.2f} MB, read once in {(time.perf_counter() - started) * 1000:.0f} ms")
    marks = [Mark(f"读者{chr(0x4E00 + n % 20000)} · {n:010X}", f"{n:010X}") for n in range(count)]
    measure("stamped", lambda n: stamper.copy(marks[n]), count)
    people = [Recipient(f"r{n}@example.org", f"r{n}@example.org", f"读者{n}") for n in range(count)]
    copies = PersonalCopies(stamper, "newsletter-2026-11.pdf", lambda reader: marks[int(reader.name[2:])], people)
    measure("stamped and encoded", lambda n: copies.part(people[n]), count)
    measure("stamped and locked (AES-256)", lambda n: lock(stamper.copy(marks[n]), "password"), min(count, 20))
    issue = read_issue(ROOT / "content" / "2026-11", Findings())
    assert issue is not None  # noqa: S101 - the project's own issue
    settings = MailSettings(
        Mailbox("a@example.org"), "list.example.org", unsubscribe=Unsubscribe(url="https://example.org/?i={id}")
    )
    contents = tuple(
        ContentsRow(3, f"{n}.", article.title, str(n))
        for section in issue.sections
        for group in section.groups
        for n, article in enumerate(group.articles, start=1)
    )
    letter = layout_letter(issue, Proved(path, data, "", 80, contents), settings, Findings())
    assert letter is not None  # noqa: S101 - the project's own layout
    delivery = Delivery("newsletter-2026-11.pdf", len(data), attached=True)
    fields = {"title": "澄观", "year": 2026, "number": 11}
    for name, maker in (("shared", SharedCopy(data, "newsletter-2026-11.pdf")), ("personal", copies)):
        packer = Packer(settings, "2026-11", fields, letter, maker, delivery)
        started = time.process_time()
        for reader in people:
            _ = packer.package(reader).size
        print(
            f"messages with the layout's letter, {name} copies: {count / (time.process_time() - started):.0f} a second"
        )


if __name__ == "__main__":
    main()
