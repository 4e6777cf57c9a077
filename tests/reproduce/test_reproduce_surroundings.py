"""The same issue gives the same bytes on another day, in another folder, for another user, locale and time zone."""

from __future__ import annotations

import os
import re
import shutil
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Runs before everything else in the process that has its folder on PYTHONPATH: the clock is years ahead.
_LATER = """
import time
_now, _local, _utc = time.time, time.localtime, time.gmtime
_AHEAD = 3 * 366 * 86400.0
time.time = lambda: _now() + _AHEAD
time.time_ns = lambda: int(time.time() * 1e9)
time.localtime = lambda seconds=None: _local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _utc(time.time() if seconds is None else seconds)
"""
SURROUNDINGS = {
    "plain": ("a", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}),
    "another user and time zone": (
        "home/小王/期刊 项目/二〇二六",
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "XDG_CACHE_HOME": "", "HOME": "HERE"},
    ),
    "another language": (
        "b b",
        {"PYTHONHASHSEED": "424242", "TZ": "Pacific/Chatham", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr:ro"},
    ),
    "settings of the type libraries": (
        "c & d'#1 [x] %41/" + "c" * 60,
        {"PYTHONHASHSEED": "7", "HB_SHAPER_LIST": "fallback", "PANGO_LANGUAGE": "ro", "FC_LANG": "ja"},
    ),
    "another day": ("d/e/f/g", {"PYTHONHASHSEED": "99", "SOURCE_DATE_EPOCH": "86400", "PYTHONPATH": "LATER"}),
}


def _dates(pdf: bytes) -> set[bytes]:
    """Every date in the file as its eight digits, looked for in the packed streams, too."""
    texts = [pdf]
    for match in re.finditer(rb"stream\r?\n", pdf):
        try:
            texts.append(zlib.decompressobj().decompress(pdf[match.end() :]))
        except zlib.error:
            continue
    found = [m for text in texts for m in re.findall(rb"D:(\d{8})|Date>(\d{4}-\d\d-\d\d)", text)]
    return {(a or b).replace(b"-", b"") for a, b in found}


@pytest.fixture
def built(make_project, newsletter, tmp_path: Path):
    """Builds the small issue in one of the surroundings and returns the PDF's bytes."""

    def build(name: str) -> bytes:
        place, env = SURROUNDINGS[name]
        folder = tmp_path / place
        issue = make_project(folder)
        later = folder / "later"
        later.mkdir()
        (later / "sitecustomize.py").write_text(_LATER, encoding="utf-8")
        env = {key: {"LATER": str(later), "HERE": str(folder)}.get(value, value) for key, value in env.items()}
        if name == "another day":
            for path in [*issue.rglob("*"), *(folder / "layouts").rglob("*")]:
                os.utime(path, (86400, 86400))
        result = newsletter("build", f"content/{issue.name}", "--json", cwd=folder, env=env)
        assert result.returncode == 0, result.stdout + result.stderr
        return (folder / "build" / issue.name / f"{issue.name}.pdf").read_bytes()

    return build


@pytest.mark.parametrize("name", [name for name in SURROUNDINGS if name != "plain"])
def test_other_surroundings_give_the_same_bytes(built, name: str) -> None:
    """Hash seed, time zone, locale, home, folder, clock and the type libraries' own settings leave no trace."""
    assert built(name) == built("plain")


def test_every_date_in_the_file_is_the_issue_s(built) -> None:
    """No date is the clock's."""
    assert _dates(built("plain")) == {b"20260320"}


def test_no_path_and_no_name_of_a_user_stands_in_the_file(built, tmp_path: Path) -> None:
    """Neither as it is nor packed."""
    pdf = built("another user and time zone")
    packed = [zlib.decompressobj().decompress(pdf[m.end() :]) for m in re.finditer(rb"stream\r?\n(?=x)", pdf)]
    whole = pdf + b"".join(packed)
    for trace in (str(tmp_path).encode(), "小王".encode(), "小王".encode("utf-16-be"), b"file:"):
        assert trace not in whole


def test_the_sample_is_the_same_in_another_folder(newsletter, tmp_path: Path) -> None:
    """The project's own issue, from a copy of its folder, for another user."""
    copy = tmp_path / "另一处 copy"
    for name in ("content", "layouts"):
        shutil.copytree(ROOT / name, copy / name)
    (copy / "fonts").symlink_to(ROOT / "fonts", target_is_directory=True)
    pdfs = []
    for cwd, env in ((ROOT, {"PYTHONHASHSEED": "1"}), (copy, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})):
        out = tmp_path / f"out{len(pdfs)}"
        result = newsletter("build", "content/2026-11", "--out", str(out), cwd=cwd, env=env)
        assert result.returncode == 0, result.stdout + result.stderr
        pdfs.append((out / "2026-11.pdf").read_bytes())
    assert pdfs[0] == pdfs[1]
