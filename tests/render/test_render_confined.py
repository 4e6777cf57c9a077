"""Rendering reads nothing from outside the project and fetches nothing."""

import logging
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings
from newsletter_pdf.render.engine import ConfinedFetcher
from newsletter_pdf.render.messages import collected


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/a.png", "https://example.org/a.png", "ftp://example.org/a", "file:///etc/hostname"]
)
def test_addresses_outside_are_refused_with_a_finding(address: str, tmp_path: Path) -> None:
    """Whatever a template or picture asks for, only the folders given are read."""
    findings = Findings()
    with pytest.raises(ValueError, match="not allowed"):
        ConfinedFetcher([tmp_path], findings).fetch(address)
    assert [finding.code for finding in findings] == ["N407"]


def test_a_link_out_of_the_folder_is_followed_and_refused(tmp_path: Path) -> None:
    """A symbolic link does not widen what may be read."""
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(ValueError, match="not allowed"):
        ConfinedFetcher([inside], Findings()).fetch((inside / "link.txt").as_uri())


def test_files_inside_are_read(tmp_path: Path) -> None:
    """Names with Han characters and spaces are no obstacle."""
    path = tmp_path / "会 场.txt"
    path.write_text("好", encoding="utf-8")
    response = ConfinedFetcher([tmp_path], Findings()).fetch(path.as_uri())
    assert response.read().decode() == "好"
    response.close()


@pytest.mark.parametrize(
    ("message", "arguments", "code"),
    [
        ("Failed to load image at %r: %s", ("file:///a/b.png", "broken"), "N402"),
        ("Ignored `%s: %s` at %d:%d, %s.", ("colour", "red", 1, 2, "unknown property"), "N403"),
        ("No anchor #%s for internal URI reference", ("s9",), "N405"),
        ("Anchor defined twice: %r", ("s1",), "N406"),
        ("Font-face %r cannot be loaded", ("NL Serif",), "N410"),
        ("Something new", (), "N409"),
    ],
)
def test_what_the_engine_logs_becomes_a_finding(message: str, arguments: tuple[object, ...], code: str) -> None:
    """Nothing is printed, and nothing is lost."""
    findings = Findings()
    with collected(findings):
        logging.getLogger("weasyprint").warning(message, *arguments)
    assert [finding.code for finding in findings] == [code]
