"""The fields of a document's electronic record (Nghị định 30/2020/NĐ-CP, Phụ lục VI) for every stored directive.

A field that only the office knows stays empty for it to fill in: its own code (OrganId), its files (FileCatalog,
FileNotation, DocOrdinal), the arrival number of its register, copies, urgency. Days are ISO.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from api.tables import safe
from corpus.facts import Facts
from corpus.numbers import parse_number
from corpus.store import DocumentInfo

#: The fields in the order of the annex, then the file that the record is of.
FIELDS = (
    *("OrganId", "FileCatalog", "FileNotation", "DocOrdinal", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate"),
    *("OrganName", "Subject", "Language", "PageAmount", "Description", "Position", "FullName", "Priority"),
    *("To", "IssuedAmount", "ArrivalDate", "ArrivalNumber", "ToPlaces", "TraceHeaderList", "DueDate"),
    *("DocumentId", "FileName"),
)
#: What the annex calls the kind of a document without a name of its kind.
_LETTER = "Công văn"


def record(info: DocumentInfo, facts: Facts, arrived: str) -> dict[str, Any]:
    """Return the record of a directive that came in on ISO day ``arrived``."""
    header = facts.header
    number = parse_number(header.number) if header.number else None
    serial, _, notation = str(number or header.number or "").partition("/")
    days = sorted(deadline.due for deadline in facts.deadlines if deadline.due)
    known: dict[str, Any] = {
        "TypeName": header.doc_type or (_LETTER if number is not None and number.type is None else ""),
        "CodeNumber": serial,
        "CodeNotation": notation,
        "IssuedDate": header.date or "",
        "OrganName": header.issuer or "",
        "Subject": header.subject or "",
        "Language": "Tiếng Việt",
        "PageAmount": info.pages,
        "Position": header.signer_title or "",
        "FullName": header.signer or "",
        "To": list(header.addressees),
        "ArrivalDate": arrived,
        "ToPlaces": list(header.recipients),
        "TraceHeaderList": sorted({citation.number for citation in facts.citations}),
        "DueDate": days[0] if days else "",
        "DocumentId": info.id,
        "FileName": info.source,
    }
    return {name: known.get(name, "") for name in FIELDS}


def as_csv(records: list[dict[str, Any]]) -> bytes:
    """Return records as a table that Excel opens: lists with semicolons, nothing that looks like a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for row in records:
        writer.writerow([safe("; ".join(v) if isinstance(v, list) else str(v)) for v in row.values()])
    return out.getvalue().encode("utf-8-sig")
