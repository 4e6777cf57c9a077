"""A second process does the same work, and nothing depends on its being there."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsletter_pdf import pipeline
from newsletter_pdf.findings import Findings
from newsletter_pdf.partner import Partner, PartnerGoneError
from newsletter_pdf.partner import process as partners
from newsletter_pdf.partner.process import pays

ROOT = Path(__file__).parents[2]
FACES = ROOT / "fonts"


class Silent:
    def stage(self, name: str, done: int, total: int) -> None:
        """Progress that nobody sees."""


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[Partner]:
    """A partner that may read ``tmp_path``."""
    made = Partner(FACES)
    made.open([tmp_path], "pdf/ua-1")
    yield made
    made.close()


def test_what_it_draws_is_what_is_drawn_here(partner: Partner, renderer: Any, part: Any, findings: Findings) -> None:
    """Pages, anchors, fonts and resources come back equal, in whatever order they are asked for."""
    parts = [part(name, f"<h1 id={name}>章</h1><p>{'文字' * 60}") for name in ("a", "b")]
    for made in parts:
        partner.lay_out(made)
        partner.draw(made.name, 3)
    for made in reversed(parts):
        drawn = partner.drawn(made.name, findings)
        laid_out = partner.laid_out(made.name, findings)
        here = renderer.lay_out(made, findings)
        assert (laid_out.pages, laid_out.anchors, laid_out.needs_first) == (here.pages, here.anchors, here.needs_first)
        own = renderer.draw(here, 3, findings)
        assert drawn.sheets == own.sheets
        assert drawn.fonts == own.fonts
        assert drawn.resources == own.resources
    assert len(findings) == 0


def test_what_the_engine_has_to_say_comes_back(partner: Partner, part: Any, findings: Findings) -> None:
    """Findings of the other process are findings of this one."""
    made = part("a", "<p>甲", "p { no-such-property: 1 }")
    partner.lay_out(made)
    partner.laid_out("a", findings)
    assert [finding.code for finding in findings] == ["N403"]


def test_a_partner_that_is_killed_is_gone_for_whoever_asks(partner: Partner, part: Any, findings: Findings) -> None:
    """The one who asks is told, each time, and waits for nothing."""
    os.kill(partner._process.pid, signal.SIGKILL)
    partner.lay_out(part("a", "<p>甲"))
    for _ in range(2):
        with pytest.raises(PartnerGoneError):
            partner.laid_out("a", findings)


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    """The sample issue, alone with a font folder and layouts."""
    home = tmp_path / "home"
    for name in ("fonts", "layouts"):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "content", home / "content")
    return home / "content" / "2026-11"


def _bytes(issue: Path, out: Path) -> bytes:
    result = pipeline.build(issue, out=out, progress=Silent())
    assert result.pdf is not None, list(result.findings)
    return result.pdf.read_bytes()


Build = Callable[[], bytes]


def test_with_and_without_a_partner_the_file_is_the_same(
    issue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes, one, and one whose partner dies amid the work: byte for byte the same PDF."""
    monkeypatch.setattr(partners, "pays", lambda _size: True)
    both = _bytes(issue, tmp_path / "both")
    shares = {part["name"] for part in json.loads((tmp_path / "both" / "report.json").read_text())["parts"]}
    assert len(shares) > 6

    stock = Partner.laid_out

    def dies(self: Partner, name: str, findings: Findings) -> Any:
        found = stock(self, name, findings)
        self._process.kill()
        return found

    monkeypatch.setattr(Partner, "laid_out", dies)
    assert _bytes(issue, tmp_path / "dies") == both
    monkeypatch.setattr(partners, "pays", lambda _size: False)
    assert _bytes(issue, tmp_path / "alone") == both


def test_short_issues_and_single_processors_are_left_to_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a second process costs more than it brings for a few pages; the variable forbids it for any."""
    monkeypatch.delenv("NEWSLETTER_PDF_PROCESSES", raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1}, raising=False)
    assert pays(500_000)
    assert not pays(5_000)
    monkeypatch.setenv("NEWSLETTER_PDF_PROCESSES", "1")
    assert not pays(500_000)
    monkeypatch.delenv("NEWSLETTER_PDF_PROCESSES")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0}, raising=False)
    assert not pays(500_000)
