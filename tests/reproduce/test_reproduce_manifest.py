"""manifest.json names all that a PDF is made from, and nothing of the machine."""

from __future__ import annotations

import json
import shutil
import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf import inputs, making, pipeline, provenance
from newsletter_pdf.environment import library_versions
from newsletter_pdf.findings import Severity
from newsletter_pdf.manifest import Difference, Inputs, Manifest, ManifestError, PdfFile, differences, loads

ROOT = Path(__file__).resolve().parents[2]
A, B = "a" * 64, "b" * 64

_digests = st.dictionaries(
    st.sampled_from(["a.md", "图/二 三.svg", "x-1.ttf"]), st.text("0123456789abcdef", min_size=64, max_size=64)
)
_texts = st.text(string.printable + "汉字。", max_size=20)
_manifests = st.builds(
    Manifest,
    format=st.just(1),
    issue=st.sampled_from(["2026-11", "小刊"]),
    folder=st.none() | st.just("content/小刊"),
    layout=_texts,
    options=st.dictionaries(_texts, _texts, max_size=3),
    pdf=st.builds(PdfFile, st.just("a.pdf"), st.just(A), st.integers(0, 10**9)),
    inputs=st.builds(Inputs, _digests, _digests, _digests, st.none() | _digests),
    versions=st.dictionaries(_texts, st.none() | _texts, max_size=3),
)


def _manifest(**changes) -> Manifest:
    inputs = Inputs({"2026-11/issue.yaml": A}, {"classic/layout.yaml": A}, {"NLSerif.ttf": A}, None)
    pdf = PdfFile("2026-11.pdf", A, 9)
    base = Manifest(1, "2026-11", "content/2026-11", "classic", {"columns": "1"}, pdf, inputs, {"Pango": "1.50.12"})
    return replace(base, **changes)


@given(_manifests)
def test_what_is_written_is_read_back(manifest: Manifest) -> None:
    """No manifest loses anything on its way through the file."""
    assert loads(manifest.dumps()) == manifest


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data | {"format": 2},
        lambda data: data | {"more": 1},
        lambda data: {k: v for k, v in data.items() if k != "versions"},
        lambda data: data | {"folder": "/home/someone/content/2026-11"},
        lambda data: data | {"folder": "../content/2026-11"},
        lambda data: data | {"pdf": {"file": "../other.pdf", "sha256": A, "bytes": 9}},
        lambda data: data | {"pdf": {"file": "2026-11.pdf", "sha256": "A" * 64, "bytes": 9}},
        lambda data: data | {"inputs": data["inputs"] | {"content": {"../../secret": A}}},
        lambda data: data | {"inputs": data["inputs"] | {"fonts": {"C:\\x.ttf": A}}},
        lambda data: [data],
    ],
)
def test_what_is_no_manifest_is_refused(spoil) -> None:
    """Other forms, missing and unknown fields, and paths that lead elsewhere."""
    data = json.loads(_manifest().dumps())
    assert loads(json.dumps(data).encode()) == _manifest()
    with pytest.raises(ManifestError):
        loads(json.dumps(spoil(data)).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"null", b"[" * 100_000, b"{} {}"])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    """Whatever the bytes, one error."""
    with pytest.raises(ManifestError):
        loads(data)


def test_every_difference_is_named() -> None:
    """Changed, new and gone files, options and versions, each by its kind."""
    now = _manifest(
        inputs=Inputs({"2026-11/issue.yaml": B}, {}, {"NLSerif.ttf": A, "NLKai.ttf": A}, {"requirements.lock": A}),
        options={"columns": "2"},
        versions={"Pango": None},
    )
    assert differences(_manifest(), _manifest()) == ()
    assert differences(_manifest(), now) == (
        Difference("content", "2026-11/issue.yaml", A, B),
        Difference("layouts", "classic/layout.yaml", A, None),
        Difference("fonts", "NLKai.ttf", None, A),
        Difference("lock", "requirements.lock", None, A),
        Difference("option", "columns", "1", "2"),
        Difference("version", "Pango", "1.50.12", None),
    )


