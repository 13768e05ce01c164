"""The spaCy pipeline for Vietnamese: underthesea's word segmentation with exact offsets, and the room's components.

``doc.text == text`` always: a token is a stretch of the text, a word of several syllables included, and white space
that is more than one blank is a token of its own, as spaCy has it elsewhere. Span groups: ``verbs`` (task verbs),
``units`` (who), ``levels`` (which schools).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.words.folding import folded
from nlp.words.vocabulary import entries, table, union
from nlp.words.without import without

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

#: Longer texts are segmented in pieces, so that work stays linear.
PIECE = 2_000
#: What spaCy and underthesea import where it is installed, for models that are not used here: seconds, half the start.
UNUSED = ("torch", "transformers", "sklearn")
VERBS, UNITS, LEVELS = "verbs", "units", "levels"
#: The component that marks units and levels, for who asks for verbs alone.
UNITS_COMPONENT = "directive_units"
_WORD = re.compile(r"\S+")
_PIECE_END = re.compile(r"[.;:,]\s|\n|\s")


class VietnameseTokenizer:
    """A spaCy tokenizer on ``underthesea.word_tokenize``."""

    def __init__(self, vocab: Vocab) -> None:
        with without(*UNUSED):
            from underthesea import word_tokenize  # type: ignore[import-untyped]  # has no stubs

        self.vocab = vocab
        self._segment: Callable[..., list[str]] = word_tokenize

    def __call__(self, text: str) -> Doc:
        """Return ``text`` as a Doc whose text is ``text``, character for character."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in self._spans(text):
            _blank(text[at:start], words, spaces)
            words.append(text[start:end])
            spaces.append(False)
            at = end
        _blank(text[at:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the offsets of words; where segmentation cannot be laid on the text, those of its syllables."""
        for lo, hi in _pieces(text):
            found = _aligned(text, lo, hi, self._segment(text[lo:hi], use_token_normalize=False))
            yield from found if found is not None else ((m.start(), m.end()) for m in _WORD.finditer(text, lo, hi))


def _blank(gap: str, words: list[str], spaces: list[bool]) -> None:
    """Add the white space between two tokens: the first blank belongs to the token before it."""
    if not gap:
        return
    if gap[0] == " " and words and not spaces[-1]:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    lo = 0
    while lo < len(text):
        hi = min(len(text), lo + PIECE)
        if hi < len(text):
            ends = [m.end() for m in _PIECE_END.finditer(text, lo + PIECE // 2, hi)]
            hi = ends[-1] if ends else hi
        yield lo, hi
        lo = hi


def _aligned(text: str, lo: int, hi: int, words: Iterable[str]) -> list[tuple[int, int]] | None:
    """Lay segmented words on the text; None where a syllable is not found or letters are left over."""
    found: list[tuple[int, int]] = []
    at = lo
    for word in words:
        start: int | None = None
        for syllable in word.split():
            place = text.find(syllable, at, hi)
            if place < 0 or text[at:place].strip():
                return None
            start = place if start is None else start
            at = place + len(syllable)
        if start is not None:
            found.append((start, at))
    return found if not text[at:hi].strip() else None


def may_hold_verbs(text: str) -> bool:
    """Tell whether a task verb can stand in ``text``, without segmenting it: its syllables do."""
    return _verb_words().search(text.lower()) is not None


@lru_cache(maxsize=1)
def _verb_words() -> re.Pattern[str]:
    words = sorted({word.lower() for row in table("verbs")["verb"] for word in row["words"]}, key=len, reverse=True)
    return re.compile("|".join(r"\s+".join(map(re.escape, word.split())) for word in words))


@lru_cache(maxsize=1)
def load() -> Language:
    """Return the pipeline; the first call loads spaCy and underthesea (seconds), later ones give the same object."""
    with without(*UNUSED):
        import spacy
        from spacy.language import Language

    for name, component in ((UNITS_COMPONENT, _units), ("directive_verbs", _verb_component())):
        if not Language.has_factory(name):
            Language.component(name, func=component)
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}})
    nlp.tokenizer = VietnameseTokenizer(nlp.vocab)
    nlp.add_pipe("directive_verbs")
    nlp.add_pipe(UNITS_COMPONENT)
    return nlp


def _verb_component() -> Callable[[Doc], Doc]:
    """Return the component that marks task verbs: a PhraseMatcher over segmented words."""
    matchers: list[object] = []

    def verbs(doc: Doc) -> Doc:
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc as Words

        if not matchers:
            matcher = PhraseMatcher(doc.vocab, attr="LOWER")
            for row in table("verbs")["verb"]:
                # as one word, as underthesea has it in context, and as loose syllables
                forms = [Words(doc.vocab, words=[w]) for w in row["words"]]
                forms += [Words(doc.vocab, words=w.split()) for w in row["words"] if " " in w]
                matcher.add(row["group"], forms)
            matchers.append(matcher)
        found = matchers[0](doc, as_spans=True)  # type: ignore[operator]  # a PhraseMatcher
        doc.spans[VERBS] = sorted(found, key=lambda span: span.start)
        return doc

    return verbs


def _units(doc: Doc) -> Doc:
    """Mark units and school levels by the room's tables, widened to whole words."""
    fold = folded(doc.text)
    for key, group in ((UNITS, "unit"), (LEVELS, "level")):
        spans: list[Span] = []
        for match in union("units", group).finditer(fold):
            name = entries("units", group)[int(str(match.lastgroup)[1:])].name
            span = doc.char_span(match.start(), match.end(), label=name, alignment_mode="expand")
            if span is not None:
                spans.append(span)
        doc.spans[key] = spans
    return doc
