"""The words in which findings are told."""

from __future__ import annotations

from api.usecases.linting import Checked
from nlp.lint.finding import Finding, Level


def summary(row: Checked) -> str:
    """Return one sentence about a file."""
    if row.report is None:
        return f"không kiểm tra được. {row.error}"
    counts = [f"{count} {level.label}" for level in Level if (count := row.report.count(level))]
    if not counts:
        return "không thấy lỗi thể thức."
    return f"{', '.join(counts)}."


def place(finding: Finding) -> str:
    """Return where a finding is, with a colon behind it; "" for one about the whole document."""
    if finding.evidence is None:
        return ""
    more = f", và {finding.count - 1} chỗ khác" if finding.count > 1 else ""
    return f"Trang {finding.evidence.page}, đoạn {finding.paragraph}{more}: "
