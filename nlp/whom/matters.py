"""What a directive is about by its trích yếu: what its own office holds, what others hold and it tells to join."""

from __future__ import annotations

from nlp.words.folding import folded, pattern

#: A directive about what its own office holds: "Tổ chức Hội thi giáo viên dạy giỏi cấp huyện …".
_HOLDS = pattern(
    r"^(?:(?:trien khai|to chuc|mo) )*(?:tap huan(?!\w)|boi duong(?: \w+){0,4}? (?:can bo quan ly|cbql|cot can|chuan"
    r"|nghiep vu|chuc danh)(?!\w))|^(?:ke hoach )?(?:to chuc (?:ky )?khao sat(?! (?:viec|cac|nhu cau))"
    r"|khao sat tuyen chon|phat dong)(?!\w)|^(?:ke hoach )?(?:thi (?:chon|hoc sinh gioi|hsg|giao vien)(?!\w)"
    r"|to chuc (?:(?:\w+ ){0,2}?thi(?! (?:dua|hanh|hoc k|thu|lai|diem))(?!\w)"
    r"|(?:cac )?chuong trinh (?!giao duc|day hoc|boi duong|mon|lop|hoc|sua|hanh dong)))|"
    r"(?<!huong ung )(?<!tham gia )(?<!tham du )(?<!gioi thieu )(?<!pho bien )(?<!dang ky )(?<!\w)"
    r"(?:hoi (?:thi|giang|khoe|thao|nghi|cho|trai|dien)|cuoc (?:thi|van dong|hop)|ky (?:thi|hop|khao sat)"
    r"|giai (?!doan|phap|quyet|trinh|phong|ngan|toa|the(?! thao))"
    r"|ngay hoi|lien hoan|giao luu|(?<!tuan )(?<!nghi )(?<!dip )le\s|tuan le|toa dam|dien dan|hoi dong thi"
    r"|(?:lop|khoa) (?:tap huan|boi duong))"
)
_LEAD_HOLDS = pattern(
    r"(?<!\w)(?:so|phong|ubnd)(?: (?!yeu|de|giao)[\w&]+){0,9}? (?:ke hoach )?to chuc "
    r"(?=(?:hoi|cuoc|ky|giai|ngay|le|lop)\s)"
)
_JOINS = pattern(r"(?<!\w)(?:huong ung|tham gia|du thi)(?: (?:va|cac|tham gia|huong ung))*\s$")
#: A trích yếu that tells to join a contest of others: "tiếp tục triển khai Cuộc thi trực tuyến …", "… do Bộ phát động".
_TELLS_TO_JOIN = pattern(
    r"^(?:(?:tiep tuc|phat dong|trien khai|tuyen truyen|van dong|dang ky|va|thuc hien),? ){0,4}?"
    r"(?:(?:huong ung|tham gia|tham du|du thi)(?: (?:va|cac|tham gia|huong ung))?|tiep tuc (?:thuc hien|trien khai)"
    r"|gioi thieu|pho bien) (?:\w+ )?(?:cuoc|ky|hoi) thi(?!\w)"
    r"|(?:cuoc|ky|hoi) thi(?!\w)[^.;]{0,120} do (?:bo|so|tinh|trung uong|hoi|bao|cong ty|tap doan|vien)(?!\w)"
    r"[^.;]{0,80}(?:to chuc|phat dong)"
)


def is_held_by_own(subject: str) -> bool:
    """Tell whether a folded trích yếu names what the office holds, not what others hold ("hưởng ứng các cuộc thi")."""
    return any(_JOINS.search(subject, 0, held.start()) is None for held in _HOLDS.finditer(subject))


def held_by_lead(opening: str) -> str:
    """Return what the lead of a page without a trích yếu says its office holds: "Phòng thông báo tổ chức Hội thi …"."""
    held = _LEAD_HOLDS.search(folded(opening))
    return opening[held.end() :] if held is not None else ""


def tells_to_join(subject: str) -> bool:
    """Tell whether a folded trích yếu tells to join a contest of others."""
    return _TELLS_TO_JOIN.search(subject) is not None
