"""Reading order from places alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import BlockKind, Box
from ingest.layout import lay_out
from ingest.pages import Token

WIDTH, HEIGHT, SIZE = 595.0, 842.0, 13.0


def line(text: str, x: float, y: float, run: int, size: float = SIZE) -> list[Token]:
    """Set a line of words from ``x`` on; every letter is half as wide as the type is high."""
    tokens = []
    for word in text.split():
        end = x + 0.5 * size * len(word)
        tokens.append(Token(word, Box(x, y, end, y + size), run))
        x = end + 0.28 * size
    return tokens


def page(*rows: tuple[str, float, float] | tuple[str, float, float, float]) -> list[Token]:
    return [token for run, row in enumerate(rows) for token in line(row[0], row[1], row[2], run, *row[3:])]


HEAD = (
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", 60.0, 60.0),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290.0, 60.0),
    ("PHÚ LÂM", 110.0, 76.0),
    ("Độc lập - Tự do - Hạnh phúc", 320.0, 77.0),
    ("Số: 21/SGDĐT-VP", 80.0, 110.0),
    ("Phú Lâm, ngày 05 tháng 9 năm 2023", 310.0, 109.0),
    ("V/v báo cáo đầu năm học", 70.0, 126.0),
)
BODY = (
    ("Kính gửi: Trưởng phòng giáo dục và đào tạo các huyện, thị xã.", 120.0, 160.0),
    ("Thực hiện chỉ đạo của Bộ, Sở yêu cầu các phòng báo cáo kết quả trước", 85.0, 184.0),
    ("ngày 15 tháng 9.", 85.0, 200.0),
)
SIGN = (
    ("Nơi nhận:", 60.0, 242.0, 11.0),
    ("GIÁM ĐỐC", 390.0, 240.0),
    ("- Như trên;", 60.0, 256.0, 10.0),
    ("- Lưu: VT.", 60.0, 268.0, 10.0),
    ("Trần Văn An", 385.0, 320.0),
)


def test_letterhead_body_and_sign_off_are_read_column_by_column() -> None:
    laid = lay_out(page(*HEAD, *BODY, *SIGN), WIDTH, HEIGHT)
    left, right = [0, 2, 4, 6], [1, 3, 5]
    wanted = [HEAD[k][0] for k in left + right] + [row[0] for row in BODY]
    wanted += [SIGN[k][0] for k in (0, 2, 3, 1, 4)]
    assert laid.text.split("\n") == wanted
    kinds = [block.kind for block in laid.blocks]
    assert kinds == [BlockKind.LETTERHEAD, BlockKind.BODY, BlockKind.RECIPIENTS, BlockKind.SIGNATURE]
    assert laid.text[laid.blocks[3].start : laid.blocks[3].end] == "GIÁM ĐỐC\nTrần Văn An"


def test_the_order_in_which_words_come_does_not_matter() -> None:
    tokens = page(*HEAD, *BODY, *SIGN)
    assert lay_out(tokens[::-1], WIDTH, HEIGHT).text == lay_out(tokens, WIDTH, HEIGHT).text


def test_a_short_title_right_of_the_gutter_stays_below_the_letterhead() -> None:
    rows = (*HEAD, ("KẾ HOẠCH", 285.0, 150.0), *((text, x, y + 30) for text, x, y in BODY))
    assert lay_out(page(*rows), WIDTH, HEIGHT).text.split("\n")[7] == "KẾ HOẠCH"


def test_page_numbers_go_but_other_numbers_stay() -> None:
    rows = (("2", 294.0, 30.0), ("chi tiết kèm theo.", 85.0, 60.0), ("15", 85.0, 400.0), ("- 2 -", 285.0, 805.0))
    assert lay_out(page(*rows), WIDTH, HEIGHT).text == "chi tiết kèm theo.\n15"


def test_a_table_is_read_row_by_row() -> None:
    rows = []
    for k in range(4):
        y = 100.0 + 20 * k
        rows += [(f"{k}", 90.0, y), (f"việc {k}", 150.0, y), (f"{k}/9/2023", 400.0, y + 1)]
    laid = lay_out(page(*rows), WIDTH, HEIGHT)
    assert laid.text.split("\n") == [f"{k} việc {k} {k}/9/2023" for k in range(4)]
    assert [block.kind for block in laid.blocks] == [BlockKind.TABLE]


def test_footnotes_keep_their_place_and_their_mark() -> None:
    body = [(f"dòng thứ {k} của phần nội dung", 85.0, 60.0 + 20 * k) for k in range(8)]
    laid = lay_out(page(*body, ("1 Theo Quyết định số 5/QĐ-UBND.", 85.0, 780.0, 9.0)), WIDTH, HEIGHT)
    assert laid.text.endswith("\n1 Theo Quyết định số 5/QĐ-UBND.")
    assert laid.blocks[-1].kind is BlockKind.FOOTNOTE


def test_a_note_under_the_sign_off_is_one_line_across_both_columns() -> None:
    note = "1 Theo Thông tư số 16/2022/TT-BGDĐT ngày 22/11/2022 của Bộ Giáo dục và Đào tạo."
    # as a scan has it: more room between the words than two columns need when a long line narrows it
    words = []
    for k, token in enumerate(line(note, 60.0, 780.0, 99, 9.0)):
        box = token.box
        words.append(Token(token.text, Box(box.x0 + 1.4 * k, box.y0, box.x1 + 1.4 * k, box.y1), token.run))
    laid = lay_out([*page(*HEAD, *BODY, *SIGN), *words], WIDTH, HEIGHT)
    assert laid.text.endswith(f"Trần Văn An\n{note}")
    assert laid.blocks[-1].kind is BlockKind.FOOTNOTE


words = st.text(alphabet="aăâbcdđeêghiốộữẵ1234/-;:.N", min_size=1, max_size=9)
places = st.tuples(st.floats(0, 560), st.floats(0, 830), st.floats(4, 60), st.floats(5, 20), st.integers(0, 12))


@given(st.lists(st.tuples(words, places), max_size=40))
def test_every_word_is_where_it_says(found: list[tuple[str, tuple[float, float, float, float, int]]]) -> None:
    tokens = [Token(text, Box(x, y, x + w, y + h), run) for text, (x, y, w, h, run) in found]
    laid = lay_out(tokens, WIDTH, HEIGHT)
    assert [laid.text[w.start : w.end] for w in laid.words] == laid.text.split()
    assert sum(len(block_text) for block_text in laid.text.split()) <= sum(len(t.text) for t in tokens)
    at = 0
    for block in laid.blocks:
        assert block.start >= at and block.end > block.start
        at = block.end


def test_a_signature_read_as_letters_is_no_line_of_the_sign_off() -> None:
    def read(tokens: list[Token], confidence: float) -> list[Token]:
        return [Token(t.text, t.box, t.run, confidence) for t in tokens]

    name = "Trần Văn An"
    scrawl = [Token("N", Box(400, 262, 408, 274), 90, 0.92), Token("xk", Box(380, 290, 395, 300), 91, 0.4)]
    speck = [Token("„", Box(375, 330, 380, 333), 92, 0.9)]
    tokens = [*read(page(*HEAD, *BODY, *SIGN), 0.96), *scrawl, *speck]
    laid = lay_out(tokens, WIDTH, HEIGHT)
    signature = laid.blocks[-1]
    assert signature.kind is BlockKind.SIGNATURE
    assert laid.text[signature.start : signature.end] == f"GIÁM ĐỐC\n{name}"


def test_a_footnote_that_goes_on_under_the_sign_off() -> None:
    """Its mark stands on the page before."""
    notes = [("ngày 21/01/2023 về việc ban hành hướng dẫn giám sát trong trường học;", 60.0, 600.0, 10.0),
             ("Công văn số 12/SGDĐT-VP ngày 30/01/2023 của Sở về phòng bệnh.", 60.0, 612.0, 10.0)]  # fmt: skip
    laid = lay_out(page(*BODY, *SIGN, *notes), WIDTH, HEIGHT, 2)
    assert [block.kind for block in laid.blocks][-1] is BlockKind.FOOTNOTE
    assert laid.text.endswith("\n".join(row[0] for row in notes))
