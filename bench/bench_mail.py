"""Packages for 10,000 readers, dry: how many a second on one core, and how much memory.

``python bench/bench_mail.py [READERS] [PDF]``; without a PDF one of 2 MB of random bytes is taken. What a run of
``newsletter-pdf send`` without ``--live`` does is measured: the list is read, every message is made and thrown away.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.mail.message import Delivery, Packer, PlainLetter, SharedCopy, Signer
from newsletter_pdf.mail.recipients import read_recipients
from newsletter_pdf.mail.secrets import Secret
from newsletter_pdf.mail.settings import Mailbox, MailSettings, Unsubscribe
from newsletter_pdf.model import IssueFacts


def peak() -> float:
    """The most memory that the process had, in MB."""
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def main() -> None:
    """Measure, and print one line a step."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    pdf = Path(sys.argv[2]).read_bytes() if len(sys.argv) > 2 else os.urandom(2_000_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recipients.csv"
        rows = "".join(f"读者{n},reader{n}@d{n % 50}.example.org,会员\n" for n in range(count))
        path.write_text(f"姓名,邮箱,分组\n{rows}", encoding="utf-8")
        started = time.perf_counter()
        people = read_recipients(path, Findings())
    assert people is not None  # noqa: S101 - the list was written a moment ago
    print(f"list of {len(people.people)} read in {time.perf_counter() - started:.2f} s, {peak():.0f} MB")
    for name, signer, readers in (
        ("unsigned", None, people.people),
        ("signed (DKIM, RSA 2048)", _signer(), people.people),
    ):
        packer = _packer(pdf, signer)
        octets, marks = 0, []
        started = time.process_time()
        for number, reader in enumerate(readers, start=1):
            octets += packer.package(reader).size
            if number in {len(readers) // 10, len(readers)}:
                marks.append(f"{peak():.0f}")
        seconds = time.process_time() - started
        rate = len(readers) / seconds
        print(f"{name}: {len(readers)} messages, {octets / 1e9:.1f} GB, {rate:.0f} a second, {' → '.join(marks)} MB")


def _packer(pdf: bytes, signer: Signer | None) -> Packer:
    facts = IssueFacts(title="澄观月报", date=dt.date(2026, 11, 20), number=11, place=Place())
    settings = MailSettings(
        Mailbox("monthly@chengguan.example", "澄观编辑部"),
        "monthly.chengguan.example",
        unsubscribe=Unsubscribe("leave@chengguan.example", "https://chengguan.example/u?i={id}", one_click=True),
    )
    contents = [(f"第{n}栏：一段不短的栏目名称", str(n * 7)) for n in range(1, 9)]
    name = "newsletter-2026-11.pdf"
    fields = {"title": facts.title, "year": 2026, "number": 11}
    letter, delivery = PlainLetter(facts, contents, "编辑部"), Delivery(name, len(pdf), attached=True)
    return Packer(settings, "2026-11", fields, letter, SharedCopy(pdf, name), delivery, signer=signer)


def _signer() -> Signer:
    made = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, text=True, check=True)  # noqa: S607 - found on PATH
    return Signer("chengguan.example", "s1", Secret(made.stdout))


if __name__ == "__main__":
    main()
