"""Whole builds: the sample issue, the reference issue where it lies beside the project, and a killed process."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsletter_pdf.cli import main
from newsletter_pdf.verify.setting import measure

HOME = Path(__file__).resolve().parents[2]
REFERENCE = HOME.parent / "shared" / "reference"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(HOME))


def _report(folder: Path) -> dict[str, object]:
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def _misses(pdf: Path) -> dict[str, int]:
    """The measures of the line setting that are over their limits."""
    setting = measure(pdf)
    assert setting.facts.aligned
    return {row.key.value: row.count for row in setting.rows if not row.passed}


def test_the_sample_issue_builds_without_a_finding_and_twice_the_same(tmp_path: Path) -> None:
    """No errors and no warnings; the same content gives the same bytes; every line is set as it should be."""
    issue = str(HOME / "content" / "2026-11")
    reports = []
    for name in ("a", "b"):
        assert main(["build", issue, "--out", str(tmp_path / name)]) == 0
        reports.append(_report(tmp_path / name))
    assert reports[0]["findings"] == []
    assert reports[0]["pages"] == sum(part["pages"] for part in reports[0]["parts"])
    assert (tmp_path / "a" / "2026-11.pdf").read_bytes() == (tmp_path / "b" / "2026-11.pdf").read_bytes()
    assert _misses(tmp_path / "a" / "2026-11.pdf") == {}


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference issue is not on this machine")
def test_the_reference_issue_comes_out_on_its_printed_pages(tmp_path: Path) -> None:
    """Import finds all there is; the contents print the pages that the real issue printed, where they are known."""
    issue, out = tmp_path / "ref", tmp_path / "out"
    manuscripts = [str(path) for path in sorted((REFERENCE / "manuscript").glob("0[1-6].md"))]
    assert main(["import", *manuscripts, "--issue", str(issue)]) == 0
    assert main(["build", str(issue), "--out", str(out)]) == 0
    contents = _report(out)["contents"]
    assert [sum(entry["level"] == level for entry in contents) for level in (1, 2, 3)] == [6, 7, 64]
    printed = {_bare(entry["number"] + entry["title"]): entry["printed"] for entry in contents}
    with (REFERENCE / "contents.tsv").open(encoding="utf-8") as stream:
        wanted = {_bare(row[1]): row[2] for row in list(csv.reader(stream, delimiter="\t"))[1:] if row[2].isdigit()}
    known = [title for title, page in wanted.items() if int(page) <= 18]
    assert len(known) == 22
    assert {title: printed[title] for title in known} == {title: wanted[title] for title in known}
    assert _misses(out / "ref.pdf") == {}


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("delay", [0.4, 1.2, 2.0, 2.8])
def test_a_killed_build_leaves_the_old_pdf_whole(delay: float, tmp_path: Path) -> None:
    """Whenever the process is killed, the old PDF or a complete new one is there."""
    old = tmp_path / "2026-11.pdf"
    old.write_bytes(b"the old PDF")
    command = [sys.executable, "-m", "newsletter_pdf", "build", str(HOME / "content" / "2026-11")]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path)], env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ends = time.monotonic() + delay
    while process.poll() is None and time.monotonic() < ends:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    data = old.read_bytes()
    assert data == b"the old PDF" or (data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"))
