"""What a check found, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from api.linted.sentences import place, summary
from api.usecases.linting import Checked, by_level
from nlp.lint.finding import Level

_STYLES = {Level.ERROR: "bold red", Level.SHOULD: "yellow", Level.ADVICE: "cyan"}


def view(rows: Sequence[Checked]) -> RenderableType:
    """Return what a person reads: for each file its findings, the heaviest first."""
    shown: list[RenderableType] = []
    for row in rows:
        shown.append(Text(f"{row.source}: {summary(row)}", style="bold"))
        if row.report is None:
            continue
        shown += [Text(f"  {note}", style="dim") for note in row.report.notes]
        for level, findings in by_level(row.report):
            for one in findings:
                shown.append(Text.assemble("  ", (level.label, _STYLES[level]), f"  {place(one)}{one.what}"))
                shown.append(Text(f"      → {one.fix}  [{one.rule.source}]"))
    return Group(*shown)
