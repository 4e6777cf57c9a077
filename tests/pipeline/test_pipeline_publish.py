"""Publishing replaces the PDF only by a good one."""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest

from newsletter_pdf import publish
from newsletter_pdf.files import BusyError
from newsletter_pdf.publish import Candidate, alone, undisturbed


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


def test_leftovers_of_a_killed_build_are_swept_by_the_next(target: Path) -> None:
    """Who holds the folder knows that nobody else writes there; files of others stay."""
    half = ("..2026-11-1.candidate.pdf.ab_1.tmp", ".report.json.k2x.tmp", ".2026-11.pdf.q.tmp")
    left = (".2026-11-1.candidate.pdf", *half)
    others = (".notes.tmp", ".2026-11.pdf", "report.json.old.tmp")
    for name in (*left, *others):
        target.with_name(name).write_bytes(b"x")
    with alone(target.parent):
        Candidate(target, b"new").accept()
    assert sorted(p.name for p in target.parent.iterdir()) == sorted((*others, target.name))


def test_where_locks_are_unknown_only_old_leftovers_are_swept(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A candidate of an hour ago is nobody's; one of a minute ago may be another build's."""
    monkeypatch.setattr(publish, "locked", lambda *_arguments: contextlib.nullcontext(False))
    old = target.with_name(".2026-11-1.candidate.pdf")
    young = target.with_name(".2026-11-2.candidate.pdf")
    for path, age in ((old, 7200), (young, 60)):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - age,) * 2)
    with alone(target.parent):
        pass
    assert not old.exists()
    assert young.exists()


def test_a_folder_belongs_to_one_build_at_a_time(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is told that it waits, and gives up in the end."""
    monkeypatch.setattr(publish, "PATIENCE", 0.0)
    told: list[bool] = []
    with alone(target.parent):
        with pytest.raises(BusyError), alone(target.parent):
            pytest.fail("two builds in one folder")
        monkeypatch.setattr(publish, "PATIENCE", 0.2)
        with pytest.raises(BusyError), alone(target.parent, lambda: told.append(True)):
            pytest.fail("two builds in one folder")
    assert told == [True]
    with alone(target.parent):
        pass


@pytest.mark.parametrize("name", ["manifest.json", "report.json", "2026-11.pdf"])
def test_a_folder_in_the_way_is_found_before_anything_is_replaced(name: str, target: Path) -> None:
    """When one of the files cannot go to its place, none does."""
    if name == target.name:
        target.unlink()
    target.with_name(name).mkdir()
    candidate = Candidate(target, b"new")
    for beside in ("report.json", "manifest.json"):
        candidate.add(beside, b"new")
    with pytest.raises(IsADirectoryError):
        candidate.accept()
    candidate.discard()
    assert sorted(p.name for p in target.parent.iterdir()) == sorted({name, target.name})
    assert target.is_dir() or target.read_bytes() == b"old"


def test_a_rejected_pdf_that_cannot_be_removed_does_not_undo_the_new_one(target: Path) -> None:
    """The new PDF is there, and is said to be."""
    (target.parent / "2026-11.rejected.pdf").mkdir()
    assert Candidate(target, b"new").accept().read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interruption_waits_for_the_renaming() -> None:
    """What is begun is finished; the interruption comes right after."""
    done: list[bool] = []

    def work() -> None:
        with undisturbed():
            signal.raise_signal(signal.SIGINT)
            done.append(True)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == [True]
