"""How soon a saved change is seen in the preview, as a ratio to ``newsletter-pdf build`` of the same issue.

usage: bench_preview.py ISSUE_FOLDER [--edits N] [--runs N]

On a copy of the issue: whole builds as processes; the preview by its command, open in headless Chromium at the page
that is edited; and Typst's warm recompile of the titles and running paragraphs. Half of the builds come before the
edits and half after them, so that a machine whose speed drifts is unfair to neither.

An edit puts a word of two characters into a paragraph and saves the file. Seen is what has been painted: the picture
decoded and a frame with it made. The places are spread over all sections by their pages. Then some text is put in that
moves the pages after it, and taken out again; the contents are right when their numbers are those of a build. Prints a
table; judges nothing, but ends with an error when what is seen is wrong.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsletter_pdf.findings import Findings
from newsletter_pdf.project import find_home
from newsletter_pdf.reader import read_issue

HERE = Path(__file__).resolve().parent
WORDS = ("其实", "已经", "仍然", "逐步", "依法", "共同", "始终")
LONGER = "这一段是为了把后面的页推开而加上的，看过就会去掉，没有别的意思。" * 45  # some three pages
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WAIT = 60_000  # ms

# What the page itself sees, in ms of the clock that this program reads too. After a picture has come, the next frame
# holds it; a message posted from within that frame's callback arrives when the frame has been painted.
OBSERVE = """() => {
  const seen = window.seen = { drawn: null, numbers: null, complete: null };
  const desk = document.getElementById("desk"), pages = document.getElementById("pages");
  const printed = () => [...document.querySelectorAll("#contents .p")].map((p) => p.textContent).join();
  const visible = (figure) => {
    const a = figure.getBoundingClientRect(), b = desk.getBoundingClientRect();
    return a.bottom > b.top + 8 && a.top < b.bottom - 8;
  };
  const painted = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(0);
  });
  let numbers = printed();
  new MutationObserver((changes) => {
    for (const { target, oldValue } of changes) {
      if (target.dataset.shown === oldValue || !visible(target) || seen.drawn !== null) continue;
      target.querySelector("img").decode().then(() => painted(() => { seen.drawn ??= Date.now(); }));
    }
  }).observe(pages, { subtree: true, attributeFilter: ["data-shown"], attributeOldValue: true });
  new MutationObserver(() => {
    if (printed() === numbers) return;
    numbers = printed();
    painted(() => { seen.numbers = Date.now(); });
  }).observe(document.querySelector("#contents ol"), { childList: true, characterData: true, subtree: true });
  new MutationObserver(() => painted(() => {
    seen.complete = document.body.dataset.complete === "true" ? Date.now() : null;
  })).observe(document.body, { attributeFilter: ["data-version", "data-complete"] });
}"""


@dataclass(frozen=True)
class Edit:
    """A measured edit: the section it was in and the seconds from its save to what it changed being seen."""

    section: str
    seconds: float


def build(folder: Path, out: Path) -> float:
    """Seconds of one build as a whole process; exits when it fails."""
    command = [sys.executable, "-m", "newsletter_pdf", "build", str(folder), "--out", str(out)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"build: exit {done.returncode}\n{(done.stdout + done.stderr).decode()[-2000:]}")
    return seconds


@contextmanager
def preview(folder: Path) -> Iterator[str]:
    """The preview, served by its command; its address."""
    command = [sys.executable, "-m", "newsletter_pdf", "preview", str(folder), "--no-open", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        told = ""
        while process.stdout and not told.rstrip().endswith("}"):
            told += process.stdout.readline() or sys.exit("the preview did not start")
        yield json.loads(told)["address"]
    finally:
        process.terminate()
        process.wait()


@contextmanager
def opened(address: str) -> Iterator[Any]:
    """The address in headless Chromium, with all pages there and the observers set."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(QUIET))
        page = browser.new_page(viewport={"width": 1440, "height": 900}, bypass_csp=True)  # Playwright evaluates
        page.goto(address)
        page.wait_for_function("document.body.dataset.complete === 'true'", timeout=WAIT)
        page.evaluate(OBSERVE)
        yield page
        browser.close()


