"""A draft on the terminal: what it is, its text, its tasks and what is still to be decided."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.usecases.drafting import Drafted


def view(drafted: Drafted) -> RenderableType:
    """Return the draft with its open places marked."""
    draft = drafted.draft
    parts: list[RenderableType] = [
        Text(f"{draft.title or 'CÔNG VĂN'} (dự thảo) · {draft.issuer_full}", style="bold"),
        Text(f"V/v {draft.about.text}" if draft.title is None else draft.about.text),
        *(Text(f"Kính gửi: {line.text}") for line in draft.to),
        Text(""),
    ]
    for paragraph in draft.body:
        line = Text(f"{paragraph.label} " if paragraph.label else "")
        for run in paragraph.runs:
            line.append(run.text, style="black on yellow" if run.gap else "")
        parts.append(line)
    if draft.tasks:
        table = Table("Hạn", "Hạn của Bộ", "Đơn vị", "Nhiệm vụ", title="Nhiệm vụ và thời hạn", title_justify="left")
        for task in draft.tasks:
            table.add_row(Text(task.due_text), Text(task.above_text), Text(task.who), Text(task.task))
        parts += [Text(""), table]
    if draft.gaps:
        parts += [Text("\nCần quyết định:", style="bold"), *(Text(f"• {gap.question}") for gap in draft.gaps)]
    if draft.left_out:
        parts += [Text("\nKhông đưa vào dự thảo:", style="bold")]
        parts += [Text(f"• {out.why}: {out.text[:120]}") for out in draft.left_out]
    parts += [Text(f"\n{note}") for note in draft.notes]
    return Group(*parts)
