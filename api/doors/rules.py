"""The one table of what each address asks of who comes: the least role, whose things it touches, what the log keeps.

The gate lets nobody but an admin through to an address that is not here, and a test finds every route of the
application in it. ``docs/security.md`` shows the same table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.routing import compile_path

from api.doors.person import Role

if TYPE_CHECKING:
    from fastapi import FastAPI


class Scope(StrEnum):
    """Whose things an address touches."""

    #: the same for every office: directives and what the machine read of them
    SHARED = "shared"
    #: a list or a page: one's own office's, and those of the offices below
    OWN = "own"
    #: one thing of one office, named in the address, the query or the form: 403 where it is another office's
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Rule:
    """What ``method path`` asks for; ``least`` None lets everybody in. ``act`` is the action in the audit log, and
    ``subject`` the part of the address that names what was seen or changed."""

    method: str
    path: str
    least: Role | None
    scope: Scope = Scope.SHARED
    act: str = ""
    subject: str = ""


@lru_cache(maxsize=512)
def pattern(path: str) -> re.Pattern[str]:
    """Return the addresses that a path with names in it means: by the router's own rules, as it will route them."""
    return compile_path(path)[0]


_ANYBODY, _VIEWER, _EDITOR, _ADMIN = None, Role.VIEWER, Role.EDITOR, Role.ADMIN
_OWN, _OFFICE = Scope.OWN, Scope.OFFICE