def show(page: Any, index: int) -> None:
    """Have the reader at the page with this 0-based index, its picture there."""
    page.evaluate("i => { document.querySelectorAll('.page')[i].scrollIntoView(); }", index)
    page.wait_for_function(
        "i => { const f = document.querySelectorAll('.page')[i]; return f.page.id && f.dataset.shown === f.page.id }",
        arg=index,
        timeout=WAIT,
    )


def save(page: Any, path: Path, text: str) -> float:
    """Save ``text``; the moment at which the save began, in s."""
    page.evaluate("Object.assign(window.seen, { drawn: null, numbers: null, complete: null })")
    data = text.encode()
    started = time.time()
    path.write_bytes(data)
    return started


def seen(page: Any, *names: str) -> dict[str, float]:
    """The moments, in s, at which these had been painted; waits for them and for the whole."""
    page.wait_for_function(
        "names => names.every((name) => window.seen[name] !== null)", arg=[*names, "complete"], timeout=WAIT
    )
    return {name: moment / 1000 for name, moment in page.evaluate("window.seen").items() if moment is not None}


def spread(pages: list[dict[str, Any]], front: int, sections: list[str], edits: int) -> list[int]:
    """Pages (0-based) to edit: each section has a share by its pages, and one at least, evenly over its length."""
    chosen = []
    for name in sections:
        own = [index for index, page in enumerate(pages) if index >= front and page["part"] == name]
        share = max(1, round(edits * len(own) / sum(page["part"] in sections for page in pages)))
        chosen += [own[int((number + 0.5) * len(own) / share)] for number in range(share)]
    return chosen


def block(page: Any, index: int) -> tuple[Path, int] | None:
    """File and line (1-based) of the running text in the middle of a page, as a double click would find it."""
    for y in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2):
        told = page.evaluate(
            "([i, y]) => fetch(`source?page=${i}&x=0.5&y=${y}`).then((a) => a.ok ? a.json() : null)", [index, y]
        )
        if told is None:
            continue
        line = Path(told["file"]).read_text(encoding="utf-8").splitlines()[told["line"] - 1]
        if not line.startswith(("#", "!", "|", ":")) and len(re.findall(r"[\u4e00-\u9fff]", line)) > 12:
            return Path(told["file"]), told["line"]
    return None


def with_word(path: Path, line: int, word: str) -> str:
    """The text of the file with ``word`` put in after the first two Han characters that follow each other there."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[line - 1] = re.sub(r"([\u4e00-\u9fff]{2})", rf"\1{word}", lines[line - 1], count=1)
    return "".join(lines)


def measured(page: Any, sections: list[str], edits: int) -> list[Edit]:
    """The edits of one word."""
    state = page.evaluate("fetch('state.json').then((a) => a.json())")
    places = spread(state["pages"], state["front"], sections, edits)
    found: list[Edit] = []
    for number, index in enumerate(places):
        place = block(page, index)
        if place is None:
            print(f"page {index + 1}: no running text, left out", file=sys.stderr)
            continue
        path, line = place
        # A paragraph may begin on the page before: the reader is where the word comes to stand.
        lines = [one for one in range(max(0, index - 2), index + 1) if begins(page, one, line)]
        show(page, lines[0] if lines else index)
        started = save(page, path, with_word(path, line, WORDS[number % len(WORDS)]))
        found.append(Edit(state["pages"][index]["part"], seen(page, "drawn")["drawn"] - started))
    return found


def begins(page: Any, index: int, line: int) -> bool:
    """Whether the page shows something of the block that begins on this line."""
    told = page.evaluate(
        "([i]) => Promise.all([...Array(19).keys()].map((n) => fetch(`source?page=${i}&x=0.5&y=${(n + 1) / 20}`)"
        ".then((a) => a.ok ? a.json() : null)))",
        [index],
    )
    return any(one is not None and one["line"] == line for one in told)


def moved(page: Any, folder: Path, path: Path, runs: int, out: Path) -> tuple[list[float], list[float]]:
    """Seconds until the contents' numbers are right, and until everything is, after pages were moved there and back."""
    text = path.read_text(encoding="utf-8")
    heading = re.search(r"^### .*\n", text, re.MULTILINE)
    if heading is None:
        sys.exit(f"{path.name} has no article")
    longer = f"{text[: heading.end()]}\n{LONGER}\n{text[heading.end() :]}"
    numbers, whole = [], []
    show(page, page.evaluate("fetch('state.json').then((a) => a.json()).then((s) => s.front)"))
    for run in range(2 * runs):
        started = save(page, path, text if run % 2 else longer)
        told = seen(page, "numbers")
        numbers.append(told["numbers"] - started)
        whole.append(told["complete"] - started)
        if run == 0:
            build(folder, out)
            wanted = [
                one["printed"] for one in json.loads((out / "report.json").read_text(encoding="utf-8"))["contents"]
            ]
            shown = page.evaluate("[...document.querySelectorAll('#contents .p')].map((p) => p.textContent)")
            if shown != wanted:
                sys.exit(f"the preview's contents differ from the build's: {shown} {wanted}")
    return numbers, whole


