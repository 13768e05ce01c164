"""The commands of ``congvan`` about duties and saved units; importing this adds them to ``api.cli``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import Json, Year, _complain, _library, _print_json, _write, command
from corpus.errors import BadInputError, ExitCode, NotAllowedError

if TYPE_CHECKING:
    from api.library import Library
    from api.usecases.asking import Owed

Unit = Annotated[
    str | None,
    typer.Option("--unit", metavar="LOẠI", help="co_so_giao_duc, phong_gddt, so_gddt, trung_tam_gdtx, ubnd_xa …"),
]
Level = Annotated[str | None, typer.Option("--level", metavar="CẤP", help="mam_non, tieu_hoc, thcs, thpt hoặc gdtx.")]
Province = Annotated[str | None, typer.Option("--province", metavar="TỈNH", help="Tỉnh, thành phố; tên cũ cũng được.")]
District = Annotated[
    str | None, typer.Option("--district", metavar="HUYỆN", help="Huyện, quận, thị xã (đến 30/6/2025) hoặc xã.")
]
Commune = Annotated[str | None, typer.Option("--commune", metavar="XÃ", help="Xã, phường (từ 01/7/2025).")]
Name = Annotated[str | None, typer.Option("--name", metavar="TÊN", help="Tên riêng của đơn vị.")]


@command("duties", "Liệt kê việc mà một đơn vị phải làm, xếp theo hạn; việc không ghi hạn đứng cuối.")
def duties(
    unit: Unit = None,
    level: Level = None,
    province: Province = None,
    district: District = None,
    commune: Commune = None,
    name: Name = None,
    saved: Annotated[str | None, typer.Option("--of", metavar="MÃ", help="Đơn vị đã lưu (xem congvan units).")] = None,
    school_year: Year = None,
    since: Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Hạn từ ngày này.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Hạn đến ngày này.")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="NGÀY", help="Tính đến ngày này; mặc định là hôm nay.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="…", help="overdue, soon, later hoặc undated.")
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", min=0, help="Sắp đến hạn là trong N ngày (mặc định 14).")
    ] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", metavar="CHỮ", help="Nơi nhận có chữ này.")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", metavar="CHỮ", help="Cơ quan ban hành có chữ này.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="CHỮ", help="Việc về chủ đề này.")] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="TỆP", help="Ghi lịch (.ics) hoặc bảng (.xlsx, .csv).")
    ] = None,
    as_json: Json = False,
) -> None:
    """List what a unit must do."""
    from api import console
    from api.usecases.asking import answer, asking, whole

    library = _library()
    given = {
        "unit": unit, "level": level, "province": province, "district": district, "commune": commune, "name": name,
        "unit_id": saved, "school_year": school_year, "from": since, "to": until, "as_of": as_of, "status": status,
        "days": days, "recipient": recipient, "issuer": issuer, "topic": topic,
    }  # fmt: skip
    asked = asking(library, {key: value for key, value in given.items() if value is not None})
    owed = answer(library, whole(asked))
    if out is not None:
        _write_duties(out, library, owed)
        return
    if as_json:
        _print_json([row.as_dict() for row in owed.rows])
        return
    for sentence in owed.head()["unit"]["explanation"]:
        _complain(sentence, ExitCode.OK)
    place = asked.unit.query
    console.show(console.duties_table(owed.rows, everywhere=not (place.province or place.district)))


def _write_duties(out: Path, library: Library, owed: Owed) -> None:
    from api import calendar, tables

    kind = out.suffix.lower()
    if kind not in (".ics", ".xlsx", ".csv"):
        raise BadInputError(f"Không biết ghi tệp “{out.name}”.", "Hãy đặt tên tệp kết thúc bằng .ics, .xlsx hoặc .csv.")
    write = {".ics": lambda: calendar.feed(library, owed), ".xlsx": lambda: tables.as_xlsx(owed)}
    data = write.get(kind, lambda: tables.as_csv(owed))()
    _write(out, data, f"Đã ghi {len(owed.rows)} việc vào {out}.")


@command("units", "Liệt kê đơn vị đã lưu; với --unit thì lưu thêm, với --remove hoặc --restore thì bỏ hoặc lấy lại.")
def units(
    unit: Unit = None,
    level: Level = None,
    province: Province = None,
    district: District = None,
    commune: Commune = None,
    name: Name = None,
    email: Annotated[str | None, typer.Option("--email", metavar="THƯ", help="Nơi nhận thư nhắc việc.")] = None,
    remove: Annotated[str | None, typer.Option("--remove", metavar="MÃ", help="Bỏ đơn vị này.")] = None,
    restore: Annotated[str | None, typer.Option("--restore", metavar="MÃ", help="Lấy lại đơn vị đã bỏ.")] = None,
    as_json: Json = False,
) -> None:
    """Save, list, remove and bring back units."""
    from api import console
    from api.doors.person import Role, acting
    from api.usecases.units import as_dict

    if sum(value is not None for value in (unit, remove, restore)) > 1:
        raise BadInputError("Mỗi lần chỉ lưu, bỏ hoặc lấy lại một đơn vị.", "Hãy chạy từng lệnh.")
    if any((unit, remove, restore)) and not acting().role.covers(Role.EDITOR):
        raise NotAllowedError(f"{acting().name} chỉ được xem.", "Hãy dùng tên của người biên tập trong cơ quan ấy.")
    library = _library()
    if remove is not None:
        changed = [library.units.remove(remove)]
    elif restore is not None:
        changed = [library.units.restore(restore)]
    elif unit is not None:
        changed = [library.units.save(library.profile(unit, level, province, district, commune, name), email)]
    else:
        changed = library.units.all()
    rows = [as_dict(saved, library.today().isoformat()) for saved in changed]
    if as_json:
        _print_json(rows)
    else:
        console.show(console.units_table(rows))


@command("digest", "Xem thư nhắc việc hôm nay của các đơn vị đã lưu; --send thì gửi (cần đặt CONGVAN_SMTP_HOST).")
def digest(
    send: Annotated[bool, typer.Option("--send", help="Gửi cho đơn vị chưa nhận thư hôm nay.")] = False,
) -> None:
    """Show or send today's letters."""
    import sys

    from api.digest import send_due
    from api.letter import letter

    library = _library()
    if send:
        _complain(f"Đã gửi {send_due(library)} thư.", ExitCode.OK)
        return
    letters = [made for made in (letter(library, saved) for saved in library.units.all()) if made is not None]
    for made in letters:
        body = made.get_body(("plain",))
        sys.stdout.write(f"{made['To']}: {made['Subject']}\n\n{body.get_content() if body else ''}\n")
    if not letters:
        _complain("Hôm nay không có thư nào.", ExitCode.OK)
