"""Faults to plant in good drafts: the rule that names each, the draft it is planted in, and how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.lint.drafts import GOOD, LEFT, Draft, Par, centred, recipients, sign, swapped, without


@dataclass(frozen=True)
class Fault:
    """A fault; ``at`` are words of the place where it is found, "" where it has none. ``seen``: where letters show."""

    rule: str
    of: str
    spoil: Callable[[Draft], Draft]
    at: str = ""
    only: str = ""  # "docx": a page does not show it

    def made(self) -> Draft:
        """Return the good draft with this fault."""
        return self.spoil(GOOD[self.of]())


def _left(old: str, new: str | None = None, **look: object) -> Callable[[Draft], Draft]:
    return lambda d: d.but(left=swapped(d.left, old, new, **look))


def _right(old: str, new: str | None = None, **look: object) -> Callable[[Draft], Draft]:
    return lambda d: d.but(right=swapped(d.right, old, new, **look))


def _middle(old: str, new: str | None = None, **look: object) -> Callable[[Draft], Draft]:
    return lambda d: d.but(middle=swapped(d.middle, old, new, **look))


def _body(old: str, new: str | None = None, **look: object) -> Callable[[Draft], Draft]:
    return lambda d: d.but(body=swapped(d.body, old, new, **look))


def _foot(old: str, new: str | None = None, **look: object) -> Callable[[Draft], Draft]:
    return lambda d: d.but(recipients=swapped(d.recipients, old, new, **look))


def _sign(old: str, new: str | None = None, **look: object) -> Callable[[Draft], Draft]:
    return lambda d: d.but(sign=swapped(d.sign, old, new, **look))


def _every_body(**look: object) -> Callable[[Draft], Draft]:
    return lambda d: d.but(body=tuple(replace(p, **look) if p.indent else p for p in d.body))  # type: ignore[arg-type]  # fields of Par by name


def _margin(which: int, value: float) -> Callable[[Draft], Draft]:
    return lambda d: d.but(margins=(*d.margins[:which], value, *d.margins[which + 1 :]))


def _titled_letter(d: Draft) -> Draft:
    return d.but(middle=(replace(centred("CÔNG VĂN"), before=12), *d.middle))


def _sides_changed(d: Draft) -> Draft:
    return d.but(recipients=d.sign, sign=d.recipients)


def _large_list(d: Draft) -> Draft:
    return d.but(recipients=(d.recipients[0], *(replace(p, size=14) for p in d.recipients[1:])))


def _named(draft: Draft, *titles: str) -> Draft:
    return draft.but(sign=sign(*titles, name=draft.sign[-1].text))


_LONG = tuple(
    Par(
        f"{k}. Nhà trường phân công giáo viên theo dõi sản phẩm thứ {k} của học sinh trong suốt thời gian dự thi, ghi "
        "lại quá trình làm, bảo đảm an toàn khi dùng dụng cụ và nhắc học sinh giữ gìn sản phẩm sau khi chấm xong."
    )
    for k in range(4, 26)
)


def long(draft: Draft) -> Draft:
    """Return a công văn of two pages."""
    return draft.but(body=(*draft.body[:-1], *_LONG, draft.body[-1]))


_MATTER, _LOUD = (
    "Về việc thành lập Hội đồng chấm thi giáo viên dạy giỏi cấp tỉnh",
    "VỀ VIỆC THÀNH LẬP HỘI ĐỒNG CHẤM THI",
)
_SAME = "Thông tư số 22/2019/TT-BGDĐT"

L, D, P = "letter", "decision", "plan"

FAULTS: tuple[Fault, ...] = (
    # parts
    Fault("part.nation", L, lambda d: d.but(right=without(d.right, "CỘNG"))),
    Fault("part.motto", D, lambda d: d.but(right=without(d.right, "Độc lập"))),
    Fault("part.issuer", P, lambda d: d.but(left=without(d.left, "ỦY BAN", "XÃ"))),
    Fault("part.parent", L, lambda d: d.but(left=without(d.left, "UBND")), "SỞ GIÁO DỤC"),
    Fault("part.number", P, lambda d: d.but(left=without(d.left, "Số"))),
    Fault("part.date", D, lambda d: d.but(right=without(d.right, "ngày"))),
    Fault("part.place", L, _right("Bình Sơn, ngày", "Ngày"), "Ngày 05"),
    Fault("part.type", P, lambda d: d.but(middle=())),
    Fault("part.subject", D, lambda d: d.but(middle=without(d.middle, "Về việc")), "QUYẾT ĐỊNH"),
    Fault("part.about", L, lambda d: d.but(left=without(d.left, "V/v"))),
    Fault("part.to", L, lambda d: d.but(middle=())),
    Fault("part.recipients", D, lambda d: d.but(recipients=())),
    Fault("part.power", L, lambda d: d.but(sign=d.sign[-1:])),
    Fault("part.signer", P, lambda d: d.but(sign=d.sign[:-1])),
    Fault("part.place-on-page", L, _sides_changed, "Nơi nhận"),
    Fault("type.letter", L, _titled_letter, "CÔNG VĂN"),
    # letterhead
    Fault("nation.words", D, _right("CHỦ NGHĨA", "CHỦ NGHIÃ"), "CỘNG HÒA"),
    Fault("motto.words", P, _right(" - ", "-"), "Độc lập"),
    Fault("number.head", P, _left("Số: ", "Số "), "45/KH"),
    Fault("number.head", L, _left("Số: ", ""), "2415"),
    Fault("number.zero", L, _left("2415", "02415"), "02415"),
    Fault("number.zero", D, _left("08", "8"), "8/QĐ"),
    Fault("number.marks", P, _left("45/KH-UBND", "45 /KH - UBND"), "45"),
    Fault("number.marks", L, _left("SGDĐT-VP", "SGDĐT/VP"), "2415"),
    Fault("number.type", P, _left("KH-UBND", "KHUBND"), "KHUBND"),
    Fault("number.type", P, _left("KH-UBND", "Kh-UBND"), "Kh"),
    Fault("number.agency", L, _left("SGDĐT", "SỞGD"), "SỞGD"),
    Fault("number.year", P, _left("45/KH", "45/2025/KH"), "2025"),
    Fault("number.type", D, _left("QĐ", "QD"), "QD"),
    Fault("number.type", L, _left("2415/SGDĐT-VP", "2415/CV-SGDĐT"), "CV"),
    Fault("number.type-differs", P, _left("KH", "TB"), "TB"),
    Fault("number.agency", L, _left("SGDĐT", "SGD&ĐT"), "SGD&ĐT"),
    Fault("number.agency", D, _left("SGDĐT", "GDĐT"), "QĐ-GDĐT"),
    Fault("number.unit", L, _left("-VP", ""), "2415"),
    Fault("date.form", L, _right("ngày 05", "ngày 5"), "Bình Sơn"),
    Fault("date.form", D, _right("tháng 01", "tháng 1"), "Bình Sơn"),
    Fault("date.form", L, _right("tháng 9", "tháng 09"), "Bình Sơn"),
    Fault("date.form", P, _right("Tân Lập, ngày", "Tân Lập ngày"), "Tân Lập"),
    Fault("date.form", P, _right("ngày 20 tháng 10 năm 2025", "ngày 20/10/2025"), "20/10/2025"),
    Fault("date.none", L, _right("ngày 05 tháng 9", "ngày 31 tháng 9"), "31"),
    Fault("about.form", L, _left("V/v", "Về việc"), "Về việc"),
    Fault("about.form", D, _middle("cấp tỉnh", "cấp tỉnh."), "Về việc"),
    # text
    Fault("to.form", L, _middle("phổ thông.", "phổ thông,"), "- Các trường"),
    Fault("to.form", L, _middle("Kính gửi:", "Kính gửi"), "Kính gửi"),
    Fault("base.mark", D, _body("ngày 14 tháng 6 năm 2019;", "ngày 14 tháng 6 năm 2019,"), ","),
    Fault("base.mark", D, _body("Tổ chức cán bộ.", "Tổ chức cán bộ;"), ";"),
    Fault("end.mark", L, _body("hướng dẫn./.", "hướng dẫn."), "."),
    Fault("order.points", L, _body("đ) Chọn", "e) Chọn"), "e)"),
    Fault("order.points", P, _body("b) Bố trí", "c) Bố trí"), "c)"),
    Fault("order.numbers", D, _body("Điều 3. Chánh", "Điều 4. Chánh"), "Điều 4."),
    Fault("order.numbers", P, _body("III. TỔ", "IV. TỔ"), "IV."),
    # foot
    Fault("recipients.above", L, lambda d: d.but(recipients=without(d.recipients, "Như trên")), "Giám đốc"),
    Fault("recipients.above", L, _foot("Như trên", "Như kính gửi"), "Như"),
    Fault("recipients.marks", D, _foot("Nơi nhận:", "Nơi nhận"), "Nơi nhận"),
    Fault("recipients.archive", D, _foot("Lưu: VT, TCCB.", "Lưu VT."), "Lưu"),
    Fault("recipients.archive", P, lambda d: d.but(recipients=without(d.recipients, "Lưu"))),
    Fault("recipients.marks", P, _foot("Đảng ủy xã;", "Đảng ủy xã,"), "Đảng ủy"),
    Fault("power.mark", L, _sign("KT. GIÁM", "KT GIÁM"), "KT"),
    Fault("power.mark", L, _sign("KT. GIÁM", "K/T GIÁM"), "K/T"),
    Fault("signer.form", D, _sign("Phạm Văn Lâm", "PHẠM VĂN LÂM"), "PHẠM"),
    Fault("order.numbers", P, _body("III. TỔ", "II. TỔ"), "II."),
    Fault("motto.words", L, _right(" - ", " – "), "Độc lập"),
    Fault("power.mark", P, _sign("TM. ỦY", "T/M ỦY"), "T/M"),
    Fault("power.form", L, lambda d: _named(d, "KT. GIÁM ĐỐC", "GIÁM ĐỐC"), "GIÁM ĐỐC"),
    Fault("power.form", L, lambda d: _named(d, "PHÓ GIÁM ĐỐC"), "PHÓ GIÁM ĐỐC"),
    Fault("power.form", D, lambda d: _named(d, "TM. GIÁM ĐỐC"), "GIÁM ĐỐC"),
    Fault("power.form", D, lambda d: _named(d, "TL. GIÁM ĐỐC"), "GIÁM ĐỐC"),
    Fault("signer.form", L, _sign("Hoàng Thị Mai", "TS. Hoàng Thị Mai"), "Hoàng"),
    # letters
    Fault("set.size", P, _every_body(size=12), "Thực hiện"),
    Fault("set.size", L, _right("CỘNG", size=15), "CỘNG"),
    Fault("set.size", D, _large_list, "Như Điều"),
    Fault("set.bold", P, _left("Số", bold=True), "45/KH"),
    Fault("set.bold", D, _left("SỞ", bold=False), "SỞ"),
    Fault("set.italic", L, _right("ngày", italic=False), "Bình Sơn"),
    Fault("set.italic", D, _body("Căn cứ", italic=False), "Căn cứ"),
    Fault("set.case", P, _right("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng hòa xã hội chủ nghĩa Việt Nam"), "Cộng"),
    Fault("set.case", D, _middle(_MATTER, _LOUD, rule=0.25), "VỀ"),
    Fault("set.align", P, _middle("KẾ HOẠCH", align=LEFT), "KẾ HOẠCH"),
    Fault("set.align", L, _every_body(align=LEFT)),
    Fault("set.rule", L, _right("Độc lập", rule=0.0), "Độc lập"),
    Fault("set.rule", D, _left("SỞ", rule=0.9), "SỞ"),
    Fault("set.font", L, _body("2. Các phòng", font="Arial"), "2. Các"),
    Fault("set.colour", D, _body("Điều 2.", colour="C00000"), "Điều 2"),
    Fault("set.indent", P, _every_body(indent=0.001), "Thực hiện"),
    Fault("set.gap", L, _every_body(before=0)),
    Fault("set.spacing", P, _every_body(spacing=2.0), "Thực hiện"),
    Fault("page.size", D, lambda d: d.but(paper=(215.9, 279.4))),
    Fault("page.margins", L, _margin(2, 20)),
    Fault("page.margins", P, _margin(0, 12)),
    Fault("page.number", L, lambda d: long(d).but(number="none")),
    Fault("page.number", L, lambda d: long(d).but(number="bottom")),
    Fault("page.number", L, lambda d: long(d).but(number="first")),
    Fault("page.number", L, lambda d: long(d).but(number_align=LEFT)),
    # content
    Fault("content.late", L, _body("30 tháng 10 năm 2023", "30 tháng 8 năm 2023"), "30 tháng 8"),
    Fault("content.two-dates", D, _body("chấm thi, ", f"chấm thi theo {_SAME} ngày 21 tháng 12 năm 2019, "), "22/2019"),
    Fault("content.conflict", D, _body("Thông tư số 22/2019/TT-BGDĐT", "Nghị định số 22/2019/TT-BGDĐT"), "22/2019"),
    Fault("content.first-citation", L, _body(" ngày 15 tháng 8 năm 2023 của", " của"), "4120"),
    Fault("content.unit-ended", P, _body("2. Phòng Văn hóa - Xã hội", "2. Phòng GDĐT huyện"), "Phòng GDĐT"),
    Fault("content.unit-ended", P, _foot("Sở Giáo dục và Đào tạo;", "Sở Giáo dục và Đào tạo Bắc Kạn;"), "Bắc Kạn"),
    Fault("content.gap", L, _body("Văn phòng Sở", "[phòng đầu mối]"), "[phòng đầu mối]"),
    Fault("content.abbreviation", L, _body("Lưu hồ sơ chấm", "Lưu hồ sơ của Ban CĐHT"), "CĐHT"),
)

#: Ten drafts with several faults each, by the position of their faults in ``FAULTS``; written down as rules so that a
#: reader sees what is in each.
SPOILED: dict[str, tuple[str, tuple[str, ...]]] = {
    "letter without zeros": (L, ("date.form", "number.unit", "recipients.above", "end.mark")),
    "letter of another age": (L, ("type.letter", "about.form", "power.mark", "to.form")),
    "letter in a hurry": (L, ("part.parent", "part.place", "order.points", "set.rule")),
    "letter in colours": (L, ("set.font", "set.align", "page.margins", "content.late")),
    "decision with loose ends": (D, ("number.zero", "base.mark", "recipients.archive", "order.numbers")),
    "decision without style": (D, ("set.bold", "set.italic", "set.colour", "part.motto")),
    "decision by the wrong hand": (D, ("power.form", "number.agency", "content.conflict", "about.form")),
    "plan under an old name": (P, ("number.type-differs", "content.unit-ended", "motto.words", "recipients.marks")),
    "plan without paper": (P, ("page.margins", "set.spacing", "number.head", "part.signer")),
    "plan of no office": (P, ("part.issuer", "order.points", "set.case", "power.mark")),
}


def spoiled(name: str) -> tuple[Draft, tuple[Fault, ...]]:
    """Return one of the ten drafts with its faults."""
    of, rules = SPOILED[name]
    faults = tuple(next(f for f in FAULTS if f.rule == rule and f.of == of) for rule in rules)
    draft = GOOD[of]()
    for fault in faults:
        draft = fault.spoil(draft)
    return draft, faults


__all__ = ["FAULTS", "SPOILED", "Fault", "long", "recipients", "spoiled"]