def typst_recompiles(folder: Path, fonts: Path, work: Path, edits: int) -> list[float]:
    """Seconds from a saved word to the PDF's bytes in Typst's warm compiler, for words spread over the text."""
    import typst

    spec = importlib.util.spec_from_file_location("compare", HERE / "typst" / "compare.py")
    if spec is None or spec.loader is None:
        raise ImportError("compare")
    compare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(compare)
    issue = read_issue(folder, Findings())
    if issue is None:
        sys.exit("the issue cannot be read")
    text = compare.items(issue)
    work.mkdir()
    shutil.copy(HERE / "typst" / "page.typ", work)

    def written() -> None:
        (work / "text.json").write_text(json.dumps(text, ensure_ascii=False), encoding="utf-8")

    written()
    compiler = typst.Compiler(str(work / "page.typ"), root=str(work), font_paths=[str(fonts)], ignore_system_fonts=True)
    compiler.compile()
    running = [item for item in text if item["kind"] == "text" and len(item["text"]) > 12]
    found = []
    for number in range(edits):
        item = running[int((number + 0.5) * len(running) / edits)]
        item["text"] = item["text"][:2] + WORDS[number % len(WORDS)] + item["text"][2:]
        started = time.perf_counter()
        written()
        compiler.compile()
        found.append(time.perf_counter() - started)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("issue", type=Path)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--runs", type=int, default=4, help="builds before and after, and movings of pages")
    arguments = parser.parse_args()
    home = find_home(arguments.issue.resolve())
    if home is None:
        sys.exit("no project")
    with tempfile.TemporaryDirectory() as kept:
        work = Path(kept)
        os.environ["NEWSLETTER_PDF_HOME"] = str(home)
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        folder, out = work / "content" / arguments.issue.resolve().name, work / "out"
        shutil.copytree(arguments.issue, folder)
        for shared in arguments.issue.resolve().parent.glob("*.yaml"):
            shutil.copy(shared, folder.parent)
        build(folder, out)  # warms the caches
        builds = [build(folder, out) for _ in range(arguments.runs)]
        issue = read_issue(folder, Findings())
        sections = [] if issue is None else [section.name for section in issue.sections]
        with preview(folder) as address, opened(address) as page:
            state = page.evaluate("fetch('state.json').then((a) => a.json())")
            sizes = {name: sum(one["part"] == name for one in state["pages"]) for name in sections}
            largest = max(sections, key=lambda name: sizes[name])
            edits = measured(page, sections, arguments.edits)
            numbers, whole = moved(page, folder, folder / f"{sections[0]}.md", arguments.runs, out)
        builds += [build(folder, out) for _ in range(arguments.runs)]
        typst = typst_recompiles(folder, home / "fonts", work / "typst", arguments.edits)
    base = statistics.median(builds)
    print(f"{os.cpu_count()} cores, {len(state['pages'])} pages, {len(sections)} sections, {len(edits)} edits")
    rows = {
        "build, whole process": builds,
        "save to changed page seen": [edit.seconds for edit in edits],
        f"  largest section, {sizes[largest]} pages": [edit.seconds for edit in edits if edit.section == largest],
        "pages moved to contents right": numbers,
        "pages moved to all pages right": whole,
        "Typst, save to PDF, warm": typst,
    }
    print(f"{'':34}{'median':>9}{'greatest':>10}   ratio of the median, of the greatest to the build's median")
    for title, found in rows.items():
        middle, most = statistics.median(found), max(found)
        print(f"{title:34}{middle:8.3f}s{most:9.3f}s   {middle / base:5.2f} {most / base:5.2f}   ({len(found)})")


if __name__ == "__main__":
    main()