RULES: tuple[Rule, ...] = (
    # what is needed to sign in, and what tells nothing
    Rule("GET", "/static/{path:path}", _ANYBODY),
    Rule("GET", "/dang-nhap", _ANYBODY),
    Rule("POST", "/dang-nhap", _ANYBODY),
    Rule("POST", "/dang-xuat", _VIEWER, _OWN),
    Rule("GET", "/mat-khau", _VIEWER, _OWN),
    Rule("POST", "/mat-khau", _VIEWER, _OWN),
    Rule("GET", "/nguoi-dung", _ADMIN),
    Rule("GET", "/nguoi-dung/{name}", _ADMIN),
    Rule("POST", "/nguoi-dung", _ADMIN),
    Rule("GET", "/v1/healthz", _ANYBODY),
    Rule("GET", "/readyz", _ANYBODY),
    Rule("GET", "/metrics", _VIEWER),
    # the interface described
    Rule("GET", "/openapi.json", _VIEWER),
    Rule("GET", "/docs", _VIEWER),
    Rule("GET", "/docs/openapi.json", _VIEWER),
    Rule("GET", "/docs/assets/{path:path}", _VIEWER),
    # directives
    Rule("POST", "/v1/documents", _EDITOR, act="document.add"),
    Rule("GET", "/v1/documents", _VIEWER),
    Rule("GET", "/v1/documents/{document}", _VIEWER, act="see.document", subject="document"),
    Rule("DELETE", "/v1/documents/{document}", _ADMIN, act="document.remove", subject="document"),
    Rule("GET", "/v1/documents/{document}/pages/{number}.png", _VIEWER, act="see.page", subject="document"),
    Rule("GET", "/v1/documents/{document}/original", _VIEWER, act="export.original", subject="document"),
    Rule("GET", "/v1/documents/{document}/text", _VIEWER, act="export.text", subject="document"),
    Rule("GET", "/v1/documents/{document}/searchable.pdf", _VIEWER, act="export.pdf", subject="document"),
    Rule("GET", "/v1/jobs/{job}", _VIEWER, _OFFICE),
    # asking
    Rule("GET", "/v1/search", _VIEWER),
    Rule("GET", "/v1/similar/{passage}", _VIEWER),
    Rule("GET", "/v1/suggest", _VIEWER),
    Rule("GET", "/v1/graph", _VIEWER),
    Rule("GET", "/v1/graph/{number:path}", _VIEWER, act="see.graph", subject="number"),
    Rule("GET", "/v1/compare", _VIEWER, act="see.compare"),
    Rule("GET", "/v1/compare.docx", _VIEWER, act="export.compare"),
    Rule("GET", "/v1/draft", _VIEWER, act="see.draft"),
    Rule("POST", "/v1/draft", _VIEWER, act="export.draft"),
    Rule("GET", "/v1/draft.docx", _VIEWER, act="export.draft"),
    Rule("GET", "/v1/draft.xlsx", _VIEWER, act="export.draft"),
    # a draft is looked at and not kept
    Rule("POST", "/v1/lint", _VIEWER, act="see.lint"),
    # duties: what a unit has done is that office's own
    Rule("GET", "/v1/duties", _VIEWER, _OFFICE),
    Rule("GET", "/v1/duties.ics", _VIEWER, _OFFICE, act="export.calendar"),
    Rule("GET", "/v1/duties.xlsx", _VIEWER, _OFFICE, act="export.table"),
    Rule("GET", "/v1/duties.csv", _VIEWER, _OFFICE, act="export.table"),
    # units and ticks; the desk logs their changes itself
    Rule("GET", "/v1/units/{unit}/calendar.ics", _VIEWER, _OFFICE, act="export.calendar", subject="unit"),
    Rule("POST", "/v1/units", _EDITOR, _OWN),
    Rule("GET", "/v1/units", _VIEWER, _OWN),
    Rule("GET", "/v1/units/{unit}", _VIEWER, _OFFICE),
    Rule("DELETE", "/v1/units/{unit}", _EDITOR, _OFFICE),
    Rule("POST", "/v1/units/{unit}/restore", _EDITOR, _OFFICE),
    Rule("PUT", "/v1/units/{unit}/duties/{duty}/done", _EDITOR, _OFFICE),
    Rule("DELETE", "/v1/units/{unit}/duties/{duty}/done", _EDITOR, _OFFICE),
    # corrections; the desk logs them itself
    Rule("GET", "/v1/review", _VIEWER, _OWN),
    Rule("POST", "/v1/documents/{document}/corrections", _EDITOR, _OWN),
    Rule("GET", "/v1/corrections", _VIEWER, _OWN),
    Rule("DELETE", "/v1/corrections/{correction}", _EDITOR, _OFFICE),
    Rule("GET", "/v1/audit", _ADMIN),
    # pages
    Rule("GET", "/", _VIEWER),
    Rule("GET", "/van-ban", _VIEWER),
    Rule("GET", "/van-ban/{document}", _VIEWER, act="see.document", subject="document"),
    Rule("GET", "/mang", _VIEWER),
    Rule("GET", "/mang/{number:path}", _VIEWER, act="see.graph", subject="number"),
    Rule("GET", "/so-sanh", _VIEWER, act="see.compare"),
    Rule("GET", "/du-thao", _VIEWER, act="see.draft"),
    Rule("GET", "/kiem-tra", _VIEWER),
    Rule("POST", "/kiem-tra", _VIEWER, act="see.lint"),
    Rule("GET", "/nap", _EDITOR),
    Rule("POST", "/nap", _EDITOR, act="document.add"),
    Rule("GET", "/nap/{job}", _VIEWER, _OFFICE),
    Rule("GET", "/truong-toi", _VIEWER, _OWN),
    Rule("GET", "/truong-toi/in", _VIEWER, _OWN, act="export.table"),
    Rule("POST", "/truong-toi/luu", _EDITOR, _OWN),
    Rule("POST", "/truong-toi/bo-luu", _EDITOR, _OWN),
    Rule("POST", "/truong-toi/xong", _EDITOR, _OWN),
    Rule("POST", "/truong-toi/chua-xong", _EDITOR, _OWN),
    Rule("GET", "/can-xem-lai", _VIEWER, _OWN),
    Rule("POST", "/can-xem-lai", _EDITOR, _OWN),
    Rule("POST", "/can-xem-lai/hoan-tac", _EDITOR, _OFFICE),
)


def find(method: str, path: str) -> tuple[Rule, dict[str, str]] | None:
    """Return the rule of an address with the parts of its path, None where there is none; HEAD is as GET."""
    wanted = "GET" if method == "HEAD" else method
    for rule in RULES:
        if rule.method == wanted and (match := pattern(rule.path).match(path)) is not None:
            return rule, match.groupdict()
    return None


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Return method and path of everything that the application answers, mounted folders as GET."""
    from fastapi.routing import iter_route_contexts
    from starlette.routing import Mount

    found = []
    for route in iter_route_contexts(app.router.routes):
        path = route.path or ""
        if isinstance(route.original_route, Mount):
            found.append(("GET", f"{path}/{{path:path}}"))
        found += [(method, path) for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


def forgotten(app: FastAPI) -> list[tuple[str, str]]:
    """Return what the application answers and no rule speaks of."""
    known = {(rule.method, rule.path) for rule in RULES}
    return [route for route in routes(app) if route not in known]


def is_page(path: str) -> bool:
    """Whether an address is for people with a browser, who are sent to the sign-in, and not for programs."""
    return not path.startswith(("/v1/", "/docs/", "/openapi.json", "/static/", "/metrics", "/readyz"))
