"""Every rule finds its fault in a good draft and nothing else; ten drafts with several faults; three without any."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from nlp.lint.finding import Finding, Report, rules
from tests.lint.checked import checked
from tests.lint.drafts import GOOD, as_docx
from tests.lint.faults import FAULTS, SPOILED, Fault, spoiled

#: Rules that no fault of a draft breaks; other tests find them.
ELSEWHERE = {"scope.no-directive", "scope.other-rules", "content.replaced"}


def named(fault: Fault, report: Report) -> bool:
    """Whether a report names a fault, at its place."""
    return any(one.rule.id == fault.rule and fault.at in surface(one) for one in report.findings)


def surface(finding: Finding) -> str:
    return " ".join(finding.evidence.surface.split()) if finding.evidence is not None else ""


def told(report: Report) -> set[str]:
    return {one.rule.id for one in report.findings}


def test_every_rule_has_a_fault() -> None:
    assert {fault.rule for fault in FAULTS} | ELSEWHERE == set(rules())


@pytest.mark.parametrize("name", GOOD)
def test_good_drafts_are_clean(name: str) -> None:
    report = checked(as_docx(GOOD[name]()))
    assert report.findings == () and report.notes == () and report.clean


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_a_fault_is_named_and_nothing_else(fault: Fault) -> None:
    report = checked(as_docx(fault.made()))
    assert named(fault, report), report.findings
    assert told(report) == {fault.rule}
    for one in report.findings:
        assert one.what.endswith(".") and one.fix and one.rule.source
        if one.evidence is not None:
            assert one.paragraph is not None and one.evidence.page >= 1


@pytest.mark.parametrize("name", SPOILED)
def test_spoiled_drafts(name: str) -> None:
    draft, faults = spoiled(name)
    report = checked(as_docx(draft))
    assert [fault.rule for fault in faults if not named(fault, report)] == []
    assert told(report) == {fault.rule for fault in faults}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the good and the spoiled drafts as LibreOffice prints them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice")
    folder = tmp_path_factory.mktemp("printed")
    drafts = {name: make() for name, make in GOOD.items()} | {name: spoiled(name)[0] for name in SPOILED}
    for name, draft in drafts.items():
        (folder / f"{name}.docx").write_bytes(as_docx(draft))
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in drafts]
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder


@pytest.mark.slow
def test_the_printed_pages_say_the_same_as_the_file(printed: Path) -> None:
    for name in GOOD:
        assert checked((printed / f"{name}.pdf").read_bytes(), "dự thảo.pdf").findings == (), name
    for name in SPOILED:
        report = checked((printed / f"{name}.pdf").read_bytes(), "dự thảo.pdf")
        faults = spoiled(name)[1]
        assert [fault.rule for fault in faults if not named(fault, report)] == [], name
        assert told(report) == {fault.rule for fault in faults}, name
