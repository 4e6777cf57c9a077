"""The text of a paragraph: runs, links, fields, revisions, notes, pictures, symbols → inline nodes.

Reads what is printed in the final version of the text: insertions are in, deletions are out and named in the report.
Whatever holds text and is not known is read through rather than passed over.
"""

from __future__ import annotations

import re

from docx.opc.part import Part

from newsletter_pdf.importers.word.atoms import Atom, Content, node_text
from newsletter_pdf.importers.word.context import Context
from newsletter_pdf.importers.word.drawings import Drawing, read_drawing
from newsletter_pdf.importers.word.elements import DRAWINGS, FLOATING, NOTE_CALLS, SILENT
from newsletter_pdf.importers.word.fields import Field, coded, equation, unclosed
from newsletter_pdf.importers.word.names import (
    MC,
    Element,
    M,
    R,
    W,
    alternative,
    child,
    switched_on,
    text_of,
    texts_in,
    value,
)
from newsletter_pdf.importers.word.package import External, target
from newsletter_pdf.importers.word.styles import Look
from newsletter_pdf.importers.word.symbols import GETA, is_symbol_font, raised, symbol
from newsletter_pdf.importers.word.text import without_hidden
from newsletter_pdf.model import Inline, LineBreak, Ruby, Text

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_WITHOUT_RESULT = frozenset({"XE", "TC", "TA", "RD", "BOOKMARK", "SET", "ASK", "PAGE", "NUMPAGES"})
_DEEPEST = 64  # fields inside one another that are read as such; Word itself stops at some twenty
_BLANK = re.compile(r"[\s\u3000]*")


