"""Whether the masthead is complete, and nobody is in it twice."""

from __future__ import annotations

import re
from collections import Counter

from newsletter_pdf.findings import periodical as rules
from newsletter_pdf.model import Masthead
from newsletter_pdf.periodical.context import Scene

# What a periodical's masthead always has; each one of these roles will do. Measures for the Administration of
# Materials for Internal Circulation (2015) ask for the organisation and those responsible.
_EDITOR_IN_CHIEF = re.compile(
    r"(?:总编辑?|主编|总主编|总编审)(?:（.*）)?|(?:执行|轮值|本期)(?:主编|总编辑?)|编辑?部?主任"
)
_EDITORS = re.compile(r"编辑|责编|采编|编校|编务|编委|编审")
_ORGANISER = re.compile(r"主办|主管|编印|编辑出版|承办|出版单位")
_OR = re.compile(r"\s*[/|]\s*|\s*或\s*")


def check_board(scene: Scene) -> None:
    """Report roles without people and people who stand twice under one role."""
    masthead = scene.issue.masthead
    if masthead is None:
        return
    roles = {group.role for group in masthead.board} | {group.role for group in masthead.organisations}
    file = masthead.place.file
    name = file.name if file is not None else "masthead.yaml"
    if masthead.required_roles:
        for wanted in masthead.required_roles:
            if not roles & set(_OR.split(wanted)):
                place = scene.text_place(wanted, file) or masthead.place
                scene.report(rules.ROLE_MISSING, place, role=wanted, file=name)
    else:
        _usual(scene, masthead, name)
    for group in masthead.board:
        for person, count in Counter(person.name for person in group.people).items():
            if count > 1:
                place = scene.text_place(group.role, file) or masthead.place
                scene.report(rules.PERSON_TWICE, place, role=group.role, name=person)


def _usual(scene: Scene, masthead: Masthead, name: str) -> None:
    missing: list[tuple[str, str]] = []
    board = [group.role for group in masthead.board]
    if board and not any(_EDITOR_IN_CHIEF.fullmatch(role) for role in board):
        missing.append(("主编（总编辑）", "editor in chief"))
    if board and not any(_EDITORS.search(role) for role in board):
        missing.append(("编辑", "editors"))
    if masthead.organisations and not any(_ORGANISER.search(group.role) for group in masthead.organisations):
        missing.append(("主办单位", "publishing organisation"))
    if missing:
        zh, en = "、".join(zh for zh, _ in missing), ", ".join(en for _, en in missing)
        scene.report(rules.ROLE_USUAL_MISSING, masthead.place, roles_zh=zh, roles=en, file=name)
