"""Is the file harmless and finished: no scripts, attachments, forms or layers, written in one go."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.checktags import all_annotations
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.pdffile import name_tree
from newsletter_pdf.verify.pdfobjects import array, dictionary, entry, resolve, text

_HARMLESS = frozenset(("/GoTo", "/URI"))  # actions that go to a place in the file, or to an address that is shown
_ACTIONS = ("/A", "/PA", "/OpenAction")
_MOST_ACTIONS = 10_000


def check_actions(context: Context) -> None:
    """Nothing in the file acts by itself or on a click, but links (ISO 32000-1, 12.6)."""
    for page, holder, where_zh, where_en in _holders(context):
        for kind in _actions(holder):
            if kind not in _HARMLESS:
                what = kind.lstrip("/") or "?"
                at = place(page) if page is not None else None
                context.findings.add(rules.ACTIVE_CONTENT.at(at, what=what, where_zh=where_zh, where_en=where_en))
    names = dictionary(context.pdf.root, "/Names")
    if names is not None and "/JavaScript" in names:
        context.findings.add(rules.ACTIVE_CONTENT.at(what="JavaScript", where_zh="文件", where_en="the document"))


def _holders(context: Context) -> Iterator[tuple[int | None, DictionaryObject, str, str]]:
    root = context.pdf.root
    if root is not None:
        yield None, root, "打开文件时", "on opening"
    for index, page in enumerate(context.pdf.page_objects):
        yield index, page, "翻到这一页时", "on this page"
    for index, _number, annotation in all_annotations(context):
        yield index, annotation, "这一页的链接", "a link on this page"
    stack: list[object] = [dictionary(dictionary(root, "/Outlines"), "/First")]
    seen: set[int] = set()
    while stack and len(seen) < _MOST_ACTIONS:
        node = stack.pop()
        if isinstance(node, DictionaryObject) and id(node) not in seen:
            seen.add(id(node))
            yield None, node, "书签", "a bookmark"
            stack += [dictionary(node, "/Next"), dictionary(node, "/First")]


def _actions(holder: DictionaryObject) -> Iterator[str]:
    """The kinds of the actions that ``holder`` triggers, those that follow one another included."""
    stack: list[object] = [entry(holder, key) for key in _ACTIONS if key in holder]
    if "/AA" in holder:
        triggers = entry(holder, "/AA")
        stack += [entry(triggers, key) for key in triggers] if isinstance(triggers, DictionaryObject) else []
    seen: set[int] = set()
    while stack and len(seen) < _MOST_ACTIONS:
        action = resolve(stack.pop())
        if not isinstance(action, DictionaryObject) or id(action) in seen:
            continue  # an OpenAction may be a destination, which is an array
        seen.add(id(action))
        if "/S" in action or "/D" not in action:
            yield text(action, "/S") or ""
        following = entry(action, "/Next")
        stack += list(following) if isinstance(following, ArrayObject) else [following]


def check_foreign_parts(context: Context) -> None:
    """No attachments, comments, forms or layers: this tool writes none."""
    root, add = context.pdf.root, context.findings.add
    names = dictionary(root, "/Names")
    attached = [name for name, _value in name_tree(dictionary(names, "/EmbeddedFiles"))]
    attached += [text(resolve(raw), "/UF") or text(resolve(raw), "/F") or "?" for raw in array(root, "/AF")]
    if entry(root, "/Collection") is not None and not attached:
        attached.append("?")
    kinds: dict[str, int] = {}
    for page, _number, annotation in all_annotations(context):
        kind = (text(annotation, "/Subtype") or "?").lstrip("/")
        if kind == "FileAttachment":
            attached.append(text(dictionary(annotation, "/FS"), "/UF") or text(annotation, "/Contents") or "?")
        elif kind != "Link":
            kinds.setdefault(kind, page)
    for name in dict.fromkeys(attached):
        add(rules.ATTACHMENT.at(name=name[:80]))
    for kind, page in kinds.items():
        what_zh, what_en = f"批注或控件（{kind}）", f"comments or controls ({kind})"
        add(rules.FORM_OR_NOTE.at(place(page), what_zh=what_zh, what_en=what_en))
    form = dictionary(root, "/AcroForm")
    if form is not None:
        kind = "XFA" if "/XFA" in form else "AcroForm"
        add(rules.FORM_OR_NOTE.at(what_zh=f"表单（{kind}）", what_en=f"a form ({kind})"))
    if entry(root, "/OCProperties") is not None:
        add(rules.LAYERS.at())


def check_ends(context: Context) -> None:
    """The file begins with its mark, ends with its end mark, and was written in one go (ISO 32000-1, 7.5)."""
    data, add = context.pdf.data, context.findings.add
    if not data.startswith(b"%PDF-"):
        add(rules.CHANGED_AFTERWARDS.at(what_zh="开头之前有别的内容", what_en="something stands before its beginning"))
    end = data.rfind(b"%%EOF")
    rest = data[end + len(b"%%EOF") :] if end >= 0 else b""
    if rest.strip(b"\r\n \0"):
        what_zh, what_en = f"结尾之后还有 {len(rest)} 个字节", f"{len(rest)} bytes follow its end"
        add(rules.CHANGED_AFTERWARDS.at(what_zh=what_zh, what_en=what_en))
    # A linearized file (ISO 32000-1, annex F) has two end marks from the start, the first near its beginning.
    if data.count(b"%%EOF") > 1 + (b"/Linearized" in data[:2048]):
        add(rules.CHANGED_AFTERWARDS.at(what_zh="后面追加了一次修改", what_en="a change was appended"))