class RunReader:
    """Reads the paragraphs of one story (the body, a note) in order, as fields go on from one to the next."""

    def __init__(self, context: Context, part: Part | None = None) -> None:
        self.context = context
        self.part: Part = part if part is not None else context.package.main
        self.fields: list[Field] = []
        self._too_deep = 0
        self.contents: list[str] = []
        self._style: str | None = None
        self._now = Content()
        self._author = ""
        self._deleted = ""

    def paragraph(self, element: Element) -> Content:
        """The content of a ``w:p``."""
        self._style = value(element, W + "pPr", W + "pStyle")
        self._now = content = Content()
        self._deleted = ""
        if any(open_field.contents for open_field in self.fields) and self.contents:
            self.contents.append("\n")
        self._walk(element, None)
        self._end_of_deleted()
        return content

    def take_contents(self) -> str:
        """The text of tables of contents read so far, once they are over."""
        if any(open_field.contents for open_field in self.fields):
            return ""
        text, self.contents = "".join(self.contents), []
        return text

    def end_story(self) -> None:
        """Name what a field holds whose end was not read: nothing of it may go on into what is read next."""
        for opened in self.fields:
            if not opened.in_result:
                self.context.leave_out("field", opened.code)
        self.fields = []
        self.context.leave_out("contents", self.take_contents())

    # --- walking ----------------------------------------------------------------------------------------------------

    def _walk(self, element: Element, href: str | None) -> None:
        for node in element.iterchildren():
            name = node.tag
            if not isinstance(name, str) or name in SILENT:
                continue
            handler = _HANDLERS.get(name)
            if handler is not None:
                handler(self, node, href)
            else:
                self._walk(node, href)

    def _run(self, run: Element, href: str | None) -> None:
        properties = child(run, W + "rPr")
        self._in_run(run, self.context.styles.look(self._style, properties), href)

    def _in_run(self, run: Element, look: Look, href: str | None) -> None:
        for node in run.iterchildren():
            name = node.tag
            if name == W + "t":
                self._text(text_of(node), look, href)
            elif name in {W + "tab", W + "ptab"}:
                self._emit(Text(text="\t"), look, href)
            elif name in {W + "br", W + "cr"}:
                self._break(node, look, href)
            elif name == W + "noBreakHyphen":
                self._emit(Text(text="-"), look, href)
            elif name == W + "sym":
                self._symbol(node, look, href)
            elif name == W + "ruby":
                self._ruby(node, look, href)
            elif name in NOTE_CALLS:
                self._note(node, look)
            elif name == W + "fldChar":
                self._field_char(node, look)
            elif name == W + "instrText":
                if self.fields and not self.fields[-1].in_result and not self._too_deep:
                    self.fields[-1].code += node.text or ""
            elif name == W + "delText":
                self._deleted += node.text or ""
            elif name == MC + "AlternateContent":
                if (chosen := alternative(node)) is not None:
                    self._in_run(chosen, look, href)
            elif name in _HANDLERS:
                _HANDLERS[name](self, node, href)
            elif isinstance(name, str) and name not in SILENT:
                self._walk(node, href)

    # --- text -------------------------------------------------------------------------------------------------------

    def _text(self, text: str, look: Look, href: str | None) -> None:
        if is_symbol_font(look.symbol_font) and _PRIVATE.search(text):
            text = "".join(self._symbolic(ord(c), look.symbol_font) if _PRIVATE.match(c) else c for c in text)
        elif _PRIVATE.search(text):
            text = _PRIVATE.sub(lambda match: self._symbolic(ord(match[0]), look.symbol_font or "Symbol"), text)
        clean, hidden = without_hidden(text)
        if hidden:
            self.context.count("hidden", times=hidden)
        if look.raised in {"superscript", "subscript"} and not _BLANK.fullmatch(clean):
            sign = raised(clean, look.raised)
            self.context.count("raised" if sign is not None else "raised-lost", clean)
            clean = sign if sign is not None else clean
        if clean:
            self._emit(Text(text=clean), look, href)

    def _emit(self, node: Inline, look: Look, href: str | None) -> None:
        """Put a node where it belongs: the text, a table of contents, the code of a field, or hidden text."""
        if look.hidden:
            self.context.leave_out("hidden", node_text(node))
            return
        if self.fields:
            innermost = self.fields[-1]
            if any(not open_field.in_result for open_field in self.fields):
                # The result of a field inside another's code belongs to that code.
                holder = innermost if not innermost.in_result else coded(self.fields)
                holder.code += node_text(node)
                holder.typed += node_text(node)
                return
            if any(open_field.contents for open_field in self.fields):
                self.contents.append(node_text(node))
                return
            href = href or next((f.href for f in reversed(self.fields) if f.href), None)
        if node_text(node).strip():
            if look.strike:
                self.context.count("strike", node_text(node))
            if look.highlight:
                self.context.count("highlight", node_text(node))
            if look.underline and href is None:
                self.context.count("underline", node_text(node))
        self._now.atoms.append(Atom(node, look, href))

    def _break(self, node: Element, look: Look, href: str | None) -> None:
        if node.get(W + "type") in {"page", "column"}:
            self._now.page_break = True
        self._emit(LineBreak(), look, href)

    def _symbol(self, node: Element, look: Look, href: str | None) -> None:
        try:
            code = int(node.get(W + "char") or "", 16)
        except ValueError:
            code = 0
        self._emit(Text(text=self._symbolic(code, node.get(W + "font"))), look, href)

    def _symbolic(self, code: int, font: str | None) -> str:
        sign = symbol(code, font)
        if sign == GETA:
            self.context.count("symbol", f"{font or ''} {code:04X}".strip())
        return sign

    def _ruby(self, node: Element, look: Look, href: str | None) -> None:
        reading = " ".join(texts_in(child(node, W + "rt")).split())
        base = texts_in(child(node, W + "rubyBase")).strip()
        if not reading or not base:
            self._emit(Text(text=base or reading), look, href)
        elif reading == "-" or re.search(r"[{}|]", base + reading):
            self._emit(Text(text=f"{base}（{reading}）"), look, href)
        else:
            self._emit(Ruby(text=base, reading=reading), look, href)
        self._floating(node, href)

    def _note(self, node: Element, look: Look) -> None:
        kind = "footnote" if node.tag == W + "footnoteReference" else "endnote"
        call = self.context.notes.get((kind, node.get(W + "id") or ""))
        if call is not None:
            self._emit(call, look, None)

    # --- links and fields -------------------------------------------------------------------------------------------

    def _hyperlink(self, node: Element, href: str | None) -> None:
        found = target(self.part, node.get(R + "id"))
        self._walk(node, found.address if isinstance(found, External) else href)

    def _field_char(self, node: Element, look: Look) -> None:
        kind = node.get(W + "fldCharType")
        if kind == "begin" and not self._never_ends(node):
            if len(self.fields) >= _DEEPEST:
                self._too_deep += 1
                self.context.count("deep-field")
            else:
                self.fields.append(Field())
        elif self._too_deep:
            # What stands in a field that is nested too deep is text like any other.
            self._too_deep -= kind == "end"
        elif kind == "separate" and self.fields:
            self._begin_result(self.fields[-1])
        elif kind == "end" and self.fields:
            self._end_field(self.fields.pop(), look)

    def _never_ends(self, begin: Element) -> bool:
        root = begin.getroottree().getroot()
        if root not in self.context.unclosed:
            self.context.unclosed[root] = unclosed(root)
        return begin in self.context.unclosed[root]

    def _simple_field(self, node: Element, href: str | None) -> None:
        self.fields.append(Field(code=node.get(W + "instr") or ""))
        self._begin_result(self.fields[-1])
        self._walk(node, href)
        self._end_field(self.fields.pop(), Look())

    def _begin_result(self, opened: Field) -> None:
        opened.in_result = True
        if opened.name in {"REF", "PAGEREF", "NOTEREF"} and not any(f.contents for f in self.fields):
            self.context.count("reference", opened.code.strip())

    def _end_field(self, closed: Field, look: Look) -> None:
        if closed.in_result or closed.name in _WITHOUT_RESULT:
            self.context.leave_out("field-code", closed.typed)
        if closed.in_result or not closed.code.strip():
            return
        if closed.name == "EQ":
            nodes = equation(closed.code)
            if nodes is not None:
                for node in nodes:
                    self._emit(node, look, None)
                return
        if closed.name not in _WITHOUT_RESULT:
            self.context.leave_out("field", closed.code)
            self._emit(Text(text=GETA), look, None)

    # --- revisions, comments ----------------------------------------------------------------------------------------

    def _deletion(self, node: Element, _href: str | None) -> None:
        self.context.count("deleted")
        self._author = node.get(W + "author") or ""
        moved = node.tag == W + "moveFrom"
        self._deleted += "".join(text_of(text) for text in node.iter(W + "delText", W + "t"))
        if moved and self.context.stands_elsewhere(self._deleted):
            self._deleted = ""
        self._end_of_deleted()

    def _end_of_deleted(self) -> None:
        self.context.leave_out("deleted", self._deleted, self._author)
        self._deleted = ""

    def _insertion(self, node: Element, href: str | None) -> None:
        self.context.count("moved" if node.tag == W + "moveTo" else "inserted")
        self._walk(node, href)

    def _comment(self, node: Element, _href: str | None) -> None:
        identity = node.get(W + "id") or ""
        self.context.commented.setdefault(identity, self.context.place)

    # --- alternatives, content controls, drawings -------------------------------------------------------------------

    def _alternate(self, node: Element, href: str | None) -> None:
        """The richest form only (ECMA-376 Part 3, 9): the others say the same again."""
        chosen = alternative(node)
        if chosen is not None:
            self._walk(chosen, href)

    def _control(self, node: Element, href: str | None) -> None:
        properties = child(node, W + "sdtPr")
        if switched_on(properties, W + "showingPlcHdr"):
            self.context.leave_out("placeholder", texts_in(child(node, W + "sdtContent")))
            return
        content = child(node, W + "sdtContent")
        if content is not None:
            self._walk(content, href)

    def _drawing(self, node: Element, _href: str | None) -> None:
        drawing: Drawing = read_drawing(node, self.part, self.context)
        self._now.figures += drawing.figures
        self._now.boxes += drawing.boxes

    def _math(self, node: Element, href: str | None) -> None:
        text = "".join(text_of(element) for element in node.iter(M + "t", W + "t"))
        if text:
            self.context.count("math", text)
            self._text(text, Look(), href)
        self._floating(node, href)

    def _floating(self, node: Element, href: str | None) -> None:
        """Notes and drawings within something that is read as plain text."""
        for inner in node.iter(*FLOATING):
            if inner.tag in NOTE_CALLS:
                self._note(inner, Look())
            elif not any(above.tag in DRAWINGS for above in inner.iterancestors()):
                self._drawing(inner, href)

    def _outside(self, node: Element, _href: str | None) -> None:
        """``w:altChunk`` and ``w:subDoc``: another file in this one's place."""
        found = target(self.part, node.get(R + "id"))
        name = found.address if isinstance(found, External) else getattr(found, "partname", "")
        self.context.leave_out("inserted-file", str(name) or "?")


_HANDLERS = {
    W + "r": RunReader._run,
    W + "hyperlink": RunReader._hyperlink,
    W + "fldSimple": RunReader._simple_field,
    W + "del": RunReader._deletion,
    W + "moveFrom": RunReader._deletion,
    W + "ins": RunReader._insertion,
    W + "moveTo": RunReader._insertion,
    W + "commentReference": RunReader._comment,
    W + "commentRangeStart": RunReader._comment,
    MC + "AlternateContent": RunReader._alternate,
    W + "sdt": RunReader._control,
    W + "drawing": RunReader._drawing,
    W + "pict": RunReader._drawing,
    W + "object": RunReader._drawing,
    M + "oMath": RunReader._math,
    W + "altChunk": RunReader._outside,
    W + "subDoc": RunReader._outside,
}
