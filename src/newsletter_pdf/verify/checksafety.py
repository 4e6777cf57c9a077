"""Is the file harmless and finished: no scripts, attachments, forms or layers, written in one go."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NumberObject

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.checktags import all_annotations
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.pdffile import name_tree
from newsletter_pdf.verify.pdfobjects import array, dictionary, entry, number, numbers, resolve, text

_HARMLESS = frozenset(("/GoTo", "/URI"))  # actions that go to a place in the file, or to an address that is shown
_ACTIONS = ("/A", "/PA", "/OpenAction")
_MOST_ACTIONS = 10_000
_PREFERENCES = frozenset(("/DisplayDocTitle", "/Direction", "/PrintScaling"))  # of the reader's window: nothing hidden
_LAYOUTS = frozenset(
    ("/SinglePage", "/OneColumn", "/TwoColumnLeft", "/TwoColumnRight", "/TwoPageLeft", "/TwoPageRight")
)
_MODES = frozenset(("/UseNone", "/UseOutlines", "/UseThumbs"))
_PAGE_SHOWS = ("/Trans", "/Dur", "/PresSteps")  # a slide show (ISO 32000-1, 12.4.4)


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


def check_presentation(context: Context) -> None:
    """The file opens as any other does: at its first page, in a window with its bars, and pages turn when asked to.

    That is what this tool writes; what hides the bars, opens elsewhere (an OpenAction that is a destination), or turns
    pages by itself (ISO 32000-1, 7.7.2, 12.2 and 12.4.4) is somebody else's, as is private data of programs (14.5).
    """
    root, add = context.pdf.root, context.findings.add
    preferences = dictionary(root, "/ViewerPreferences") or DictionaryObject()
    odd = [key for key in preferences if key not in _PREFERENCES and not _is_off(entry(preferences, key))]
    odd += [key for key, usual in (("/PageMode", _MODES), ("/PageLayout", _LAYOUTS)) if text(root, key)
            and text(root, key) not in usual]  # fmt: skip
    odd += [key for key in ("/OpenAction",) if entry(root, key) is not None and not _opens_first(context)]
    for key in odd:
        add(rules.ACTIVE_CONTENT.at(what=key[1:], where_zh="打开文件时", where_en="on opening"))
    for page, node in enumerate(context.pdf.page_objects):
        for key in _PAGE_SHOWS:
            if key in node:
                at = place(page)
                add(rules.ACTIVE_CONTENT.at(at, what=key[1:], where_zh="翻到这一页时", where_en="on this page"))
    holders: list[tuple[int | None, DictionaryObject | None]] = [(None, root), *enumerate(context.pdf.page_objects)]
    for page_, holder in holders:
        if entry(holder, "/PieceInfo") is not None:
            at_ = place(page_) if page_ is not None else None
            add(rules.PRIVATE_TRACE.at(at_, trace="PieceInfo"))


def _is_off(value: object) -> bool:
    return value is None or value == BooleanObject(False) or value == NumberObject(1)


def _opens_first(context: Context) -> bool:
    """Whether the OpenAction is a destination on the first page."""
    target = entry(context.pdf.root, "/OpenAction")
    if isinstance(target, DictionaryObject):
        target = entry(target, "/D")
    first = resolve(target[0]) if isinstance(target, ArrayObject) and target else None
    return isinstance(first, DictionaryObject) and first == context.pdf.page_objects[0]


def check_link_looks(context: Context) -> None:
    """Links draw nothing: no appearance, no border (ISO 32000-1, 12.5.4 and 12.5.5); the page itself shows all."""
    for page, _number, node in all_annotations(context):
        if text(node, "/Subtype") == "/Link" and ("/AP" in node or _border(node) > 0):
            what_zh, what_en = "画着东西的链接", "links that draw something"
            box = numbers(node, "/Rect", 4)
            at = place(page, None if box is None else (box[0], box[1], box[2], box[3]))
            context.findings.add(rules.FORM_OR_NOTE.at(at, what_zh=what_zh, what_en=what_en))
            return  # one says it all


def _border(node: DictionaryObject) -> float:
    """The width of a link's border, pt; without a word about it, it is 1 (table 164)."""
    style = dictionary(node, "/BS")
    if style is not None:
        width = number(entry(style, "/W"))
        return 1.0 if width is None else width
    given = entry(node, "/Border")
    width = number(resolve(given[2])) if isinstance(given, ArrayObject) and len(given) > 2 else None
    return 1.0 if width is None else width


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
