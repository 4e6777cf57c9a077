"""What the line setting costs: ``newsletter-pdf build`` with it, as a ratio to the same build without.

usage: bench_setting.py ISSUE_FOLDER [--runs N]

The issue is copied twice, once with the layout option ``line_setting: stock``; both builds are whole processes, run in
turn. Prints the seconds and the median ratio; judges nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import yaml
from bench_build import run


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("issue", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for setting in ("strict", "stock"):
            copy = work / setting / "content" / arguments.issue.name
            shutil.copytree(arguments.issue, copy)
            for shared in ("masthead.yaml", "services.yaml"):
                if (arguments.issue.parent / shared).is_file():
                    shutil.copytree(arguments.issue.parent, copy.parent, dirs_exist_ok=True)
                    break
            facts = yaml.safe_load((copy / "issue.yaml").read_text(encoding="utf-8"))
            facts["options"] = {**(facts.get("options") or {}), "line_setting": setting}
            (copy / "issue.yaml").write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
        environment = dict(os.environ)

        def build(setting: str) -> tuple[float, float, float]:
            folder = work / setting / "content" / arguments.issue.name
            return run([sys.executable, "-m", "newsletter_pdf", "build", str(folder)], environment)

        pairs = [(build("strict"), build("stock")) for _ in range(arguments.runs + 1)][1:]  # the first warms caches
    print(f"{os.cpu_count()} cores, {arguments.runs} pairs of runs")
    for title, index, unit in (("wall", 0, "s"), ("processor", 1, "s"), ("peak memory", 2, "MB")):
        ours, stock = ([each[which][index] for each in pairs] for which in (0, 1))
        ratios = [a / b for a, b in zip(ours, stock, strict=True)]
        print(
            f"{title:12} with {statistics.median(ours):7.2f} {unit}   without {statistics.median(stock):7.2f} {unit}"
            f"   ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
