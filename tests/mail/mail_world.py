"""A small project with an approved issue and a list of readers, made without a layout."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from newsletter_pdf.approval import Approval, add_approval
from newsletter_pdf.findings import Findings
from newsletter_pdf.layouts import load_layout
from newsletter_pdf.mail.sending.prepare import Prepared, prepare
from newsletter_pdf.mail.settings import Rates, Retry
from newsletter_pdf.manifest import Inputs, Manifest, PdfFile
from newsletter_pdf.project import find_home
from newsletter_pdf.provenance import content_inputs, layout_inputs
from newsletter_pdf.reader import read_issue

ISSUE = "2026-11"
SETTINGS = """\
from: {{name: 澄观, address: monthly@chengguan.example}}
unsubscribe: {{mailto: leave@chengguan.example, url: "https://chengguan.example/u?i={{id}}", one_click: yes}}
list_id: monthly.chengguan.example
archive: https://chengguan.example/archive
slug: chengguan
server: {{host: 127.0.0.1, port: {port}, security: none}}
{more}
"""


@dataclasses.dataclass
class World:
    """A project in ``root``; ``folder`` is its one issue, ``out`` where the PDF lies."""

    root: Path
    pdf: bytes
    timeout: float = 20.0  # seconds that the sender waits for the server; a busy machine may take some

    @property
    def folder(self) -> Path:
        return self.root / "content" / ISSUE

    @property
    def out(self) -> Path:
        return self.root / "build" / ISSUE

    @property
    def ledger(self) -> Path:
        return self.folder / "sending.sqlite"

    def settings(self, port: int = 2525, more: str = "") -> None:
        (self.root / "content" / "mail.yaml").write_text(SETTINGS.format(port=port, more=more), encoding="utf-8")

    def readers(self, rows: Iterable[tuple[str, str]]) -> None:
        text = "姓名,邮箱\n" + "".join(f"{name},{address}\n" for name, address in rows)
        (self.root / "content" / "recipients.csv").write_text(text, encoding="utf-8")

    def put_pdf(self, pdf: bytes) -> None:
        """A PDF that passed its proof and was approved."""
        self.pdf = pdf
        self.out.mkdir(parents=True, exist_ok=True)
        (self.out / f"{ISSUE}.pdf").write_bytes(pdf)
        sha256 = hashlib.sha256(pdf).hexdigest()
        report = {
            "sha256": sha256,
            "pages": 80,
            "findings": [],
            "contents": [
                {"level": 1, "title": "境内观察", "printed": "1"},
                {"level": 2, "title": "甲", "printed": "1"},
            ],
        }
        (self.out / "report.json").write_text(json.dumps(report), encoding="utf-8")
        self.put_manifest()

    def put_manifest(self) -> None:
        """The manifest of the PDF, as if it had been made from the content as it is now."""
        issue = read_issue(self.folder, Findings())
        home = find_home(self.folder)
        layout = None if home is None else load_layout("classic", home, {}, Findings())
        assert issue is not None
        layouts = {} if home is None or layout is None else layout_inputs(layout, home)
        manifest = Manifest(
            format=1,
            issue=ISSUE,
            folder=None,
            layout="classic",
            options={},
            pdf=PdfFile(f"{ISSUE}.pdf", hashlib.sha256(self.pdf).hexdigest(), len(self.pdf)),
            inputs=Inputs(content=content_inputs(issue), layouts=layouts, fonts={}, lock=None),
            versions={},
        )
        (self.out / "manifest.json").write_bytes(manifest.dumps())

    def approve(self) -> None:
        sha256 = hashlib.sha256(self.pdf).hexdigest()
        add_approval(self.folder, Approval(sha256=sha256, by="张三", at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC)))

    def prepared(
        self, *, quick: bool = True, connections: int = 4, attempts: int = 8, group: str | None = None
    ) -> Prepared:
        """The mailing; ``quick`` with delays of some hundredths of a second and no limits of speed."""
        findings = Findings()
        prepared = prepare(self.folder, self.out, findings, group=group)
        assert prepared is not None, [f.message_en for f in findings]
        if not quick:
            return prepared
        settings = dataclasses.replace(
            prepared.settings,
            rates=Rates(per_second=100_000, per_domain=6_000_000, connections=connections),
            retry=Retry(attempts=attempts, first_delay=0.02, longest_delay=0.1),
            server=dataclasses.replace(prepared.settings.server, timeout=self.timeout),
        )
        return dataclasses.replace(prepared, settings=settings)


def make_world(root: Path, count: int = 5, port: int = 2525, pdf: bytes | None = None) -> World:
    world = World(root, b"")
    world.folder.mkdir(parents=True)
    (world.folder / "issue.yaml").write_text(
        "title: 澄观月报\ntitle_en: Monthly\nnumber: 11\ndate: 2026-11-20\n", encoding="utf-8"
    )
    (world.folder / "01-甲.md").write_text(
        "---\ntitle: 境内观察\n---\n\n### 文章\n\n正文在此。\n\n来源：本刊\n", encoding="utf-8"
    )
    world.settings(port)
    world.readers(addresses(count))
    world.put_pdf(pdf if pdf is not None else b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n.\n..\n%%EOF\n")
    world.approve()
    return world


def addresses(count: int) -> list[tuple[str, str]]:
    return [(f"读者{number}", f"reader{number}@d{number % 7}.example.org") for number in range(count)]
