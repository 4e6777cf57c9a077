"""``layout.yaml``: what one layout folder says of itself, before inheritance."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf.findings import Finding, Findings, Place
from newsletter_pdf.findings.layout import LAYOUT_BAD_FIELD, LAYOUT_UNKNOWN_KEY
from newsletter_pdf.layouts.options import TYPES, OptionSpec
from newsletter_pdf.source import YamlMapping, YamlNode, YamlScalar, load_yaml, plain_value

MANIFEST = "layout.yaml"
_KEYS = ("name", "title", "description", "inherits", "options")
_OPTION_KEYS = ("type", "default", "zh", "en", "min", "max", "choices")


@dataclass(frozen=True, slots=True)
class Manifest:
    """One ``layout.yaml``. ``declared`` are new options, ``defaults`` new defaults for inherited ones, with places."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    inherits: str | None
    place: Place
    inherits_place: Place
    declared: Mapping[str, OptionSpec] = field(default_factory=dict)
    defaults: Mapping[str, tuple[object, Place]] = field(default_factory=dict)


def nearest(word: str, known: Iterable[str]) -> dict[str, str]:
    """The message fields that suggest the known word nearest to ``word``: empty strings when none is near."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    if not close:
        return {"nearest_zh": "", "nearest_en": ""}
    return {"nearest_zh": f"是不是「{close[0]}」？", "nearest_en": f"Did you mean “{close[0]}”? "}


def read_manifest(folder: Path, findings: Findings) -> Manifest | None:
    """Read ``folder/layout.yaml``; None when it is no use, with the reasons among ``findings``."""
    file = folder / MANIFEST
    before = findings.errors
    root = load_yaml(file, findings)
    if not isinstance(root, YamlMapping):
        if findings.errors == before:
            _bad(findings, Place(file), MANIFEST, "应是一组「字段: 值」", "should be “field: value” lines")
        return None
    _unknown_keys(root, _KEYS, findings)
    name = _text(root.get("name"))
    if name != folder.name:
        place = _place(root, "name")
        _bad(findings, place, "name", f"应与文件夹同名：{folder.name}", f"should be the folder's name, {folder.name}")
    title = _two_languages(root, "title", findings, required=True)
    description = _two_languages(root, "description", findings, required=False)
    inherits = root.get("inherits")
    if inherits is not None and not _text(inherits):
        _bad(findings, inherits.place, "inherits", "应是另一个版式的名字", "should be the name of another layout")
    declared, defaults = _options(root.get("options"), findings)
    if findings.errors != before:
        return None
    return Manifest(
        name=folder.name,
        title=title,
        description=description,
        inherits=None if inherits is None else _text(inherits),
        place=root.place,
        inherits_place=root.place if inherits is None else inherits.place,
        declared=declared,
        defaults=defaults,
    )


def _options(
    node: YamlNode | None, findings: Findings
) -> tuple[dict[str, OptionSpec], dict[str, tuple[object, Place]]]:
    declared: dict[str, OptionSpec] = {}
    defaults: dict[str, tuple[object, Place]] = {}
    if node is None or (isinstance(node, YamlScalar) and node.is_null):
        return declared, defaults
    if not isinstance(node, YamlMapping):
        _bad(findings, node.place, "options", "应是一组「选项: 值」", "should be “option: value” lines")
        return declared, defaults
    for key, value in node:
        if not isinstance(value, YamlMapping):
            defaults[key.text] = (plain_value(value), value.place)
        elif not key.text.isidentifier() or key.text.startswith("_"):
            reason_zh, reason_en = "名字只能用小写字母、数字和 _", "may have only letters, digits and _ in its name"
            _bad(findings, key.place, key.text, reason_zh, reason_en)
        elif (spec := _declaration(key, value, findings)) is not None:
            declared[key.text] = spec
    return declared, defaults


def _declaration(key: YamlScalar, node: YamlMapping, findings: Findings) -> OptionSpec | None:
    """A declared option: its type first, then every value as that type."""
    before = findings.errors
    _unknown_keys(node, _OPTION_KEYS, findings)
    kind = _text(node.get("type"))
    if kind not in TYPES:
        known = ", ".join(TYPES)
        _bad(findings, _place(node, "type"), f"{key.text}.type", f"应是其中之一：{known}", f"should be one of {known}")
        return None
    for language in ("zh", "en"):
        if not _text(node.get(language)):
            _bad(findings, key.place, f"{key.text}.{language}", "缺说明文字", "has no description")
    choices_node = node.get("choices")
    choices = plain_value(choices_node) if choices_node is not None else []
    if not isinstance(choices, list) or bool(choices) != (kind == "choice"):
        reason_zh, reason_en = "choice 类型要列出 choices，其他类型不要", "goes with the type choice, and only with it"
        _bad(findings, key.place, f"{key.text}.choices", reason_zh, reason_en)
        return None
    bare = OptionSpec(key.text, kind, "", "", "", choices=tuple(str(choice) for choice in choices))
    values = {}
    for part in ("default", "min", "max"):
        value = node.get(part)
        if value is None:
            if part == "default":
                _bad(findings, key.place, f"{key.text}.default", "缺默认值", "has no default")
            continue
        result = bare.read(plain_value(value), value.place)
        if isinstance(result, Finding):
            findings.add(result)
        else:
            values[part] = result
    if findings.errors != before:
        return None
    spec = OptionSpec(
        name=key.text,
        type=kind,
        default=values["default"],
        zh=_text(node.get("zh")),
        en=_text(node.get("en")),
        minimum=values.get("min"),
        maximum=values.get("max"),
        choices=bare.choices,
    )
    default = node.get("default")
    checked = spec.read(plain_value(default), default.place) if default is not None else spec.default
    if isinstance(checked, Finding):
        findings.add(checked)
        return None
    return spec


def _unknown_keys(node: YamlMapping, known: Collection[str], findings: Findings) -> None:
    for key, _ in node:
        if key.text not in known:
            fields = nearest(key.text, known)
            findings.add(LAYOUT_UNKNOWN_KEY.at(key.place, key=key.text, known=", ".join(known), **fields))


def _two_languages(node: YamlMapping, key: str, findings: Findings, *, required: bool) -> dict[str, str]:
    value = node.get(key)
    if value is None and not required:
        return {"zh": "", "en": ""}
    texts = {
        language: _text(value.get(language)) if isinstance(value, YamlMapping) else "" for language in ("zh", "en")
    }
    if not all(texts.values()):
        _bad(findings, _place(node, key), key, "要有 zh（中文）和 en（英文）两行", "needs two lines, zh and en")
    return texts


def _text(node: YamlNode | None) -> str:
    return node.text.strip() if isinstance(node, YamlScalar) else ""


def _place(node: YamlMapping, key: str) -> Place:
    value = node.get(key)
    return node.place if value is None else value.place


def _bad(findings: Findings, place: Place, field_name: str, reason_zh: str, reason_en: str) -> None:
    findings.add(LAYOUT_BAD_FIELD.at(place, field=field_name, reason_zh=reason_zh, reason_en=reason_en))
