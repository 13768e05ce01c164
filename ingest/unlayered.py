"""Taking text out of a PDF page while everything else that is drawn stays as it is."""

from __future__ import annotations

from typing import Any

#: Text render modes that paint nothing: invisible, and only added to the clipping path.
_INVISIBLE = (3, 7)

_SHOWING = frozenset(("Tj", "TJ", "'", '"'))

#: Forms within forms.
_MOST_DEPTH = 8


def without_text(document: Any, page: Any, *, hidden_only: bool) -> None:
    """Take the text out of a pikepdf page: all of it, or only what is invisible. Forms that it draws are copied."""
    import pikepdf

    kept = _kept(pikepdf.parse_content_stream(page), hidden_only)
    page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
    resources = page.obj.get("/Resources")
    if isinstance(resources, pikepdf.Dictionary):
        page.obj.Resources = _resources(document, resources, hidden_only, 0)


def _resources(document: Any, resources: Any, hidden_only: bool, depth: int) -> Any:
    """Return a copy of resources in which the forms have no text."""
    import pikepdf

    forms = resources.get("/XObject")
    if not isinstance(forms, pikepdf.Dictionary) or depth > _MOST_DEPTH:
        return resources
    changed = dict(forms.items())
    for name, form in forms.items():
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
            changed[name] = _form(document, form, hidden_only, depth)
    return pikepdf.Dictionary({**dict(resources.items()), "/XObject": pikepdf.Dictionary(changed)})


def _form(document: Any, form: Any, hidden_only: bool, depth: int) -> Any:
    import pikepdf

    kept = _kept(pikepdf.parse_content_stream(form), hidden_only)
    copy = document.make_stream(pikepdf.unparse_content_stream(kept))
    for key, value in form.stream_dict.items():
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            copy.stream_dict[key] = value
    inner = form.stream_dict.get("/Resources")
    if isinstance(inner, pikepdf.Dictionary):
        copy.stream_dict.Resources = _resources(document, inner, hidden_only, depth + 1)
    return copy


def _kept(instructions: Any, hidden_only: bool) -> list[Any]:
    """Return the instructions without those that show (invisible) text; the text's position still moves on."""
    kept, mode, stack = [], 0, list[int]()
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(mode)
        elif operator == "Q" and stack:
            mode = stack.pop()
        elif operator == "Tr" and instruction.operands:
            mode = int(instruction.operands[0])
        elif operator in _SHOWING and (not hidden_only or mode in _INVISIBLE):
            kept += _next_line(operator, instruction.operands)
            continue
        kept.append(instruction)
    return kept


def _next_line(operator: str, operands: Any) -> list[Any]:
    """Return what an instruction that shows text does besides showing it."""
    import pikepdf

    def one(name: str, *values: Any) -> Any:
        return pikepdf.ContentStreamInstruction(list(values), pikepdf.Operator(name))

    if operator == "'":
        return [one("T*")]
    if operator == '"' and len(operands) >= 2:
        return [one("Tw", operands[0]), one("Tc", operands[1]), one("T*")]
    return []
