"""The JSON Schemas are made from the reader's own declarations."""

import json
from pathlib import Path

import pytest

from newsletter_pdf.reader.schema import FILES, schema_of, write_schemas

HOME = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_in_the_repository_are_current(name: str) -> None:
    """After a change of fields `make docs` was run."""
    written = json.loads((HOME / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert written == schema_of(FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_every_field_is_known_and_explained(name: str) -> None:
    """A code editor completes each key with its Chinese explanation, and marks any other key."""
    schema = schema_of(FILES[name])
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert list(properties) == [field.key for field in FILES[name].fields]
    assert all(value["description"] for value in properties.values())
    assert schema["additionalProperties"] is False
    assert schema.get("required", []) == [field.key for field in FILES[name].fields if field.required]


def test_writing_makes_one_file_for_each_kind(tmp_path: Path) -> None:
    """All schemas, complete and valid JSON."""
    paths = write_schemas(tmp_path / "schemas")
    assert sorted(path.name for path in paths) == sorted(f"{name}.schema.json" for name in FILES)
    assert all(json.loads(path.read_text(encoding="utf-8"))["type"] == "object" for path in paths)


@pytest.mark.parametrize("name", ["2026-11/issue.yaml", "masthead.yaml", "services.yaml", "mail.yaml"])
def test_the_sample_files_name_their_schema(name: str) -> None:
    """The first line tells a code editor where the schema lies, and it lies there."""
    path = HOME / "content" / name
    line = path.read_text(encoding="utf-8").splitlines()[0]
    assert line.startswith("# yaml-language-server: $schema=")
    assert (path.parent / line.partition("=")[2]).resolve().is_file()
