"""Small projects with pictures of every kind, and the command in a process and surroundings of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
ISSUE_YAML = """title: 小刊
number: 3
date: 2026-03-20
"""
SECTION = """---
title: 甲编
lead: |
  本月要闻。
keywords: [office, 数据]
---

### 第一篇 office

正文 finance 与 Şişli，fi、ij 也在其中。**重点**和*强调*。

![蓝色的渐变图](images/p.png "说明")

来源：本刊

### 第二篇

![另一张图](images/q.jpg "说明二")

![线条](<images/线 图.svg> "说明三")

来源：本刊
"""
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="90" height="40"/></svg>'

Project = Callable[[Path], Path]


def link_or_copy(source: str, target: str) -> None:
    """A second name for the same file where the system can, else a copy: fonts are large."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture
def make_project() -> Project:
    """Makes a project with the issue ``content/小刊`` in a folder and returns the issue's folder."""

    def make(folder: Path) -> Path:
        shutil.copytree(ROOT / "layouts", folder / "layouts")
        shutil.copytree(ROOT / "fonts", folder / "fonts", copy_function=link_or_copy)
        issue = folder / "content" / "小刊"
        images = issue / "images"
        images.mkdir(parents=True)
        picture = Image.radial_gradient("L").resize((900, 600)).convert("RGB")
        picture.save(images / "p.png")
        picture.save(images / "q.jpg", quality=80)
        (images / "线 图.svg").write_text(_SVG, encoding="utf-8")
        (issue / "issue.yaml").write_text(ISSUE_YAML, encoding="utf-8")
        (issue / "01-甲编.md").write_text(SECTION, encoding="utf-8")
        return issue

    return make


@pytest.fixture
def newsletter(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command in a process of its own: ``newsletter(*arguments, cwd=…, env={…})``."""

    def run(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        surroundings = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            **(env or {}),
        }
        return subprocess.run(
            [sys.executable, "-m", "newsletter_pdf", *arguments],
            cwd=cwd,
            env={name: value for name, value in surroundings.items() if value},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run