def test_the_manifest_is_the_same_in_another_folder(make_project, newsletter, tmp_path: Path) -> None:
    """It tells nothing of place, user or time, and its keys are sorted."""
    texts = []
    for place, env in (("a", {"PYTHONHASHSEED": "1"}), ("用户 小王/b", {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai"})):
        issue = make_project(tmp_path / place)
        result = newsletter("build", f"content/{issue.name}", cwd=tmp_path / place, env=env)
        assert result.returncode == 0, result.stdout + result.stderr
        texts.append((tmp_path / place / "build" / issue.name / "manifest.json").read_bytes())
    assert texts[0] == texts[1]
    text = texts[0].decode()
    assert str(tmp_path) not in text
    assert '": "/' not in text
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n" == text


def test_the_files_named_are_all_that_is_needed(make_project, newsletter, tmp_path: Path) -> None:
    """A project of the named files alone gives the same bytes; a picture that is not used is not named."""
    issue = make_project(tmp_path / "whole")
    shutil.copy2(issue / "images" / "p.png", issue / "images" / "unused.png")
    (issue.parent / "masthead.yaml").write_text("pages: []\n", encoding="utf-8")
    (issue / "issue.yaml").write_text((issue / "issue.yaml").read_text() + "layout: jade\n", encoding="utf-8")
    shutil.copy2(ROOT / "content" / "masthead.yaml", issue.parent)
    assert newsletter("build", f"content/{issue.name}", cwd=tmp_path / "whole").returncode == 0
    built = tmp_path / "whole" / "build" / issue.name
    manifest = loads((built / "manifest.json").read_bytes())
    assert set(manifest.inputs.content) == {
        "masthead.yaml",
        "小刊/01-甲编.md",
        "小刊/images/p.png",
        "小刊/images/q.jpg",
        "小刊/images/线 图.svg",
        "小刊/issue.yaml",
    }
    assert {name.split("/")[0] for name in manifest.inputs.layouts} == {"classic", "jade"}
    for base, digests in (
        ("content", manifest.inputs.content),
        ("layouts", manifest.inputs.layouts),
        ("fonts", manifest.inputs.fonts),
    ):
        for name in digests:
            target = tmp_path / "named" / base / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(tmp_path / "whole" / base / name, target)
    result = newsletter("build", f"content/{issue.name}", cwd=tmp_path / "named")
    assert result.returncode == 0, result.stdout + result.stderr
    again = tmp_path / "named" / "build" / issue.name / f"{issue.name}.pdf"
    assert again.read_bytes() == (built / f"{issue.name}.pdf").read_bytes()


def test_every_package_that_takes_part_has_its_version() -> None:
    """The packages that ours needs, and Python, the program and the system libraries."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = provenance.versions()
    for name in ("weasyprint", "pydyf", "pypdf", "jinja2", "pillow", "markdown-it-py", "pyyaml", "segno"):
        assert name in text or name == "pydyf"
        assert found[name], name
    assert len(found["program"] or "") == 64
    assert all(found[name] for name in ("newsletter-pdf", "Python", "machine", "zlib"))
    assert all(
        library_versions()[name] == found[name] for name in ("Pango", "HarfBuzz", "HarfBuzz subset", "fontconfig")
    )
    assert all(part.isdigit() for part in str(found["Pango"]).split("."))


def test_without_a_lock_file_the_manifest_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installed program has none; a project may have its own."""
    program = tmp_path / "lib" / "python" / "site-packages" / "newsletter_pdf" / "provenance.py"
    monkeypatch.setattr(provenance, "__file__", str(program))
    recorded = Inputs({}, {}, {}, None)
    assert provenance.present_inputs(recorded, tmp_path, tmp_path).lock is None
    (tmp_path / provenance.LOCK).write_text("weasyprint==70.0\n", encoding="utf-8")
    assert list(provenance.present_inputs(recorded, tmp_path, tmp_path).lock or {}) == [provenance.LOCK]


class _Silent:
    def stage(self, name: str, done: int, total: int) -> None:
        pass


@pytest.fixture
def issue(make_project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return make_project(tmp_path / "p")


@pytest.mark.parametrize("change", ["edit", "remove"])
def test_a_file_that_changes_while_the_issue_is_made_stops_the_build(
    issue: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Nobody could tell what such a PDF was made from: the old one stays, with its manifest."""
    first = pipeline.build(issue, progress=_Silent())
    assert first.pdf is not None
    assert first.manifest is not None
    before = first.pdf.read_bytes(), first.manifest.read_bytes()
    render = making._render

    def disturbed(*arguments):
        section = issue / "01-甲编.md"
        section.write_text("改了", encoding="utf-8") if change == "edit" else section.unlink()
        return render(*arguments)

    monkeypatch.setattr(making, "_render", disturbed)
    second = pipeline.build(issue, progress=_Silent())
    (stopped,) = (finding for finding in second.findings if finding.severity is Severity.ERROR)
    assert stopped.code == "N669"
    assert "01-甲编.md" in stopped.message_zh
    assert second.pdf is None
    assert (first.pdf.read_bytes(), first.manifest.read_bytes()) == before


def test_a_file_that_changes_while_the_issue_is_read_stops_the_build(
    issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved by an editor just after it was read: its digest would not be that of what is printed."""
    read = inputs.read_issue

    def disturbed(*arguments, **more):
        result = read(*arguments, **more)
        section = issue / "01-甲编.md"
        section.write_text(section.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return result

    monkeypatch.setattr(inputs, "read_issue", disturbed)
    result = pipeline.build(issue, progress=_Silent())
    assert [finding.code for finding in result.findings if finding.severity is Severity.ERROR] == ["N669"]
    assert result.pdf is None


def test_a_build_elsewhere_does_not_tell_where_the_issue_lies(issue: Path, tmp_path: Path) -> None:
    """With --out anywhere the manifest names the issue alone."""
    result = pipeline.build(issue, out=tmp_path / "elsewhere", progress=_Silent())
    assert result.manifest is not None
    assert loads(result.manifest.read_bytes()).folder is None
    usual = pipeline.build(issue, progress=_Silent())
    assert usual.manifest is not None
    assert loads(usual.manifest.read_bytes()).folder == "content/小刊"
