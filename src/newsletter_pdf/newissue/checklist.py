"""What is still to fill in or to look at in a new issue, before it can go out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Place
from newsletter_pdf.newissue.folder import EXAMPLE_FILE, example_section
from newsletter_pdf.residue import SAMPLE_MARK

_LARGEST = 200_000  # bytes; what is larger was not made here
_OPEN = re.compile(r"待定|待填|example\.(?:org|com)|000-0000")

_PARTS = {
    "board": ("编委会和编辑部", "the board and the editors"),
    "statement": ("办刊宗旨", "the statement of purpose"),
    "imprint": ("联系方式", "the imprint"),
    "contact": ("联系方式", "how to reach you"),
}
_WAITING = re.compile(rf"\s*# (?:- )?({'|'.join(_PARTS)}):")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, where, in Chinese and in English."""

    place: Place
    zh: str
    en: str


def checklist(folder: Path) -> tuple[Task, ...]:
    """The tasks for the issue in ``folder``, in the order in which an editor goes through them."""
    tasks: list[Task] = []
    issue = folder / "issue.yaml"
    lines = _lines(issue)
    for key, zh, en in (
        ("date", "核对出版日期", "Check the date"),
        ("number", "核对期号", "Check the number"),
        (
            "running_number",
            "核对总期号；没有就在行首加 #",
            "Check the running number; put # before it where there is none",
        ),
        ("highlights", "写封面要目，去掉前面的 #", "Write the highlights for the cover, without the #"),
    ):
        number = next((n for n, line in enumerate(lines, 1) if re.match(rf"#?\s*{key}\s*:", line)), None)
        if number is not None:
            tasks.append(Task(Place(file=issue, line=number), zh, en))
    tasks += _open(issue, lines)
    example = folder / EXAMPLE_FILE
    if "\n".join(_lines(example)).strip() == example_section().strip():
        tasks.append(
            Task(
                Place(file=example), "换成自己的栏目和文章，改好文件名", "Put your own section here and rename the file"
            )
        )
    for name, zh, en in (
        ("masthead.yaml", "核对编委会、编辑部名单", "Check the board and the editors"),
        ("services.yaml", "核对封底的服务页", "Check the service pages"),
    ):
        path = next((p for p in (folder / name, folder.parent / name) if p.is_file()), None)
        if path is None:
            tasks.append(Task(Place(file=folder.parent / name), f"还没有 {name}：{zh[2:]}", f"{name} is not there yet"))
            continue
        lines = _lines(path)
        marked = next((number for number, line in enumerate(lines, 1) if line.startswith(SAMPLE_MARK)), None)
        if marked is not None and not any(line.startswith(f"{SAMPLE_MARK} {folder.name}") for line in lines):
            tasks.append(_sample(Place(file=path, line=marked)))
            continue
        tasks += _commented(path, lines) + _open(path, lines) or [Task(Place(file=path), zh, en)]
    return tuple(tasks)


def _sample(place: Place) -> Task:
    """The task for a shared file that came with the sample issue: nothing in it is true."""
    return Task(
        place,
        "还是示例期的：单位、人名、地址都是虚构的，全部换成自己的，再删去这一行",
        "Still the sample's: organisations, people and addresses are invented; put your own in, then delete this line",
    )


def _commented(path: Path, lines: list[str]) -> list[Task]:
    """A task for each part that waits as a comment."""
    return [
        Task(
            Place(file=path, line=number), f"填写{_PARTS[match[1]][0]}，去掉行首的 #", f"Fill in {_PARTS[match[1]][1]}"
        )
        for number, line in enumerate(lines, start=1)
        if (match := _WAITING.match(line))
    ]


def _open(path: Path, lines: list[str]) -> list[Task]:
    """A task for each line that still holds a placeholder."""
    tasks = []
    for number, line in enumerate(lines, start=1):
        match = _OPEN.search(line.partition(" #")[0])
        if match and not line.lstrip().startswith(("#", "href:")):
            tasks.append(
                Task(
                    Place(file=path, line=number, column=match.start() + 1),
                    f"填写：{line.strip()[:40]}",
                    f"Fill in: {line.strip()[:40]}",
                )
            )
    return tasks


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > _LARGEST:
            return []
        return path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []
