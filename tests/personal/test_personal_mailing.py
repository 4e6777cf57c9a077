"""Copies within a mailing: settings, marks, passwords, who does the work, whose copy it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pikepdf
import pytest

from newsletter_pdf.cli import main
from newsletter_pdf.mail.message import Locking, PersonalCopies
from newsletter_pdf.mail.message.pdf import pdf_part
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.secrets import Secret
from newsletter_pdf.mail.sending import copies as copies_module
from newsletter_pdf.mail.sending import whose as whose_module
from newsletter_pdf.mail.sending.copies import copy_number, make_mark
from newsletter_pdf.personal import Face, Mark, Stamper, recognise
from newsletter_pdf.personal import executors as executors_module
from newsletter_pdf.personal.executors import NoExecutorError, open_executor
from newsletter_pdf.personal.whose import numbers_of

sys.path.insert(0, str(Path(__file__).parents[1] / "mail"))
from mail_world import World, make_world

READERS = [Recipient(f"r{n}@example.org", f"r{n}@example.org", f"读者{n}") for n in range(12)]


def mark_of(reader: Recipient) -> Mark:
    number = copy_number("list.example", "2026-11", reader)
    return Mark(f"{reader.name} · {number}", number)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, finished: bytes) -> World:
    world = make_world(tmp_path / "p", 3, pdf=finished)
    monkeypatch.chdir(world.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return world


Run = Callable[..., SimpleNamespace]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def _run(*arguments: str) -> SimpleNamespace:
        capsys.readouterr()
        code = main([*arguments, "--json"])
        data = json.loads(capsys.readouterr().out)
        return SimpleNamespace(code=code, data=data, codes=[finding["code"] for finding in data["findings"]])

    return _run


def attached(path: Path) -> bytes:
    (part,) = message_from_bytes(path.read_bytes(), policy=default).iter_attachments()
    return part.get_content()


def test_every_reader_gets_the_own_copy(world: World, run: Run, face: Face, finished: bytes) -> None:
    """Attached, marked with name and number, recognised as ours; and --whose tells whose it is."""
    world.settings(more="copies: {mark: both}")
    assert run("mail", "content/2026-11", "--all").codes == []
    numbers = set()
    for place in range(3):
        copy = attached(world.out / "mail" / f"{place + 1:06d}.eml")
        found = recognise(copy, face)
        assert copy[: found.length] == finished
        assert found.mark.text == f"读者{place} · {found.mark.number}"
        numbers.add(found.mark.number)
        leaked = world.root / "leaked.pdf"
        leaked.write_bytes(copy)
        told = run("mail", "content/2026-11", "--whose", str(leaked))
        assert told.data["owners"] == [
            {"number": found.mark.number, "name": f"读者{place}", "address": f"reader{place}@d{place}.example.org"}
        ]
    assert len(numbers) == 3
    assert (world.out / "mail" / "copy.pdf").read_bytes().startswith(finished)
    assert "请勿转发" in (world.out / "mail" / "mail.txt").read_text(encoding="utf-8")


def test_without_the_setting_all_get_the_same(world: World, run: Run, finished: bytes) -> None:
    """And no copy.pdf of an earlier look is left."""
    world.settings(more="copies: {mark: number}")
    run("mail", "content/2026-11")
    assert (world.out / "mail" / "copy.pdf").exists()
    world.settings()
    run("mail", "content/2026-11")
    assert not (world.out / "mail" / "copy.pdf").exists()
    assert attached(world.out / "mail" / "mail.eml") == finished


def test_whose_says_when_it_does_not_know(world: World, run: Run, finished: bytes, stamper: Stamper) -> None:
    """A file without a number, one of nobody's on the list, one that is no PDF, one that is not there."""
    world.settings(more="copies: {mark: both}")
    path = world.root / "x.pdf"
    for data in (finished, stamper.copy(Mark("", "0123456789")), b"no pdf"):
        path.write_bytes(data)
        result = run("mail", "content/2026-11", "--whose", str(path))
        assert (result.code, result.codes) == (1, ["N897"])
    assert run("mail", "content/2026-11", "--whose", "absent.pdf").codes == ["N897"]


def test_whose_names_everybody_whose_number_is_in_it(world: World, run: Run, finished: bytes, face: Face) -> None:
    """Pages of two copies in one file, or a second stamp set upon the first: it does not say whose it was."""
    world.settings(more="copies: {mark: both}")
    assert run("mail", "content/2026-11", "--all").codes == []
    marks = [recognise(attached(world.out / "mail" / f"{n:06d}.eml"), face).mark for n in (1, 2)]
    path = world.root / "x.pdf"
    with pikepdf.new() as both:
        for mark in marks:
            with pikepdf.open(BytesIO(Stamper(finished, face).copy(mark))) as one:
                both.add_pages_from(one)
        both.save(path)
    told = run("mail", "content/2026-11", "--whose", str(path))
    assert [owner["name"] for owner in told.data["owners"]] == ["读者0", "读者1"]


def test_numbers_that_happen_to_be_the_same_are_told(world: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is sent; and of such a copy all are named."""
    monkeypatch.setattr(copies_module, "copy_number", lambda *_: "0123456789")
    monkeypatch.setattr(whose_module, "copy_number", lambda *_: "0123456789")
    world.settings(more="copies: {mark: both}")
    assert run("mail", "content/2026-11").codes == ["N846"]
    told = run("mail", "content/2026-11", "--whose", str(world.out / "mail" / "copy.pdf"))
    assert len(told.data["owners"]) == 3


def test_copies_cannot_be_linked_nor_made_of_a_broken_file(world: World, run: Run) -> None:
    """Both are said before anything is made."""
    world.settings(more="delivery: link\nlink: https://chengguan.example/{file}\ncopies: {mark: both}")
    assert run("send", "content/2026-11").codes == ["N887"]
    world.settings(more="copies: {mark: both}")
    world.put_pdf(b"%PDF-1.7 broken")
    world.approve()
    assert run("send", "content/2026-11").codes == ["N886"]


def test_names_that_cannot_be_set_are_told(world: World, run: Run, face: Face) -> None:
    """The number stands in their place."""
    world.settings(more="copies: {mark: name}")
    world.readers([("张三😀", "a@example.org"), ("李四", "b@example.org")])
    result = run("mail", "content/2026-11", "--all")
    assert result.codes == ["N895"]
    mark = recognise(attached(world.out / "mail" / "000001.eml"), face).mark
    assert mark.text == mark.number
    assert recognise(attached(world.out / "mail" / "000002.eml"), face).mark.text == "李四"


def test_a_lock_needs_its_password_from_outside(world: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the environment; then every copy asks for it, and no output has it."""
    world.settings(more="copies: {mark: both, lock: yes}")
    assert run("send", "content/2026-11").codes == ["N857"]
    monkeypatch.setenv("NEWSLETTER_PDF_OPENING_PASSWORD", "geheim-offen-42")
    result = run("mail", "content/2026-11")
    assert result.codes == []
    copy = attached(world.out / "mail" / "mail.eml")
    assert b"/Encrypt" in copy
    (number,) = numbers_of(copy, "geheim-offen-42")
    assert len(number) == 10
    for path in (world.out / "mail").iterdir():
        assert b"geheim-offen-42" not in path.read_bytes()
    assert "打开时请输入收到过的密码" in (world.out / "mail" / "mail.txt").read_text(encoding="utf-8")


def test_the_part_is_that_of_the_whole_copy(stamper: Stamper) -> None:
    """Though the finished bytes are encoded once for all."""
    copies = PersonalCopies(stamper, "a.pdf", mark_of, READERS)
    for reader in READERS[:3]:
        assert copies.part(reader) == pdf_part(stamper.copy(mark_of(reader)), "a.pdf")
    assert copies.size == len(stamper.copy(mark_of(READERS[0])))


def test_marks_by_kind(face: Face) -> None:
    """Name and number, one of them, or none; without a name always the number."""
    reader, number = READERS[0], "0" * 10
    assert make_mark(reader, number, "both", face).text == "读者0 · 0000000000"
    assert make_mark(reader, number, "name", face).text == "读者0"
    assert make_mark(reader, number, "number", face).text == number
    assert make_mark(reader, number, "specks", None).text == ""
    assert make_mark(Recipient("a@b.example", "a@b.example"), number, "both", face).text == number


def test_numbers_differ_by_issue_list_and_secret() -> None:
    """And are the same again for the same."""
    reader = READERS[0]
    made = [
        copy_number("a.example", "2026-11", reader),
        copy_number("a.example", "2026-12", reader),
        copy_number("b.example", "2026-11", reader),
        copy_number("a.example", "2026-11", reader, Secret("s")),
        copy_number("a.example", "2026-11", READERS[1]),
    ]
    assert len(set(made)) == 5
    assert made[0] == copy_number("a.example", "2026-11", reader)


class Counting(ThreadPoolExecutor):
    """An executor that remembers how many copies it had at once."""

    def __init__(self) -> None:
        super().__init__(2)
        self.given = 0

    def submit(self, *arguments: object, **options: object) -> Future:  # type: ignore[override]
        self.given += 1
        return super().submit(*arguments, **options)  # type: ignore[arg-type]


def locked(stamper: Stamper, executor: Callable[[], Executor], ahead: int = 2) -> PersonalCopies:
    return PersonalCopies(stamper, "a.pdf", mark_of, READERS, Locking(Secret("offen"), executor, ahead))


def test_locking_is_given_to_an_executor_a_few_ahead(stamper: Stamper) -> None:
    """The first ones are made here; then each reader gets the own copy, and no more than two wait."""
    executor = Counting()
    copies = locked(stamper, lambda: executor)
    for place, reader in enumerate(READERS[:8]):
        assert numbers_of(copies.copy(reader), "offen") == (mark_of(reader).number,)
        assert executor.given <= max(0, place + 1 - 3) + 2
    assert executor.given > 4
    copies.close()
    with pytest.raises(RuntimeError):
        executor.submit(len, "")


def test_a_broken_executor_loses_nobody(stamper: Stamper) -> None:
    """What it does not bring is made here."""

    class Broken(Executor):
        def submit(self, *_: object, **__: object) -> Future:
            future: Future[bytes] = Future()
            future.set_exception(OSError("worker gone"))
            return future

    copies = locked(stamper, Broken)
    for reader in READERS[:5]:
        assert numbers_of(copies.copy(reader), "offen") == (mark_of(reader).number,)
    copies.close()


def test_processes_of_this_computer_do_it(stamper: Stamper) -> None:
    """Real ones, which end with the mailing."""
    pools: list[Executor] = []

    def opened() -> Executor:
        pools.append(open_executor("processes", 1))
        return pools[0]

    copies = locked(stamper, opened)
    for reader in READERS[:5]:
        assert numbers_of(copies.copy(reader), "offen") == (mark_of(reader).number,)
    copies.close()
    assert len(pools) == 1
    with pytest.raises(RuntimeError):
        pools[0].submit(len, "")


def test_dask_is_imported_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its client gives the executor, and ends with it; without it the reason says how to install it."""
    monkeypatch.setattr(executors_module, "find_spec", lambda name: None)
    with pytest.raises(NoExecutorError, match="newsletter-pdf\\[dask\\]"):
        open_executor("dask")
    asked: list[object] = []

    class Client:
        def __init__(self, *where: object, **options: object) -> None:
            if where == ("tcp://absent:1",):
                raise OSError("nobody there")
            asked.append(where)

        def get_executor(self) -> Executor:
            return ThreadPoolExecutor(1)

        def close(self) -> None:
            asked.append("closed")

    module = ModuleType("distributed")
    module.Client = Client  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "distributed", module)
    monkeypatch.setattr(executors_module, "find_spec", lambda name: object())
    executor = open_executor("dask", scheduler="tcp://cluster:8786")
    assert executor.submit(len, "abc").result() == 3
    executor.shutdown()
    assert asked == [("tcp://cluster:8786",), "closed"]
    with pytest.raises(NoExecutorError, match="nobody there"):
        open_executor("dask", scheduler="tcp://absent:1")


def test_dask_that_is_not_there_is_said_before_anything_is_made(
    world: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the settings that ask for it."""
    monkeypatch.setattr(executors_module, "find_spec", lambda name: None)
    monkeypatch.setenv("NEWSLETTER_PDF_OPENING_PASSWORD", "geheim-offen-42")
    world.settings(more="copies: {mark: both, lock: yes, executor: dask}")
    assert run("send", "content/2026-11").codes == ["N888"]
