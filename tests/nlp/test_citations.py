"""Citations in office language: each form, what stands around it, and what is none."""

from __future__ import annotations

import pytest

from corpus.facts import CitationPlace
from tests.nlp.texts import HEAD, cited, facts_of

FORMS = [
    (
        "theo Thông tư số 26/2020/TT-BGDĐT ngày 04/9/2020 của Bộ trưởng Bộ GDĐT",
        "26/2020/TT-BGDĐT",
        "Thông tư",
        "2020-09-04",
    ),
    (
        "theo Công văn số 3899/BGDĐT-GDTrH ngày 03 tháng 8 năm 2023 của Bộ GDĐT",
        "3899/BGDĐT-GDTrH",
        "Công văn",
        "2023-08-03",
    ),
    ("theo CV số 3899/BGDĐT-GDTrH ngày 3/8/2023", "3899/BGDĐT-GDTrH", "Công văn", "2023-08-03"),
    ("theo QĐ 131/QĐ-TTg", "131/QĐ-TTg", "Quyết định", None),
    ("theo TT số 09/2021/TT-BGDĐT", "09/2021/TT-BGDĐT", "Thông tư", None),
    (
        "theo Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban Chấp hành Trung ương",
        "29-NQ/TW",
        "Nghị quyết",
        "2013-11-04",
    ),
    ("theo Chỉ thị số 40-CT/TW", "40-CT/TW", "Chỉ thị", None),
    ("theo Nghị quyết 17/NQ-CP", "17/NQ-CP", "Nghị quyết", None),
    ("theo Luật Giáo dục số 43/2019/QH14 ngày 14/6/2019", "43/2019/QH14", "Luật", "2019-06-14"),
    ("theo Luật Giáo dục năm 2019", "43/2019/QH14", "Luật", None),
    ("theo Luật An ninh mạng 2018", "24/2018/QH14", "Luật", None),
    ("theo Thông tư liên tịch số 17/2016/TTLT-BGDĐT-BTTTT", "17/2016/TTLT-BGDĐT-BTTTT", "Thông tư liên tịch", None),
    ("theo văn bản số 257/SGDĐT-TTTT", "257/SGDĐT-TTTT", "Công văn", None),
    ("theo Kế hoạch 1490/KH-SGDĐT", "1490/KH-SGDĐT", "Kế hoạch", None),
    ("theo Kế hoạch số 2450/KH-BCĐ ngày 01/8/2023", "2450/KH-BCĐ", "Kế hoạch", "2023-08-01"),
    ("theo Thông tư số 40 /2012/TT- BTC ngày 08/3/2012 của Bộ Tài chính", "40/2012/TT-BTC", "Thông tư", "2012-03-08"),
    ("theo Nghị định sé 15/2019/NĐ-\nCP ngày 01/02/2019 của Chính phủ", "15/2019/NĐ-CP", "Nghị định", "2019-02-01"),
    ("theo Thông tư số\n35/2017/TT-BGDĐT", "35/2017/TT-BGDĐT", "Thông tư", None),
    ("theo Quyêt đinh sô 749/QD-TTg ngay 03/6/2020", "749/QĐ-TTg", "Quyết định", "2020-06-03"),
    ("theo Công văn của Bộ GDĐT số 5555/BGDĐT-GDTrH ngày 08/10/2014", "5555/BGDĐT-GDTrH", "Công văn", "2014-10-08"),
    ("theo Quyết định số 16/2006/QĐ-BGDĐT (ban hành ngày 05/5/2006)", "16/2006/QĐ-BGDĐT", "Quyết định", "2006-05-05"),
    (
        "theo Thông tư số 32/2018/TT-BGDĐT của Bộ trưởng Bộ GDĐT ngày 26/12/2018",
        "32/2018/TT-BGDĐT",
        "Thông tư",
        "2018-12-26",
    ),
    ("theo Quyết định số 2171/QĐ - BGDĐT ngày 28/7/2023", "2171/QĐ-BGDĐT", "Quyết định", "2023-07-28"),
    ("theo Đề án 117/QĐ-TTg", "117/QĐ-TTg", "Quyết định", None),
]


@pytest.mark.parametrize(
    ("text", "number", "doc_type", "date"), FORMS, ids=[f[1] + str(k) for k, f in enumerate(FORMS)]
)
def test_a_form_is_found_with_its_date(text: str, number: str, doc_type: str, date: str | None) -> None:
    rows = cited(f"1. Các đơn vị thực hiện {text} và các văn bản khác.")
    assert [(c.number, c.doc_type, c.date, c.relation.value) for c in rows] == [(number, doc_type, date, "pursuant_to")]


