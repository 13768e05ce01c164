"""Examples in the API's own description for what no schema of ours says: parameters by name, what FastAPI adds.

Fields of the schemas have theirs beside them.
"""

from __future__ import annotations

from typing import Any

_DOCUMENT = "3f2a9c0d" * 8

#: Parameters by name, in paths and questions.
PARAMETERS: dict[str, Any] = {
    "correction": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "document": _DOCUMENT,
    "dpi": 110.0,
    "duty": "3f2a9c0d1e2f-0a1b2c3d4e5f",
    "format": "json",
    "if-none-match": '"3f2a9c0d-1-110"',
    "job": "0123456789abcdef0123456789abcdef",
    "limit": 20,
    "offset": 0,
    "passage": "3f2a9c0d" * 4,
    "unit": "0f1e2d3c4b5a6978",
}
#: Where the same name means another thing: by address and name.
ELSEWHERE: dict[tuple[str, str], Any] = {
    ("/v1/graph/{number}", "number"): "4118/BGDĐT-GDTC",
    ("/v1/documents/{document}/pages/{number}.png", "number"): 1,
}
#: Fields of the schemas that FastAPI makes itself.
FIELDS: dict[tuple[str, str], Any] = {
    ("ValidationError", "loc"): ["query", "limit"],
    ("ValidationError", "msg"): "Input should be less than or equal to 100",
    ("ValidationError", "type"): "less_than_equal",
    ("ValidationError", "input"): "1000",
    ("ValidationError", "ctx"): {"le": 100},
    ("Body_upload_v1_documents_post", "files"): ["báo cáo.pdf"],
}


def filled(described: dict[str, Any]) -> dict[str, Any]:
    """Return the description with an example for every parameter and field that had none."""
    for path, methods in described["paths"].items():
        for operation in methods.values():
            for parameter in operation.get("parameters", []):
                schema, name = parameter["schema"], parameter["name"]
                example = ELSEWHERE.get((path, name), PARAMETERS.get(name))
                if example is not None and "examples" not in schema and "example" not in parameter:
                    schema["examples"] = [example]
    for (schema_name, field), example in FIELDS.items():
        made = described["components"]["schemas"].get(schema_name, {}).get("properties", {}).get(field)
        if made is not None:
            made.setdefault("examples", [example])
    return described
