"""How long the duties service and the pages take with many directives; prints one JSON line.

usage: python -m tests.bench.duties [--directives 10000] [--questions 200]

The directives are made here, in the manner of the samples: a Bộ, 34 Sở and their Phòng ask schools for reports by
a day, the Sở carrying out the Bộ's directive of the year with an earlier day. Times are those of the server, in
milliseconds of processor time of the whole process, from the request to the whole answer: what a quiet machine's clock
would show, and the same on a busy one (``--clock`` takes the clock on the wall instead). ``worst_page_ms`` is the
slowest page of all; ``after_change_ms`` is the first page of its kind after one directive was corrected,
``after_new_ms`` after one came in, ``prepared_ms`` the same some seconds later, when the server has made ready what
changed; the slowest of five each. ``garbage_ms`` is the longest stop of the garbage collector since the server was
ready (``--unsettled``: nothing is set aside).
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.memory import settle
from api.settings import Settings
from api.usecases.places import province_names
from corpus.document import Document, Page, content_id
from corpus.facts import (
    Citation,
    CitationPlace,
    Deadline,
    Duty,
    Facts,
    Header,
    IssuerLevel,
    Relation,
    SchoolLevel,
    evidence,
)
from corpus.store import Store

Clock = Callable[[], float]
NOW = datetime(2024, 10, 15, 1, 0, tzinfo=UTC)
_WORK = (
    "khám sức khỏe đầu năm học", "công khai các khoản thu", "kiểm định chất lượng", "phòng chống đuối nước",
    "chuyển đổi số", "dạy học hai buổi", "thi học sinh giỏi", "phổ cập giáo dục", "tuyển sinh đầu cấp",
)  # fmt: skip
_SO = "Sở Giáo dục và Đào tạo"
_LEVELS = (
    None,
    (SchoolLevel.THPT, SchoolLevel.GDTX),
    (SchoolLevel.MAM_NON,),
    (SchoolLevel.TIEU_HOC, SchoolLevel.THCS),
)


def directives(count: int) -> Iterator[tuple[Document, Facts]]:
    """Yield ``count`` directives: one of a Bộ in twenty, half of the rest from Sở, half from Phòng."""
    chance = random.Random(7)
    provinces, _ = province_names()
    for number in range(1, count + 1):
        level = IssuerLevel.BO if number % 20 == 0 else chance.choice((IssuerLevel.SO, IssuerLevel.PHONG))
        province = chance.choice(provinces)
        issuer = {
            IssuerLevel.BO: "Bộ Giáo dục và Đào tạo",
            IssuerLevel.SO: f"{_SO} {province}",
        }.get(level, f"Phòng Giáo dục và Đào tạo huyện Số {number % 300}")
        yield _directive(number, level, issuer, chance)


def _directive(number: int, level: IssuerLevel, issuer: str, chance: random.Random) -> tuple[Document, Facts]:
    year = chance.randrange(2019, 2026)
    issued = date(year, chance.randrange(1, 13), chance.randrange(1, 29))
    first = year if issued.month >= 7 else year - 1
    work = chance.choice(_WORK)
    own = f"{number}/{ {'bo': 'BGDĐT-GDTC', 'so': 'SGDĐT-VP'}.get(level.value, 'PGDĐT-CM') }"
    cited = f"{max(20, number // 20 * 20)}/BGDĐT-GDTC"
    lines = [f"Số: {own}", f"V/v {work} năm học {first}-{first + 1}", f"Thực hiện Công văn số {cited}"]
    dues = [(issued + timedelta(days=chance.randrange(5, 200))).isoformat() for _ in range(6)]
    lines += [f"- Báo cáo {work} đợt {k} về Sở GDĐT trước ngày {due}." for k, due in enumerate(dues, 1)]
    lines += [f"- Niêm yết kết quả {work} lần {k} tại bảng tin." for k in range(5)]
    text = "\n".join(lines) + "\n" + "Nội dung khác của văn bản.\n" * 60
    document = Document(content_id(text.encode()), f"{number}.txt", "text/plain", (Page(1, text),))

    def at(line: str) -> tuple[int, int]:
        start = text.index(line)
        return start, start + len(line)

    deadlines = tuple(
        Deadline(
            evidence(document, *at(line), "made"), evidence(document, *at(due), "made"), line[2:], due,
            f"trước ngày {due}", ("co_so_giao_duc",), chance.choice(_LEVELS), "Sở GDĐT",
        )
        for line, due in zip(lines[3:9], dues, strict=True)
    )  # fmt: skip
    duties = tuple(Duty(evidence(document, *at(line), "made"), line[2:], ("co_so_giao_duc",)) for line in lines[9:14])
    citation = Citation(
        evidence(document, *at(cited), "made"), cited, f"|bgddt-gdtc|{cited}|?", "Công văn", None, None,
        Relation.IMPLEMENTS, CitationPlace.BODY,
    )  # fmt: skip
    header = Header(
        number=own, date=issued.isoformat(), issuer=issuer, issuer_level=level, doc_type="Công văn",
        subject=f"{work} năm học {first}-{first + 1}", school_year=f"{first}-{first + 1}",
    )  # fmt: skip
    return document, Facts(header, (citation,), deadlines, duties)


def fill(settings: Settings, count: int) -> None:
    """Store the directives; their originals are left out."""
    settings.home.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.store_url, settings.originals)
    for document, facts in directives(count):
        store.save(document, facts, None, NOW)
    store.close()


def _questions(count: int, seed: int = 11) -> Iterator[dict[str, str]]:
    chance = random.Random(seed)
    provinces, gone = province_names()
    for _ in range(count):
        unit = {"unit": chance.choice(("co_so_giao_duc", "phong_gddt", "so_gddt", "trung_tam_gdtx"))}
        if unit["unit"] == "co_so_giao_duc":
            unit |= {"level": chance.choice(("mam_non", "tieu_hoc", "thcs", "thpt"))}
        unit |= {
            "province": chance.choice((*provinces, *gone)),
            "school_year": chance.choice(("2023-2024", "2024-2025")),
        }
        yield unit | {"district": f"huyện Số {chance.randrange(300)}"}


def _times(client: TestClient, url: str, questions: list[dict[str, str]], clock: Clock) -> list[float]:
    out = []
    for question in questions:
        began = clock()
        response = client.get(url, params=question)
        out.append((clock() - began) * 1000)
        assert response.status_code == 200, response.text[:300]
    return out


def _p95(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[-1], 1)


class _Stops:
    """The longest stop of the garbage collector, in seconds."""

    def __init__(self, clock: Clock) -> None:
        self.longest = self._began = 0.0
        self._clock = clock
        gc.callbacks.append(self)

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._began = self._clock()
        else:
            self.longest = max(self.longest, self._clock() - self._began)


def _pages(
    client: TestClient, library: Library, fresh: list[dict[str, str]], directives: int, clock: Clock
) -> tuple[dict[str, float], float, list[str]]:
    """Return the 95th percentile of each page, the longest of all, and the numbers whose graphs were drawn."""
    one = library.documents()[0]
    pages, worst = {}, 0.0
    for url in ("/", "/truong-toi", "/van-ban", f"/van-ban/{one.id}", "/nap", "/can-xem-lai", "/mang"):
        asked = fresh if url == "/truong-toi" else [{}] * 20
        client.get(url, params=asked[0])
        times = _times(client, url, asked, clock)
        pages[url.replace(one.id, "1")], worst = _p95(times), max(worst, *times)
    numbers = [row.number for row in library.documents()[:: max(1, directives // 40)] if row.number]
    times = [_times(client, f"/mang/{number}", [{}], clock)[0] for number in numbers]
    pages["/mang/{number}"] = _p95(times)
    return pages, max(worst, *times), numbers


def _changes(
    client: TestClient, library: Library, fresh: list[dict[str, str]], number: str, directives: int, clock: Clock
) -> dict[str, dict[str, float]]:
    """Return the longest time of some pages right after a correction, after a new directive, and after one was made
    ready for."""
    one = library.documents()[0]
    added: list[str] = []

    def slowest(change: Callable[[int], None]) -> dict[str, float]:
        found = {}
        for url in ("/", "/truong-toi", "/van-ban", "/mang", f"/mang/{number}"):
            times = []
            for at, question in enumerate(fresh[:5]):
                change(at)
                times += _times(client, url, [question if url == "/truong-toi" else {}], clock)
            found[url.replace(number, "{number}")] = round(max(times), 1)
        return found

    def correct(_: int) -> None:
        document, facts = library.store.reading(one.id)
        library.store.save(document, facts, None, NOW)

    def add(_: int) -> None:
        serial = directives + 1 + len(added)
        document, facts = _directive(serial, IssuerLevel.SO, f"{_SO} Hà Nội", random.Random(serial))
        library.store.save(document, facts, None, NOW)
        added.append(document.id)

    def add_and_wait(at: int) -> None:
        add(at)
        library.make_ready()

    after = {
        "after_change_ms": slowest(correct), "after_new_ms": slowest(add), "prepared_ms": slowest(add_and_wait),
    }  # fmt: skip
    for document in added:
        library.store.remove(document)
    return after


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--directives", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--home", type=Path, help="keep the store here and use it again")
    parser.add_argument("--unsettled", action="store_true", help="let the garbage collector look through everything")
    parser.add_argument("--clock", action="store_true", help="the clock on the wall instead of processor time")
    given = parser.parse_args()
    clock: Clock = time.perf_counter if given.clock else time.process_time
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(home=given.home or Path(scratch))
        if not (settings.home / "congvan.db").exists():
            fill(settings, given.directives)
        library = Library(settings, now=lambda: NOW)
        began = clock()
        library.load_duties()
        cold = clock() - began
        client = TestClient(create_app(settings, library), base_url="http://127.0.0.1")
        questions, fresh = list(_questions(given.questions)), list(_questions(40, seed=12))
        client.get("/v1/duties", params={"unit": "bo_gddt"})  # the routes are made ready
        first = _times(client, "/v1/duties", questions, clock)
        again = _times(client, "/v1/duties", questions, clock)
        began = clock()
        library.graph().overview(NOW.date().isoformat())
        graph = clock() - began
        if not given.unsettled:
            settle()
        stops = _Stops(clock)
        pages, worst, numbers = _pages(client, library, fresh, given.directives, clock)
        after = _changes(client, library, fresh, numbers[0], given.directives, clock)
        rows = [len(library.duties(library.profile(**_unit(q)))) for q in questions[:20]]
    print(
        json.dumps(
            {
                "directives": given.directives,
                "load_s": round(cold, 1),
                "graph_s": round(graph, 1),
                "rows_median": statistics.median(rows),
                "duties_p50_ms": round(statistics.median(first), 1),
                "duties_p95_ms": _p95(first),
                "duties_again_p95_ms": _p95(again),
                "pages_p95_ms": pages,
                "worst_page_ms": round(worst, 1),
                **after,
                "garbage_ms": round(stops.longest * 1000, 1),
            },
            ensure_ascii=False,
        )
    )


def _unit(question: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in question.items() if name != "school_year"}


if __name__ == "__main__":
    main()
