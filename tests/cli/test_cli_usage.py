"""Help, language, wrong usage."""

from __future__ import annotations

import json
import re

import pytest

from newsletter_pdf import __version__
from newsletter_pdf.cli.language import Lang, chosen_language
from newsletter_pdf.console import cell_width

COMMANDS = ("build", "check", "verify", "lines", "init", "new", "import")
HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def test_help_lists_every_command(run) -> None:
    """The first help names the commands of the contract, examples and exit codes, in Chinese."""
    result = run("--help")
    assert result.code == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", result.out, re.MULTILINE), name
    assert "用法：newsletter-pdf [选项] 命令" in result.out
    assert "结束码" in result.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run, name: str) -> None:
    """Help shows a call of the command, --json and --lang, in lines of at most 80 cells."""
    result = run(name, "--help")
    assert result.code == 0
    assert f"\n例\n  newsletter-pdf {name} " in result.out
    assert "--json" in result.out
    assert "--lang zh|en" in result.out
    assert "--help, -h" in result.out
    assert not [line for line in result.out.splitlines() if cell_width(line) > 80 and not line.startswith("  newsl")]


@pytest.mark.parametrize("name", [(), *((name,) for name in COMMANDS)])
def test_english_help_is_english(run, name: tuple[str, ...]) -> None:
    """With --lang en no Chinese is left, but for a file name in an example."""
    text = run("--lang", "en", *name, "--help").out.replace("稿件", "")
    assert not HAN.search(text.replace("…", ""))
    assert "Usage: newsletter-pdf" in text


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("build", {"--layout", "--out", "--fresh"}),
        ("check", set()),
        ("verify", {"--against"}),
        ("new", set()),
        ("import", {"--issue"}),
    ],
)
def test_the_agreed_options_are_there(run, name: str, options: set[str]) -> None:
    """The options of the contract."""
    found = set(re.findall(r"^  (--[a-z]+)", run(name, "--help").out, re.MULTILINE))
    assert options <= found


def test_version(run) -> None:
    """--version prints name and version."""
    result = run("--version")
    assert (result.code, result.out) == (0, f"newsletter-pdf {__version__}\n")


def test_without_a_command_help_is_shown_and_the_code_says_wrong_usage(run) -> None:
    """A script whose variable is empty does not go on as if all were well."""
    result = run()
    assert result.code == 2
    assert "用法：newsletter-pdf" in result.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bild",), "没有命令“bild”。您要写的是不是“build”？"),
        (("build",), "缺少 DIR。"),
        (("import", "x.md"), "缺少选项 --issue。"),
        (("check", ".", "--jsn"), "没有选项 --jsn。您要写的是不是 --json？"),
        (("check", ".", "more"), "多出了不认识的内容：more"),
        (("build", ".", "--out"), "选项 --out 后面要写一个值。"),
        (("build", ".", "--fresh=1"), "选项 --fresh 后面不写值。"),
        (("build", ".", "--lang", "fr"), "--lang 不能是“fr”，只能是“zh”、“en”。"),
        (("build", "nowhere"), "没有这个文件夹：nowhere"),
        (("verify", "nowhere.pdf"), "没有这个 PDF 文件：nowhere.pdf"),
        (("import", "nowhere.md", "--issue", "x"), "没有这些稿件：nowhere.md"),
    ],
)
def test_wrong_usage_is_told_in_chinese(run, arguments: tuple[str, ...], message: str) -> None:
    """What is wrong with the call is said in Chinese on stderr, with exit code 2."""
    result = run(*arguments)
    assert result.code == 2
    assert result.err.startswith(f"用法不对：{message}\n")
    assert result.out == ""


@pytest.mark.parametrize("arguments", [("bild",), ("build",), ("check", ".", "--x"), ("check", "nowhere")])
def test_wrong_usage_is_told_in_english(run, arguments: tuple[str, ...]) -> None:
    """--lang en holds for usage errors too."""
    result = run("--lang=en", *arguments)
    assert result.code == 2
    assert result.err.startswith("Wrong usage: ")
    assert not HAN.search(result.err)


def test_the_hint_names_the_help_of_the_command(run) -> None:
    """The second line says where to read on."""
    assert run("build").err.splitlines()[1] == "用法见：newsletter-pdf build --help"
    assert run("bild").err.splitlines()[1] == "用法见：newsletter-pdf --help"


@pytest.mark.usefixtures("issue")
def test_a_missing_folder_is_answered_with_those_that_exist(run) -> None:
    """A mistyped issue is told which issues there are."""
    result = run("build", "content/2026-13")
    assert result.code == 2
    assert "现有：content/2026-11" in result.err


def test_wrong_usage_with_json_is_json(run) -> None:
    """A program that reads the output gets an object in any case."""
    result = run("verify", "nowhere.pdf", "--json")
    assert json.loads(result.out)["error"]["kind"] == "usage"


def test_control_characters_of_an_argument_do_not_reach_the_terminal(run) -> None:
    """An escape sequence in an argument is shown, not obeyed."""
    assert "\x1b" not in run("check", "\x1b[31mx").err


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ((), {}, "zh"),
        ((), {"LANG": "C.UTF-8"}, "zh"),
        ((), {"LANG": "POSIX"}, "zh"),
        ((), {"LANG": "zh_CN.UTF-8"}, "zh"),
        ((), {"LANG": "en_GB.UTF-8"}, "en"),
        ((), {"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ((), {"LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": "zh_CN"}, "en"),
        (("--lang", "zh"), {"LANG": "en_US.UTF-8"}, "zh"),
        (("build", "--lang=en"), {}, "en"),
        (("--lang", "fr"), {}, "zh"),
        (("import", "--", "--lang", "en"), {}, "zh"),
        (("--lang",), {}, "zh"),
    ],
)
def test_the_language_is_chosen(arguments: tuple[str, ...], environment: dict[str, str], lang: str) -> None:
    """--lang wins, then the first locale variable that is set, then Chinese."""
    assert chosen_language(arguments, environment) == Lang(lang)
