"""A comparison on the terminal."""

from __future__ import annotations

from itertools import pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.compared.sentences import chosen, fact_line, name_of, summary
from api.usecases.comparing import Outcome
from nlp.compare.comparison import Comparison, Row


def view(outcome: Outcome, only: str | None = None) -> RenderableType:
    """Return what a person reads: the summary, then a line for each row of items; ``only`` is a filter's code."""
    shown: list[RenderableType] = []
    for comparison, (old, new) in zip(outcome.comparisons, pairwise(outcome.sides), strict=True):
        shown.append(Text(f"{old.name} → {new.name}", style="bold"))
        shown += [Text(f"  {sentence}") for sentence in summary(comparison)]
        shown += [Text(f"  • {fact.task}: {fact_line(fact)}") for _, fact in comparison.facts()]
        if comparison.related:
            shown.append(_table(comparison, old.name, new.name, only))
    return Group(*shown)


def _table(comparison: Comparison, old: str, new: str, only: str | None) -> Table:
    table = Table(show_lines=True)
    table.add_column("Kết quả", width=14)
    table.add_column(old, ratio=1)
    table.add_column(new, ratio=1)
    for row in comparison.rows:
        if only is None or chosen(row, only):
            facts = "".join(f"\n• {fact_line(fact)}" for fact in row.facts)
            table.add_row(name_of(row), _side(row, old=True), Text.assemble(_side(row, old=False), facts))
    return table


def _side(row: Row, *, old: bool) -> Text:
    made = Text()
    for part in row.old if old else row.new:
        made.append(f"{part.key} (tr. {part.evidence.page}, d. {part.evidence.line}) ", style="bold")
    text = row.old_text if old else row.new_text
    if not row.words:
        made.append(text)
    for change in row.words:
        piece = text[change.old_start : change.old_end] if old else text[change.new_start : change.new_end]
        made.append(piece, style="" if change.same else ("red strike" if old else "green underline"))
    return made