RELATIONS = [
    ("Thực hiện Chỉ thị số 800/CT-BGDĐT ngày 24/8/2021 của Bộ GDĐT, Sở yêu cầu:", ["implements"]),
    ("Triển khai Kế hoạch số 96/KH-UBND ngày 20/3/2023 của UBND tỉnh, Sở yêu cầu:", ["implements"]),
    ("Căn cứ Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2020;", ["based_on"]),
    ("Tiếp tục thực hiện nghiêm túc Công văn số 77/SGDĐT-VP.", ["implements"]),
    ("Thu học phí đúng quy định tại Nghị định số 81/2021/NĐ-CP.", ["pursuant_to"]),
    ("Đánh giá học sinh theo hướng dẫn tại Công văn số 1315/BGDĐT-GDTH.", ["pursuant_to"]),
    ("Chuẩn kỹ năng quy định tại Thông tư số 03/2014/TT-BTTTT.", ["pursuant_to"]),
    ("Tuân thủ các quy định của Thông tư số 42/2021/TT-BGDĐT và Quyết định số 4998/QĐ-BGDĐT.", ["pursuant_to"] * 2),
    ("Công văn này thay thế Công văn số 602/SGDĐT-GDTrH ngày 11/10/2021.", ["replaces"]),
    ("Bãi bỏ Quyết định số 12/QĐ-SGDĐT ngày 05/01/2020.", ["replaces"]),
    ("Kế hoạch này thay thế phần tuyển sinh tại Kế hoạch số 41/KH-SGDĐT.", ["replaces"]),
    ((
        "Thông tư số 50/2021/TT-BGDĐT sửa đổi, bổ sung một số điều của Thông tư số 01/2017/TT-BGDĐT."
    ), ["mentions", "mentions"]),
    ("Quyết định này sửa đổi, bổ sung một số điều của Quyết định số 12/QĐ-SGDĐT.", ["amends"]),
    ("Sửa đổi khoản 2 Điều 4 Quy định ban hành kèm theo Quyết định số 12/QĐ-SGDĐT.", ["amends"]),
    ("Chỉ thị này có hiệu lực kể từ ngày ký và thay thế Chỉ thị số 3/CT-UBND.", ["replaces"]),
    ((
        "Căn cứ Nghị định số 5/2021/NĐ-CP của Chính phủ, Sở GDĐT điều chỉnh một số nội dung của Kế hoạch số 7/KH-SGDĐT."
    ), ["based_on", "amends"]),
    ((
        "Căn cứ Nghị định số 71/2020/NĐ-CP ngày 30/6/2020; Nghị định số 8/2023/NĐ-CP ngày 07/12/2023 sửa đổi, bổ sung "
        "một số điều của Nghị định số 71/2020/NĐ-CP;"
    ), ["based_on", "based_on", "mentions"]),
    ((
        "Căn cứ Thông tư số 11/2014/TT-BGDĐT, được sửa đổi, bổ sung tại Thông tư số 05/2018/TT-BGDĐT và Thông tư số "
        "2/2019/TT-BGDĐT;"
    ), ["based_on"] * 3),
    ((
        "Chi trả theo Nghị định số 116/2020/NĐ-CP (đã được sửa đổi, bổ sung tại Nghị định số 60/2025/NĐ-CP)."
    ), ["pursuant_to", "mentions"]),
    ((
        "Thông tư số 4/2022/TT-BGDĐT hướng dẫn thực hiện một số điều của Nghị định số 9/2021/NĐ-CP."
    ), ["mentions", "mentions"]),
    ("Công văn này bãi bỏ Công văn số 5/SGDĐT-VP và Công văn số 6/SGDĐT-VP.", ["replaces"] * 2),
    ("Lập sổ ghi chép đúng mẫu ban hành kèm theo Quyết định số 1246/QĐ-BYT.", ["pursuant_to"]),
    ("Tập huấn về Chương trình xóa mù chữ ban hành kèm theo Thông tư số 33/2021/TT-BGDĐT.", ["pursuant_to"]),
    ("Sở gửi danh sách kèm theo Công văn số 88/UBND-VX để các đơn vị biết.", ["attached"]),
    ("Những nội dung tại Công văn số 14/SGDĐT-VP không trái với Công văn này vẫn tiếp tục thực hiện.", ["implements"]),
    ("Các nội dung khác của Kế hoạch số 30/KH-SGDĐT giữ nguyên hiệu lực.", ["mentions"]),
    ("Văn bản hướng dẫn thi hành một số điều của Nghị định số 115/2020/NĐ-CP.", ["guides"]),
    ("Chấm theo Quy chế thi ban hành kèm theo Thông tư số 15/2020/TT-BGDĐT.", ["pursuant_to"]),
    ("Sở đã nhận được Báo cáo số 12/BC-PGDĐT.", ["mentions"]),
    ((
        "Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ; "
        "Chỉ thị số 666/CT-BGDĐT của Bộ GDĐT, Sở yêu cầu:"
    ), ["implements"] * 2),
    ((
        "Hoàn thành Đề án chuyển đổi số (Quyết định số 131/QĐ-TTg) theo Kế hoạch số "
        "9/KH-UBND."
    ), ["mentions", "pursuant_to"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "relations"), RELATIONS, ids=[t[:34] for t, _ in RELATIONS])
def test_the_words_before_tell_the_relation(text: str, relations: list[str]) -> None:
    assert [c.relation.value for c in cited(text)] == relations


def test_a_list_under_one_type_word() -> None:
    rows = cited(
        "1. Thực hiện theo các Thông tư số 26/2020/TT-BGDĐT, số 22/2021/TT-BGDĐT và "
        "số 27/2020/TT-BGDĐT ngày 04/9/2020 của Bộ trưởng Bộ GDĐT."
    )
    assert [c.number for c in rows] == ["26/2020/TT-BGDĐT", "22/2021/TT-BGDĐT", "27/2020/TT-BGDĐT"]
    assert {c.doc_type for c in rows} == {"Thông tư"}
    assert {c.issuer for c in rows} == {"Bộ trưởng Bộ Giáo dục và Đào tạo"}
    assert {c.relation.value for c in rows} == {"pursuant_to"}


def test_bases_line_by_line_hand_their_relation_on() -> None:
    rows = cited(
        "Căn cứ Luật Giáo dục số 43/2019/QH14;\nNghị định số 24/2021/NĐ-CP ngày 23/3/2021 "
        "của Chính phủ;\nCăn cứ Thông tư số 28/2020/TT-BGDĐT;\n"
    )
    assert [c.relation.value for c in rows] == ["based_on"] * 3


def test_provision_issuer_subject_and_evidence() -> None:
    text = (
        "2. Học sinh được miễn học phí theo điểm b khoản 1 Điều 7 Nghị định số 81/2021/NĐ-CP "
        "ngày 27/8/2021 của Chính phủ quy định về cơ chế thu học phí; các trường công "
        "khai."
    )
    facts = facts_of(text)
    [row] = facts.citations
    assert row.provision == "điểm b khoản 1 Điều 7"
    assert row.issuer == "Chính phủ"
    assert row.subject == "quy định về cơ chế thu học phí"
    assert row.evidence.surface == "Nghị định số 81/2021/NĐ-CP ngày 27/8/2021 của Chính phủ"
    assert row.key == "|nd-cp|81|2021"


def test_short_forms_take_the_single_candidate_only() -> None:
    one = cited("Thực hiện Kế hoạch số 1977/KH-SGDĐT ngày 01/9/2023.\n1. Báo cáo theo Kế hoạch số 1977.")
    assert [c.number for c in one] == ["1977/KH-SGDĐT"] * 2
    alone = cited("1. Báo cáo theo CV 5807 và Kế hoạch số 1977.")
    assert [c.number for c in alone] == ["5807", "1977"]
    two = cited("1. Theo Kế hoạch số 12/KH-SGDĐT và Kế hoạch số 12/KH-UBND.\n2. Theo Kế hoạch số 12.")
    assert two[-1].number == "12" and set(two[-1].alternatives) == {"12/KH-SGDĐT", "12/KH-UBND"}


def test_a_short_form_with_its_year() -> None:
    rows = cited(
        "1. Theo Thông tư số 27/2020/TT-BGDĐT ngày 04/9/2020.\n2. Đánh giá theo Thông tư 27/2020 và TT 22/2021."
    )
    assert [c.number for c in rows] == ["27/2020/TT-BGDĐT", "27/2020/TT-BGDĐT", "22/2021"]
    assert rows[2].key == "|?|22|2021"


def test_the_own_number_is_no_citation() -> None:
    annex = (
        "\nPHỤ LỤC\nDANH MỤC VĂN BẢN\n(Kèm theo Công văn số 1234/SGDĐT-GDTrH ngày 05 "
        "tháng 9 năm 2023 của Sở GDĐT)\n1. Thông tư số 32/2020/TT-BGDĐT ngày 15/9/2020.\n"
        "2. Các Quyết định số 749/QĐ-TTg, số 942/QĐ-TTg của Thủ tướng Chính phủ.\n"
    )
    rows = facts_of(
        "1. Thực hiện nội dung trong phụ lục.",
        tail="\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nLê Thị Minh\n" + annex,
    ).citations
    assert [c.number for c in rows] == ["32/2020/TT-BGDĐT", "749/QĐ-TTg", "942/QĐ-TTg"]
    assert {(c.place, c.relation.value) for c in rows} == {(CitationPlace.APPENDIX, "listed")}


def test_a_footnote_takes_the_words_before_its_mark() -> None:
    text = (
        "1. Phần mềm phải đáp ứng quy định kỹ thuật về dữ liệu của Bộ2.\n\n2 Quyết định "
        "số 1904/QĐ-BGDĐT ngày 04/7/2019 của Bộ GDĐT.\n"
    )
    [row] = cited(text)
    assert (row.place, row.relation.value) == (CitationPlace.FOOTNOTE, "pursuant_to")


def test_a_citation_in_the_subject_stands_in_the_header() -> None:
    head = HEAD.replace(
        "V/v thực hiện nhiệm vụ năm học 2023 - 2024", "V/v triển khai Kế hoạch số 96/KH-UBND của UBND tỉnh"
    )
    [row] = cited("Sở yêu cầu các đơn vị báo cáo.", head=head)
    assert (row.number, row.place) == ("96/KH-UBND", CitationPlace.HEADER)


def test_portal_lines_are_no_citations() -> None:
    portal = (
        "\nHIỆU LỰC VĂN BẢN\nCông văn 1234/SGDĐT-GDTrH năm 2023\n• Số hiệu: 999/SGDĐT-VP\n"
        "• Loại văn bản: Công văn\n• Ngày ban hành: 05/09/2023\n• Nơi ban hành: Sở\n"
    )
    from tests.nlp.texts import TAIL

    assert facts_of("1. Các trường thực hiện.", tail=TAIL + portal).citations == ()


@pytest.mark.parametrize(
    "text",
    [
        "tỷ lệ 24 học sinh/1 máy",
        "mức độ 3/4",
        "gửi trước ngày 15/10/2023",
        "điện thoại 024.38695144",
        "các tỉnh/TP trực thuộc TW",
        "năm học 2023-2024",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cited(f"1. Các đơn vị thực hiện {text}.") == []


@pytest.mark.parametrize(
    ("text", "number", "doc_type", "issuer"),
    [
        ("Chỉ thị số 12-CT/TU ngày 05/3/2023 của Ban Thường vụ Tỉnh ủy", "12-CT/TU", "Chỉ thị", "Tỉnh ủy Hải Lâm"),
        ("Nghị quyết số 08-NQ/HU của Huyện ủy Tân An", "08-NQ/HU", "Nghị quyết", "Huyện ủy Tân An"),
        ("Kế hoạch số 33-KH/TU của Thành ủy", "33-KH/TU", "Kế hoạch", "Thành ủy Hải Lâm"),
        ("Công văn số 45-CV/BTGTU", "45-CV/BTGTU", "Công văn", "Ban Tuyên giáo Tỉnh ủy Hải Lâm"),
        ("Quy định số 37-QĐi/TW", "37-QĐi/TW", "Quy định", "Ban Chấp hành Trung ương"),
        ("Hướng dẫn số 02-HD/UBKTTW", "02-HD/UBKTTW", "Hướng dẫn", "Ủy ban Kiểm tra Trung ương"),
        ("Kế hoạch số 15-KH/ĐU của Đảng ủy xã Tân Lập", "15-KH/ĐU", "Kế hoạch", "Đảng ủy xã Tân Lập"),
        ("Công văn số 88/UBND-VHXH của UBND xã Tân Lập", "88/UBND-VHXH", "Công văn", "Ủy ban nhân dân xã Tân Lập"),
    ],
)
def test_party_and_local_offices(text: str, number: str, doc_type: str, issuer: str) -> None:
    (one,) = cited(f"1. Thực hiện {text}.")
    assert (one.number, one.doc_type, one.issuer) == (number, doc_type, issuer)


def test_bare_numbers_that_share_a_symbol() -> None:
    rows = cited("1. Thực hiện các Thông tư 26, 28 và 27/2020/TT-BGDĐT.")
    assert [r.number for r in rows] == ["26/2020/TT-BGDĐT", "28/2020/TT-BGDĐT", "27/2020/TT-BGDĐT"]


def test_the_place_of_an_office_may_stand_between_a_number_and_its_day() -> None:
    found = cited(
        "1. Thực hiện Công văn 603/UBND huyện Bình An ngày 16 tháng 7 năm 2021 về việc hỗ trợ; Công văn số 28/UBND-VX "
        "tỉnh Hòa Long ngày 23 tháng 7 năm 2021; Kế hoạch số 01-KH/BCĐTW ngày 21/3/2025.\n"
    )
    assert [(c.number, c.date, c.issuer) for c in found] == [
        ("603/UBND", "2021-07-16", "Ủy ban nhân dân huyện Bình An"),
        ("28/UBND-VX", "2021-07-23", "Ủy ban nhân dân tỉnh Hòa Long"),
        ("01-KH/BCĐTW", "2025-03-21", "Ban Chỉ đạo Trung ương"),
    ]


def test_a_provision_of_a_relative_form_is_kept() -> None:
    text = (
        "1. Thực hiện Thông tư số 16/2022/TT-BGDĐT ngày 22/11/2022 của Bộ GDĐT ban hành Quy định tiêu chuẩn thư viện "
        "(sau đây gọi là Thông tư 16).\n2. Các trường đánh giá theo điểm b khoản 1 Điều 7 Thông tư nêu trên.\n"
    )
    found = cited(text)
    assert [(c.number, c.provision) for c in found] == [
        ("16/2022/TT-BGDĐT", None),
        ("16/2022/TT-BGDĐT", "điểm b khoản 1 Điều 7"),
    ]
    assert found[0].subject == "ban hành Quy định tiêu chuẩn thư viện"


def test_relative_forms_take_the_single_candidate_or_stay_open() -> None:
    one = "1. Thực hiện Thông tư số 17/2012/TT-BGDĐT ngày 16/5/2012. Các trường căn cứ Thông tư nêu trên để rà soát."
    rows = cited(one)
    assert [(r.number, r.evidence.surface, r.date) for r in rows[1:]] == [
        ("17/2012/TT-BGDĐT", "Thông tư nêu trên", "2012-05-16")
    ]
    two = "1. Thực hiện Thông tư số 17/2012/TT-BGDĐT và số 32/2020/TT-BGDĐT.\n2. Theo Thông tư dẫn trên, rà soát."
    facts = facts_of(two)
    assert len(facts.citations) == 2
    (finding,) = facts.conflicts
    assert finding.evidence.surface == "Thông tư dẫn trên"
    assert "17/2012/TT-BGDĐT, 32/2020/TT-BGDĐT" in finding.what


@pytest.mark.parametrize(
    "text",
    [
        "Theo Kế hoạch số 12/KH-UBND, tổ chức theo kế hoạch trên địa bàn huyện.",
        "Thực hiện Kế hoạch số 12/KH-UBND; nội dung Công văn này thay cho hướng dẫn miệng.",
        "Thực hiện Kế hoạch số 12/KH-UBND và các văn bản nêu trên.",
    ],
)
def test_what_only_looks_relative(text: str) -> None:
    assert [r.number for r in cited(f"1. {text}")] == ["12/KH-UBND"]


@pytest.mark.parametrize(
    ("own", "written", "read"),
    [
        ("CNTTNN", "CNTTINN", "CNTTNN"),
        ("GDTXCN", "GDTXOI", "GDTXOI"),  # two unlike letters: nothing is taken for it
        ("KTKĐCL", "KTKĐOL", "KTKĐCL"),
        ("PCTTr", "PCTr", "PCTTr"),
    ],
)
def test_a_unit_of_the_office_is_read_as_its_own_number_spells_it(own: str, written: str, read: str) -> None:
    head = HEAD.replace("1234/SGDĐT-GDTrH", f"1234/SGDĐT-{own}")
    [one] = cited(f"Thực hiện Công văn số 815/SGDĐT-{written} ngày 05/8/2023 của Sở GDĐT.", head=head)
    assert one.number == f"815/SGDĐT-{read}"
