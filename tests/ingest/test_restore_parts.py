"""The parts of the restorer that need no model: slots, numbers by form, the gate, and what training computes."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.quality import assess
from ingest.restore import pack
from ingest.restore.candidates import Damage
from ingest.restore.gate import damage_of, plan
from ingest.restore.numerals import fixed_parts
from ingest.restore.specks import unruled
from ingest.restore.tokens import BREAK, COMMA, slots
from ingest.restore.training import channel, field, language
from ingest.restore.training.corpora import is_held_out

ROOT = Path(__file__).resolve().parents[2]


def words(line: str) -> list[str]:
    """Return the words of the slots of a line."""
    return [line[s.start : s.end] for s in slots(line)]


def test_slots_cut_words_but_not_codes() -> None:
    assert words("1. Căn cứ (Luật) kinh tế - xã hội; và/hoặc 26/2019/TT-BGDĐT.") == [
        "1", "Căn", "cứ", "Luật", "kinh", "tế", "xã", "hội", "và", "hoặc", "26/2019/TT-BGDĐT",
    ]  # fmt: skip
    assert words("xay.ra tại http://so.edu.vn/a-b và a.b@so.edu.vn") == [
        "xay", "ra", "tại", "http://so.edu.vn/a-b", "và", "a.b@so.edu.vn",
    ]  # fmt: skip


def test_codes_of_forms_are_one_word() -> None:
    assert words("theo mẫu TS-03 (M-01a), dịch COVID-19") == [
        "theo", "mẫu", "TS-03", "M", "01a", "dịch", "COVID", "19",
    ]  # fmt: skip


def test_slots_know_what_stands_between_words() -> None:
    line = "một, hai. ba (bốn)"
    assert [(s.before, s.after) for s in slots(line)] == [(-1, COMMA), (-1, BREAK), (-1, -1), (BREAK, BREAK)]


@given(st.text(max_size=80))
def test_slots_lie_in_the_line_in_order(line: str) -> None:
    at = 0
    for slot in slots(line):
        assert at <= slot.start < slot.end <= len(line)
        at = slot.end


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Thông tư 26/2019/TT-BGDDPT ngày", "Thông tư 26/2019/TT-BGDĐT ngày"),
        ("số 749/Qb-TTg về", "số 749/QĐ-TTg về"),
        ("Nghị định 30/2020/ND-\nCP quy định", "Nghị định 30/2020/NĐ-\nCP quy định"),
        ("trước ngày l5/9/2O22 và 3O%", "trước ngày 15/9/2022 và 30%"),
        ("năm học 2O22-2023", "năm học 2022-2023"),
        ("Điều 39.13.ND.88.9.", "Điều 39.13.NĐ.88.9."),
        ("a) một\nb) hai\n¢) ba\nd) bốn\nd) năm\ne) sáu", "a) một\nb) hai\nc) ba\nd) bốn\nđ) năm\ne) sáu"),
        ("Ill. TỔ CHỨC", "III. TỔ CHỨC"),
        ("giá 1.250 đồng, tỷ lệ 2/3, mã A4", "giá 1.250 đồng, tỷ lệ 2/3, mã A4"),
        ("d) một mình", "d) một mình"),
        ("Viv hướng dẫn", "V/v hướng dẫn"),
        ("thực hiện/.", "thực hiện./."),
        ("Số: 207/PGDDT", "Số: 207/PGDĐT"),
        ("Iv. BÁO CÁO", "IV. BÁO CÁO"),
        ("v. TỔ CHỨC THỰC HIỆN", "V. TỔ CHỨC THỰC HIỆN"),
        ("Báo cáo quý 11/2026", "Báo cáo quý II/2026"),
        ("trong hoc ky | va", "trong hoc ky I va"),
        ("Bao cao trong quy IV/2023, quy Il/2024", "Bao cao trong quy IV/2023, quy II/2024"),
        ("Ill/ MOT SO LUU Y\n11/9 gui", "III/ MOT SO LUU Y\n11/9 gui"),
        ("IL DOI VOI CAC TRUONG\nIL 12 a", "II. DOI VOI CAC TRUONG\nIL 12 a"),
        ("truoc ngay 30,.6.2023 va 15,/6/2023", "truoc ngay 30.6.2023 va 15/6/2023"),
        ("cac lop 1,2/2023, 12./.", "cac lop 1,2/2023, 12./."),
        ("quý 1/2026, năm 11", "quý 1/2026, năm 11"),
    ],
)
def test_numbers_and_points_are_repaired_by_form(text: str, repaired: str) -> None:
    out, at = [], 0
    for part in fixed_parts(text):
        out += [text[at : part.start], part.reading]
        at = part.end
    assert "".join([*out, text[at:]]) == repaired


@given(st.text(alphabet="abdđe)4©. \n/QDTtg-0123lO%", max_size=60))
def test_fixed_parts_do_not_overlap(text: str) -> None:
    at = 0
    for part in fixed_parts(text):
        assert at <= part.start < part.end <= len(text)
        at = part.end


GOOD = (
    "Các trường tiểu học lập danh sách học sinh được miễn học phí, niêm yết công khai tại bảng tin của đơn vị và "
    "gửi phòng quản lý để theo dõi, tổng hợp, báo cáo cấp trên theo đúng thời hạn đã nêu ở công văn này."
)
OCR = (
    "Cdc truong tiéu hoc lap danh sach hoc sinh duoc mién hoc phi, niém yét cong khai tai bang tin cua don vi va "
    "gti phong quan ly dé theo doi, téng hgp, bdo cdo cap trén theo dting thoi han d@ néu o céng van nay."
)


def test_gate_acts_on_the_broken_part_only() -> None:
    lines = [GOOD] * 40 + [OCR] * 40
    acted = {n for s in plan(lines, assess("\n".join(lines))) if s.damage for n in range(s.first, s.last)}
    assert set(range(48, 80)) <= acted
    assert not acted & set(range(32))


def test_short_page_goes_with_the_text_around_it() -> None:
    whole = assess("\n".join([OCR] * 20))
    assert plan(["Noi nhan:", "- Nhu trén;"], whole)[0].damage is Damage.OCR
    assert plan(["Noi nhan:", "- Nhu trén;"], assess(GOOD))[0].damage in (None, Damage.OCR)
    assert plan([GOOD], whole)[0].damage is None


def test_kinds_of_damage_are_told_apart() -> None:
    from tests.bench.restore import stripped, toneless

    assert damage_of(assess(OCR)) is Damage.OCR
    assert damage_of(assess(stripped(GOOD))) is Damage.STRIPPED
    assert damage_of(assess(toneless(GOOD))) is Damage.TONELESS


def test_channel_learns_blocks_from_pairs() -> None:
    rows = [("sự cố của số liệu", "su c6 ctia s6 liéu")] * 40 + [("số cũ", "s6 cii")] * 10
    pairs, kinds = channel.word_pairs(rows)
    assert kinds["1-1"] == 40 * 5 + 10 * 2
    cost = channel.blocks(channel.atoms_of(pairs))
    assert channel.align_cost("^số$", "^s6$", cost) < 1.0
    assert channel.align_cost("^cố$", "^c6$", cost) < 1.0
    assert channel.align_cost("^số$", "^liéu$", cost) == float("inf")


def test_words_that_joined_and_split_are_aligned() -> None:
    found = list(channel.align_words("cơ sở dữ liệu".split(), "cosé dit li éu".split()))
    assert (["cơ", "sở"], ["cosé"]) in found
    assert (["liệu"], ["li", "éu"]) in found


def test_language_model_is_a_distribution() -> None:
    reader = language.Reader()
    for text in ("một hai ba", "một hai bốn", "hai ba một hai", "ba, một hai ba.") * 3:
        reader.add(text, 1)
    ids = np.frombuffer(reader.ids, dtype=np.int32).astype(np.int64)
    size = len(reader.number)
    levels = language.estimate(ids, np.frombuffer(reader.weights, dtype=np.int8), size, (1, 1))
    assert np.isclose(np.exp(levels[0].logp).sum(), 1.0)
    for context in {int(k) >> language.BITS for k in levels[1].keys}:
        every = (np.int64(context) << language.BITS) | np.arange(size, dtype=np.int64)
        total = language._lower_p(every, levels[:2], np.exp(levels[0].logp)).sum()
        assert np.isclose(total, 1.0, atol=1e-6), context


def test_pack_and_read_again(tmp_path: Path) -> None:
    keys = np.arange(1, 400, dtype=np.int64) * 7919
    levels = {f"{part}{n}": value for n in (1, 2, 3, 4) for part, value in
              (("keys", keys), ("logp", -np.linspace(0, 9, 399)), ("back", -np.linspace(0, 3, 399)))}  # fmt: skip
    np.savez(tmp_path / "lm.npz", words=np.array("a\nb"), mixed=np.array("TTg"), shapes=np.zeros((2, 4, 4)), **levels)  # type: ignore[arg-type]  # numpy's stub takes the names for options
    (tmp_path / "c.json").write_text(json.dumps({"blocks": [["số", "s6", 0.5]]}), encoding="utf-8")
    pack.write(tmp_path / "lm.npz", tmp_path / "c.json", tmp_path / "model" / pack.FILE)
    packed = pack.read(tmp_path / "model" / pack.FILE)
    assert packed.words == ["a", "b"] and packed.blocks == [("số", "s6", 0.5)]
    assert sum(1 for name in (tmp_path / "model").iterdir() if name.suffix == ".npz") == 1


def test_field_grammar_is_whole() -> None:
    rules = field.grammar()
    used = set(re.findall(r"\{(\w+)\}", json.dumps(rules, ensure_ascii=False)))
    assert used <= set(rules)
    texts = list(field.sentences(500, seed=3))
    assert texts == list(field.sentences(500, seed=3))
    assert not any("{" in text for text in texts)
    assert len(set(texts)) > 300


def test_held_out_share_is_stable() -> None:
    held = Counter(is_held_out(f"Điều {n}. Nội dung thứ {n}") for n in range(20_000))
    assert 300 < held[True] < 500
    assert is_held_out("Điều 7. ") == is_held_out("Điều 7.")


def test_nothing_reads_the_yardsticks() -> None:
    for path in (ROOT / "ingest" / "restore").rglob("*"):
        if path.suffix in (".py", ".txt") and path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"shared/(?:seeds|gold|scans)|\b00[012]\.txt", text), path


@pytest.mark.parametrize(
    ("line", "without"),
    [
        ("theo Thong tu_s6_27/2020/TT-BGDDT_ ngay_04 thang-9", "theo Thong tu s6 27/2020/TT-BGDDT  ngay 04 thang 9"),
        ("kiém tra_ | Cac t6", "kiém tra  | Cac t6"),
        ("a_b_c_d@so.edu.vn và http://so.vn/a_b-c", "a_b_c_d@so.edu.vn và http://so.vn/a_b-c"),
        ("Họ tên: ________ lớp 9-A", "Họ tên: ________ lớp 9-A"),
        ("năm 2020-2021, lớp 9-A", "năm 2020-2021, lớp 9-A"),
    ],
)
def test_strokes_of_rulings_become_blanks(line: str, without: str) -> None:
    assert unruled(line) == without
