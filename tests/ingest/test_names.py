"""Names that a text spells in several ways are agreed; nothing but marks changes."""

from corpus.text import fold
from ingest.restore.decoder import Found
from ingest.restore.names import agreed


def readings(*rows: tuple[str, float]) -> tuple[list[Found], list[str]]:
    """Return readings, one line each of words parted by blanks, all words as sure as the row says."""
    found, lines = [], []
    for number, (text, sure) in enumerate(rows):
        at = 0
        for word in text.split(" "):
            found.append(Found(number, at, at + len(word), word, sure, ()))
            at += len(word) + 1
        lines.append(text)
    return found, lines


def texts(rows: list[Found]) -> str:
    return " ".join(r.text for r in rows)


def test_the_spelling_with_most_votes_wins_whatever_the_case() -> None:
    rows = agreed(*readings(("UBND TỈNH PHÚ LÀM", 0.6), ("tỉnh Phú Lâm", 0.9), ("Sở GDĐT Phú Lâm", 0.9)))
    assert texts(rows) == "UBND TỈNH PHÚ LÂM tỉnh Phú Lâm Sở GDĐT Phú Lâm"
    assert rows[3].alternatives[0] == "LÀM"


def test_one_sure_reading_beats_one_that_is_not() -> None:
    assert texts(agreed(*readings(("xã Nho Quản", 0.3), ("xã Nho Quan", 0.9)))) == "xã Nho Quan xã Nho Quan"


def test_a_tie_changes_nothing() -> None:
    rows = readings(("ông Lê Hùng", 0.9), ("bà Lê Hưng", 0.9))
    assert agreed(*rows) == rows[0]


def test_words_in_small_letters_are_no_names_and_letters_stay() -> None:
    rows = readings(("quy định", 0.9), ("quỹ đinh", 0.2), ("Quỹ Đinh", 0.9), ("Quy Định", 0.2))
    out = agreed(*rows)
    assert texts(out[:4]) == "quy định quỹ đinh"
    assert [fold(a.text) for a in out] == [fold(b.text) for b in rows[0]]
