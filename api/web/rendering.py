"""How pages are made of templates; shared by the files that gather what they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from api import wording
from api.doors.csrf import with_field
from api.doors.person import Person
from api.library import Library
from api.marking import pieces
from api.plain import placed
from index.words import bare_name

HERE = Path(__file__).parent


def environment() -> Environment:
    """Return the templates with what all of them may use."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": wording.day, "path": lambda text: quote(text, safe="/")}
    made.globals |= {"wording": wording, "pieces": pieces, "placed": placed}
    return made


def page(request: Request, template: str, status: int = 200, **data: Any) -> HTMLResponse:
    """Return a rendered page."""
    templates: Environment = request.app.state.templates
    person: Person | None = request.scope.get("state", {}).get("person")
    shown = person if person is not None and person.csrf else None
    html = templates.get_template(template).render(path=request.url.path, person=shown, **data)
    return HTMLResponse(with_field(html, shown.csrf) if shown else html, status_code=status)


def error_page(request: Request, status: int, title: str, detail: str) -> HTMLResponse:
    """Return the page for an error."""
    return page(request, "error.html", status, title=title, detail=detail)


def years_of(library: Library) -> list[str]:
    """Return the school years of the stored directives, newest first."""
    return sorted({row.school_year for row in library.documents() if row.school_year}, reverse=True)


def offices_of(library: Library) -> list[str]:
    """Return the offices that issued the stored directives, each once, as most of them spell it ("Hòa", "Hoà")."""
    return _each_once(row.issuer for row in library.documents())


def types_of(library: Library) -> list[str]:
    """Return the types (tên loại) of the stored directives, each once, as most of them spell it."""
    return _each_once(row.doc_type for row in library.documents())


def _each_once(names: Iterable[str | None]) -> list[str]:
    spelled = Counter(filter(None, names))
    return sorted({bare_name(name): name for name, _ in reversed(spelled.most_common())}.values())
