"""Every way to spoil a good PDF that we could think of is caught by the rule meant for it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import mutation_contents
import mutation_files
import mutation_fonts
import mutation_pages
import mutation_paint
import mutation_places
import mutation_tables
import mutation_tags
import pikepdf
import pytest
from mutation_tools import MUTATIONS, Mutation, Sample, saved

from newsletter_pdf.findings import Level
from newsletter_pdf.findings.catalogue import all_rules
from newsletter_pdf.findings.groups import levels
from newsletter_pdf.verify import Proof, prove

TABLES = (
    mutation_pages,
    mutation_contents,
    mutation_tags,
    mutation_files,
    mutation_places,
    mutation_paint,
    mutation_fonts,
    mutation_tables,
)


def test_the_unspoilt_file_has_no_findings(sample: Sample, tmp_path: Path) -> None:
    """Neither as it is built nor as pikepdf writes it again: no mutation is caught for its means."""
    plain, again = tmp_path / "plain.pdf", tmp_path / "again.pdf"
    plain.write_bytes(sample.data)
    with pikepdf.open(BytesIO(sample.data)) as pdf:
        again.write_bytes(saved(pdf))
    for path in (plain, again):
        for wanted in (None, sample.expected):
            proof = prove(
                path,
                font_names=sample.font_names,
                font_files=sample.font_files,
                expected_pages=sample.pages,
                limits=sample.limits,
                expected=wanted,
            )
            assert [(f.code, f.message_en) for f in proof.findings] == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_spoilt_file_is_caught_by_name(mutation: Mutation, proof_of: Callable[[Mutation], Proof]) -> None:
    """The codes of the rules meant for it are among the findings."""
    found = {finding.code for finding in proof_of(mutation).findings}
    assert mutation.codes <= found


def test_an_issue_may_switch_off_what_its_layout_wants_so(proof_of: Callable[[Mutation], Proof]) -> None:
    """A running head left out on purpose; a wrong page number in the contents stays an error, whatever is set."""
    by_name = {mutation.name: mutation for mutation in MUTATIONS}
    for name, code, stays in (
        ("running head missing on one page", "N716", False),
        ("wrong page number printed for an article", "N521", True),
    ):
        findings = proof_of(by_name[name]).findings
        assert code in {finding.code for finding in findings}
        findings.configure(levels({"contents": Level.OFF, code: Level.OFF}))
        assert (code in {finding.code for finding in findings}) is stays


def test_the_table_is_sound() -> None:
    """Sixty mutations and more, each with a name of its own and codes that exist."""
    names = [mutation.name for mutation in MUTATIONS]
    assert len(TABLES) == 8
    assert len(set(names)) == len(names) >= 60
    known = {rule.code for rule in all_rules()}
    assert all(mutation.codes and mutation.codes <= known for mutation in MUTATIONS)
