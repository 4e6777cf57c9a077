"""The periodical's own key: made once, for its owner alone, and all marks come from it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from mail_world import make_world

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.message.package import message_id
from newsletter_pdf.mail.projectkey import project_key
from newsletter_pdf.mail.recipients.model import reader_id

LIST = "monthly.chengguan.example"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def test_it_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    """The first preparation makes it beside the list of readers; it stays; who only reads makes none."""
    world = make_world(tmp_path, 1)
    path = tmp_path / "content" / "mailing.key"
    assert project_key(world.folder, Findings(), create=False) is None
    assert not path.exists()
    first = world.prepared().packer.package(world.prepared().readers[0])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert world.prepared().packer.package(world.prepared().readers[0]).message_id == first.message_id
    assert sorted(file.name for file in path.parent.glob(".*")) == []
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text()
    founded = (Path(__file__).parents[2] / "src/newsletter_pdf/newissue/periodical/gitignore").read_text()
    for name in ("content/mailing.key", "content/recipients.*", "content/suppressed.csv", "content/*/sending.sqlite*"):
        assert name in ignored
        assert name in founded


def test_nobody_works_out_a_mark_from_what_is_known(tmp_path: Path) -> None:
    """Neither the Message-ID nor the number, from the list's name and the address."""
    world = make_world(tmp_path, 1)
    prepared = world.prepared()
    reader = prepared.readers[0]
    package = prepared.packer.package(reader)
    assert package.message_id != message_id(LIST, world.folder.name, reader.key, "chengguan.example")
    assert prepared.packer.reader_id(reader) != reader_id(LIST, reader.key)
    assert prepared.packer.reader_id(reader) not in package.message_id


def test_one_that_is_given_stands_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And then no file is made."""
    monkeypatch.setenv("NEWSLETTER_PDF_UNSUBSCRIBE_KEY", "given")
    world = make_world(tmp_path, 1)
    world.prepared()
    assert not (tmp_path / "content" / "mailing.key").exists()
    assert project_key(world.folder, Findings(), create=False).reveal() == "given"


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64])
def test_a_damaged_one_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    """Another key would make the ways out in letters that were sent unknown."""
    world = make_world(tmp_path, 1)
    path = tmp_path / "content" / "mailing.key"
    path.write_bytes(content)
    findings = Findings()
    assert project_key(world.folder, findings, create=True) is None
    assert [finding.code for finding in findings] == ["N849"]
    assert path.read_bytes() == content
