"""Publishing replaces the PDF only by a good one."""

import os
import time
from pathlib import Path

import pytest

from newsletter_pdf.publish import Candidate


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "2026-11.pdf"
    path.parent.mkdir()
    path.write_bytes(b"old")
    return path


def test_the_old_pdf_stays_while_a_candidate_is_proved(target: Path) -> None:
    """Until it is accepted, a candidate lies beside the old file."""
    candidate = Candidate(target, b"new")
    assert target.read_bytes() == b"old"
    assert candidate.path.parent == target.parent
    assert candidate.path.read_bytes() == b"new"


def test_an_accepted_candidate_replaces_the_old_pdf_and_clears_the_rejected_one(target: Path) -> None:
    """After a good build nothing reminds of the bad one before."""
    Candidate(target, b"bad").reject()
    accepted = Candidate(target, b"new").accept()
    assert accepted == target
    assert [p.name for p in target.parent.iterdir()] == [target.name]
    assert target.read_bytes() == b"new"


def test_a_rejected_candidate_is_kept_beside_the_old_pdf(target: Path) -> None:
    """The editor can look at what failed; the PDF to be mailed is the old one."""
    rejected = Candidate(target, b"bad").reject()
    assert rejected.name == "2026-11.rejected.pdf"
    assert rejected.read_bytes() == b"bad"
    assert target.read_bytes() == b"old"


def test_discarding_leaves_nothing_behind(target: Path) -> None:
    """An interrupted proof leaves no half-named file."""
    Candidate(target, b"x").discard()
    assert [p.name for p in target.parent.iterdir()] == [target.name]


def test_leftovers_of_a_killed_build_are_swept_when_they_are_old(target: Path) -> None:
    """A candidate of an hour ago is nobody's; one of a minute ago may be another build's."""
    old = target.with_name(".2026-11-1.candidate.pdf")
    young = target.with_name(".2026-11-2.candidate.pdf")
    for path, age in ((old, 7200), (young, 60)):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - age,) * 2)
    Candidate(target, b"new").accept()
    assert not old.exists()
    assert young.exists()
