"""Whether what an OCR wrote can stand in a directive at all, judged by its form alone."""

from __future__ import annotations

import re

from corpus.text import is_syllable

#: Signs that stand at the edges of words.
EDGE = "\"'“”‘’«».,;:!?…()[]{}<>*/\\|-–—_=+#•·"
_NUMBER = re.compile(r"[\dIVXLC]+(?:[./,:-]\d+)*%?|\d+[a-zđ]|[a-zđA-ZĐ]\d{0,2}")
_CODE = re.compile(
    r"(?:\d+[/-])*(?:\d+/)?(?:[A-ZĐƯÔ]{2,}|TTg|CTr|TTr)(?:[-/&](?:[A-ZĐƯÔ0-9]+|TTg|CTr|TTr))*(?:[-/]\d+)*"
    r"|[A-Za-zđĐ]/[a-zđ]"
)
#: A word with the number of a footnote.
_NOTED = re.compile(r"(\w+?)[1-9]\d?")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")


def is_word(text: str) -> bool:
    """Tell whether this can stand in a directive: a Vietnamese syllable, a number, a code, an address, a mark."""
    core = text.strip(EDGE)
    if not core:
        return len(text) == 1
    if is_syllable(core.lower()):
        return core.islower() or core.isupper() or core.istitle()
    if _NUMBER.fullmatch(core) or _CODE.fullmatch(core) or _ADDRESS.fullmatch(core):
        return True
    noted = _NOTED.fullmatch(core)
    if noted is not None and len(noted[1]) > 1 and is_syllable(noted[1].lower()):
        return True
    parts = re.split(r"[-/&,;:]", core)
    return len(parts) > 1 and all(part.isdigit() or is_syllable(part.lower()) for part in parts if part)
