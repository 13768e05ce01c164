"""Text on the way to a draft: open places stand in it as marks, so that rules see one character for each."""

from __future__ import annotations

import re

from nlp.drafting.draft import Gap, Run

#: Marks of open places lie in the private use area: no text from a directive has them.
_FIRST, _LAST = 0xE100, 0xF8FF
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
#: The writing office, kept from rules that rewrite names of offices.
OWN_OFFICE = "\ue010"


class Marks:
    """The open places of one draft."""

    def __init__(self) -> None:
        self._gaps: list[Gap] = []

    def put(self, text: str, question: str) -> str:
        """Return the mark of an open place; the same question has the same mark."""
        gap = Gap(text, question)
        if gap not in self._gaps:
            self._gaps.append(gap)
        return chr(_FIRST + self._gaps.index(gap))

    def runs(self, text: str) -> tuple[Run, ...]:
        """Return a text with marks as runs."""
        found: list[Run] = []
        at = 0
        for match in _MARK.finditer(text):
            if match.start() > at:
                found.append(Run(text[at : match.start()]))
            gap = self._gaps[ord(match[0]) - _FIRST]
            found.append(Run(gap.text, gap))
            at = match.end()
        if at < len(text):
            found.append(Run(text[at:]))
        return tuple(found)

    def plain(self, text: str) -> str:
        """Return a text with the words of its open places."""
        return "".join(run.text for run in self.runs(text))
