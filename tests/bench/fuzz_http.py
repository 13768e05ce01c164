"""Hostile uploads and queries against a real server: prints one JSON line, and what went wrong to stderr.

    python -m tests.bench.fuzz_http [--uploads 2000] [--queries 2000] [--seed 1]

No answer may be a 500, nothing may be written outside the state folder, no other host may be asked. The server and the
processes that it starts are watched from inside (``guarded/sitecustomize.py``), the folders around are looked at.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from tests.ingest import files, mutants

HERE, ROOT = Path(__file__).parent, Path(__file__).resolve().parents[2]
TEXT = (
    "Số: 815/SGDĐT-GDTrH\nAn Bình, ngày 20 tháng 12 năm 2023\nKính gửi: Các trường trung học phổ thông.\n"
    "1. Các trường gửi báo cáo sơ kết học kỳ I về Sở Giáo dục và Đào tạo trước ngày 12/01/2024.\n"
)
#: What people with bad intent, bad programs and cats on keyboards send.
NASTY: tuple[str, ...] = (
    "", " ", "'", '"', "' OR 1=1 --", "'; DROP TABLE documents; --", "%", "_", "\\", "../../../../etc/passwd",
    "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "http://169.254.169.254/latest/",
    "//evil.example/x", "\0", "a\0b", "\r\nSet-Cookie: a=b", "<script>alert(1)</script>", "{{7*7}}", "${7*7}",
    "%00", "%2e%2e%2f", "\ud800", "\u202e", "\ufeff", "🏫" * 50, "ạ" * 3000, "a" * 60_000, "(" * 2000, "-1", "0",
    "1e309", "NaN", "99999999999999999999", "2023-13-45", "0000-00-00", "9999-12-31", "31/12/9999", "2023-2023",
    "true", "null", "[]", "{}", "co_so_giao_duc", "thpt", "Lâm Đồng", "815/SGDĐT-GDTrH", "*", "?", "#", ";", "|",
    "&", "`id`", "$(id)", "=cmd|' /C calc'!A0", "@SUM(1)",
)  # fmt: skip
NAMES = (
    "a.pdf", "a.docx", "a.txt", "a.png", "a.tif", "a.jpg", "../../../tmp/x.pdf", "..\\..\\x.pdf", "/etc/cron.d/x",
    "x\0.pdf", "", ".", "..", ".htaccess", "CON", "a" * 5000 + ".pdf", "x.pdf\r\nX: y", "<svg onload=1>.pdf",
    "=1+1.txt", "a.exe", "a.pdf.txt", "ﻼ.pdf", "a/b/c.txt", "%2e%2e%2fx.txt", "~root/x.txt", "a;b.txt", "'\".txt",
)  # fmt: skip


@dataclass
class Seen:
    """What came back, and what should not have."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    unanswered: int = 0

    def take(self, status: int, what: str) -> None:
        """Count an answer."""
        self.statuses[status] += 1
        if status >= 500:
            self.wrong.append(f"{status} {what}")


class Hostile:
    """Makes requests from chance."""

    def __init__(self, seed: int, key: str) -> None:
        self.chance = random.Random(seed)
        self.key = key
        self.whole = self._whole()
        self.documents: list[str] = ["0" * 64]

    def _whole(self) -> list[tuple[str, bytes]]:
        from docx import Document
        from PIL import Image, ImageDraw

        word, picture, scan = io.BytesIO(), io.BytesIO(), io.BytesIO()
        made = Document()
        made.add_paragraph(TEXT)
        made.save(word)
        image = Image.new("RGB", (300, 120), "white")
        ImageDraw.Draw(image).text((10, 40), "Bao cao", fill="black")
        image.save(picture, "PNG")
        image.save(scan, "TIFF", save_all=True, append_images=[image])
        return [
            ("a.pdf", files.pdf([files.LINES])),
            ("a.docx", word.getvalue()),
            ("a.png", picture.getvalue()),
            ("a.tif", scan.getvalue()),
            ("a.txt", TEXT.encode()),
            ("a.txt", TEXT.encode("utf-16")),
        ]

    def file(self) -> tuple[str, bytes]:
        """Return a name and bytes: mostly a damaged file of a kind that is read."""
        name, data = self.chance.choice(self.whole)
        for _ in range(self.chance.choice((0, 1, 1, 2, 3))):
            pdf = name == "a.pdf" and self.chance.random() < 0.6
            damages = mutants.COMMON if pdf else (mutants.cut, mutants.hole, mutants.noise, mutants.zeros)
            data = (self.chance.choice(damages)(data, self.chance) if data else data) or data
        draw = self.chance.random()
        if draw < 0.1:
            data = self.chance.randbytes(self.chance.randrange(3000))
        elif draw < 0.2:
            data += self.chance.choice(self.whole)[1]
        return (name if self.chance.random() < 0.6 else self.chance.choice(NAMES)), data

    def upload(self, client: httpx.Client) -> tuple[httpx.Response, str]:
        """Send a file, as a form or as something like one."""
        name, data = self.file()
        mode = self.chance.choice(("keep", "keep", "keep", "auto", "repair") if self.chance.random() < 0.9 else NASTY)
        if self.chance.random() < 0.75:
            sent = {
                "files": (name or " ", data, self.chance.choice(("application/pdf", "text/html", "x" * 300, "a/b")))
            }
            address = self.chance.choice(("/v1/documents", "/v1/documents", "/nap"))
            fields = {"mode": mode.encode("utf-8", "replace").decode()} if self.chance.random() < 0.7 else {}
            return client.post(address, files=sent, data=fields), f"POST {address} {name[:80]!r}"
        edge = self.chance.choice(("x", "-" * 60, "'x'", "x y", "x" * 300, ""))
        part = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = part.encode("utf-8", "replace") + data + f"\r\n--{edge}--\r\n".encode()
        body = mutants.noise(body, self.chance) if self.chance.random() < 0.5 else mutants.cut(body, self.chance)
        kinds = (
            f"multipart/form-data; boundary={edge}",
            "multipart/form-data",
            "multipart/mixed; boundary=x",
            "text/plain",
        )
        return client.post(
            "/v1/documents", content=body, headers={"content-type": self.chance.choice(kinds)}
        ), "POST raw"

    def text(self) -> str:
        """Return a value for a field."""
        draw = self.chance.random()
        if draw < 0.7:
            return self.chance.choice(NASTY)
        if draw < 0.85:
            return "".join(chr(self.chance.randrange(1, 0x2FFF)) for _ in range(self.chance.randrange(200)))
        return self.chance.choice(NASTY) + self.chance.choice(NASTY)

    def query(self, client: httpx.Client, routes: list[tuple[str, str]]) -> tuple[httpx.Response, str]:
        """Ask any address with hostile parts, query, headers and body."""
        method, path = self.chance.choice(routes)
        if self.chance.random() < 0.05:
            method = self.chance.choice(("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "X"))

        def part(match: re.Match[str]) -> str:
            if match[1] == "document" and self.chance.random() < 0.5:
                return self.chance.choice(self.documents)
            return escaped(self.text()[:3000], self.chance)

        address = re.sub(r"\{(\w+)(?::path)?\}", part, path)
        fields = (
            "q", "limit", "offset", "school_year", "issuer", "unit", "level", "province", "unit_id", "as_of",
            "from", "to", "status", "days", "dpi", "format", "dau", "dong", "tu", "so", "trang", "document", "ve",
        )  # fmt: skip
        asked = [
            f"{self.chance.choice(fields)}={escaped(self.text(), self.chance)}" for _ in range(self.chance.randrange(4))
        ]
        more: dict[str, Any] = {}
        if method in ("POST", "PUT", "PATCH", "DELETE"):
            more = self._body()
        headers = dict(self._headers())
        url = httpx.URL(client.base_url.join("/").copy_with(raw_path=b"/")).copy_with(
            raw_path=(address + ("?" + "&".join(asked) if asked else "")).encode("ascii", "replace")[:50_000] or b"/"
        )
        return client.request(
            method, url, headers=headers | more.pop("headers", {}), **more
        ), f"{method} {address[:200]}"

    def _body(self) -> dict[str, Any]:
        draw = self.chance.random()
        names = (
            "action", "target", "key", "page", "start", "end", "changes", "item", "unit", "level", "province",
            "email", "note", "name", "van_ban", "muc", "viec", "don_vi", "ma", "ten", "mat_khau", "cu", "moi",
            "lai", "han",
        )  # fmt: skip
        if draw < 0.4:
            made = {self.chance.choice(names): self._value() for _ in range(self.chance.randrange(6))}
            return {"content": json.dumps(made).encode(), "headers": {"content-type": "application/json"}}
        if draw < 0.7:
            form = "&".join(f"{self.chance.choice(names)}={escaped(self.text(), self.chance)}" for _ in range(5))
            return {"content": form.encode(), "headers": {"content-type": "application/x-www-form-urlencoded"}}
        junk = self.chance.choice(
            (b"", b"{", b"[" * 50_000, b"\xff\xfe", b'{"a":' * 5000, b"null", b"1e999", b'"\\ud800"')
        )
        return {"content": junk, "headers": {"content-type": self.chance.choice(("application/json", "text/xml", "x"))}}

    def _value(self) -> Any:
        return self.chance.choice(
            (self.text().encode("utf-8", "replace").decode(), -1, 2**70, 1.5, None, True, [], ["x"] * 30, {"text": "x"},
             {"due": self.text().encode("utf-8", "replace").decode()}, "edit", "word", "header", "co_so_giao_duc")
        )  # fmt: skip

    def _headers(self) -> Iterator[tuple[str, str]]:
        draw = self.chance.random()
        if draw < 0.85:
            yield "authorization", f"Bearer {self.key}"
        elif draw < 0.95:
            yield (
                "authorization",
                self.chance.choice(("Basic !!", "Basic YTpi", "Bearer", "Bearer cv_0_x", "x", "Digest a")),
            )
        if self.chance.random() < 0.2:
            junk = (
                "\x80\xff",
                "a" * 5000,
                "text/html",
                "bytes=0-9999999999",
                "congvan_phien=\xff",
                "https://evil.example",
                "*",
            )
            names = (
                "accept",
                "cookie",
                "range",
                "if-none-match",
                "origin",
                "host",
                "referer",
                "content-length",
                "x-api-key",
            )
            yield self.chance.choice(names), self.chance.choice(junk)


def escaped(text: str, chance: random.Random) -> str:
    """Return a text for an address, percent-encoded well or badly."""
    draw = chance.random()
    if draw < 0.8:
        return quote(text.encode("utf-8", "surrogatepass"), safe="")
    if draw < 0.9:
        return quote(text.encode("utf-16"), safe="/")
    return "".join(c for c in text if 32 < ord(c) < 127 and c != "#")


def raw(address: tuple[str, int], chance: random.Random) -> int:
    """Send something that is hardly HTTP; return the status, 0 where the server closed without a word."""
    lines = (
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"\x16\x03\x01\x02\0\x01\0",
        b"PRI * HTTP/2.0\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: [\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 90_000 + b"\r\n\r\n",
    )  # fmt: skip
    data = chance.choice(lines)
    if chance.random() < 0.5:
        data = mutants.noise(data, chance)
    with socket.create_connection(address, timeout=10) as line:
        line.settimeout(3)
        try:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(200)
        except OSError:
            return 0
    found = re.match(rb"HTTP/1.\d (\d{3})", answer)
    return int(found[1]) if found else 0


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Run a watched server on a new state folder; yields its address, an admin's key, and the watch's log."""
    home, temporary, log = folder / "var", folder / "tmp", folder / "watch.log"
    temporary.mkdir()
    (folder / "cwd").mkdir()
    environment = os.environ | {
        "CONGVAN_HOME": str(home), "CONGVAN_REQUESTS_PER_MINUTE": "0", "CONGVAN_CALL_SECONDS": "6",
        "CONGVAN_PAGE_SECONDS": "10", "CONGVAN_MAX_UPLOAD_MB": "20", "CONGVAN_MAX_PAGE_MEGAPIXELS": "20",
        "CONGVAN_WORKER_MEMORY_MB": "2048", "CONGVAN_JOBS": "1", "OMP_NUM_THREADS": "1", "TMPDIR": str(temporary),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": f"{HERE / 'guarded'}{os.pathsep}{ROOT}",
        "WATCH_LOG": str(log), "WATCH_ROOTS": os.pathsep.join((str(home), str(temporary))),
    }  # fmt: skip
    command = [sys.executable, "-m", "api.cli"]

    def run(*args: str, given: str = "") -> str:
        done = subprocess.run(
            [*command, *args],
            env=environment,
            cwd=folder / "cwd",
            input=given,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    run("user", "add", "quan.tri", "--role", "admin", given="bốn năm từ ghép lại\n")
    key = run("key", "add", "fuzz", "--role", "admin")
    with (folder / "server.log").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen([*command, "serve", "--port", "0"], env=environment, cwd=folder / "cwd", stderr=said)
        try:
            address = _address(folder / "server.log", process)
            yield address, key, log
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        found = re.search(r"http://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8"))
        if found:
            return found[0]
        time.sleep(0.1)
    raise RuntimeError(log.read_text(encoding="utf-8"))


def fuzz(uploads: int, queries: int, seed: int, folder: Path, patience: float) -> dict[str, Any]:
    """Send so many hostile uploads and queries; return what is to be told of it."""
    from api.app import create_app
    from api.doors.rules import routes
    from api.settings import Settings

    asked = routes(create_app(Settings(home=folder / "unused")))
    with served(folder) as (address, key, log):
        hostile, seen, start = Hostile(seed, key), Seen(), time.monotonic()
        host, port = address.removeprefix("http://").split(":")
        limits = httpx.Timeout(180)
        headers = {"authorization": f"Bearer {key}"}
        kinds = ["upload"] * uploads + ["query"] * queries
        hostile.chance.shuffle(kinds)
        with httpx.Client(base_url=address, timeout=limits, follow_redirects=False) as client:
            jobs: list[str] = []
            for number, kind in enumerate(kinds):
                if kind == "query" and hostile.chance.random() < 0.05:
                    _take(seen, number, lambda: (raw((host, int(port)), hostile.chance), "raw"))
                elif kind == "query":
                    _take(seen, number, lambda: _plain(hostile.query(client, asked)))
                else:
                    client.headers = httpx.Headers(headers)
                    _take(seen, number, lambda: _uploaded(hostile.upload(client), jobs))
                    client.headers = httpx.Headers()
                if number % 50 == 49:
                    hostile.documents = _known(client, headers) or hostile.documents
            ends = _ends(client, headers, jobs, patience)
        if httpx.get(f"{address}/v1/healthz", timeout=180).status_code != 200:
            seen.wrong.append("the server does not answer any more")
    strayed = sorted(p.name for p in folder.iterdir() if p.name not in ("var", "tmp", "cwd", "server.log", "watch.log"))
    strayed += [str(p) for p in (folder / "cwd").rglob("*")]
    watched = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    for line in seen.wrong + watched + strayed:
        print(line[:500], file=sys.stderr)
    return {
        "uploads": uploads, "queries": queries, "seed": seed, "answers": dict(sorted(seen.statuses.items())),
        "unanswered": seen.unanswered, "server_errors": len(seen.wrong),
        "outside": len(watched) + len(strayed), "files": ends,
        "seconds": round(time.monotonic() - start),
    }  # fmt: skip


def _take(seen: Seen, number: int, ask: Callable[[], tuple[int, str]]) -> None:
    try:
        status, what = ask()
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError, OSError):
        seen.unanswered += 1  # our own client would not send it, or the server closed the line
        return
    if status:
        seen.take(status, f"request {number}: {what}")
    else:
        seen.unanswered += 1


def _plain(asked: tuple[httpx.Response, str]) -> tuple[int, str]:
    return asked[0].status_code, f"{asked[1]} {asked[0].text[:200] if asked[0].status_code >= 500 else ''}"


def _uploaded(asked: tuple[httpx.Response, str], jobs: list[str]) -> tuple[int, str]:
    if asked[0].status_code == 202:
        jobs.append(asked[0].json()["url"])
    elif asked[0].status_code == 303:
        jobs.append(asked[0].headers["location"].replace("/nap/", "/v1/jobs/"))
    return _plain(asked)


def _known(client: httpx.Client, headers: dict[str, str]) -> list[str]:
    return [row["id"] for row in client.get("/v1/documents", params={"limit": 50}, headers=headers).json()]


def _ends(client: httpx.Client, headers: dict[str, str], jobs: list[str], patience: float) -> dict[str, int]:
    """Wait until the uploads are read, at most ``patience`` seconds; return how many ended how."""
    ends, until = Counter[str](), time.monotonic() + patience
    for url in jobs:
        while True:
            job = client.get(url, headers=headers).json()
            if job["status"] in ("done", "failed") or time.monotonic() > until:
                break
            time.sleep(0.5)
        ends.update(file["status"] for file in job["files"])
    return dict(ends)


def main() -> None:
    """Run it and print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=2000)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=float, default=1800.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        line = fuzz(given.uploads, given.queries, given.seed, Path(folder), given.patience)
    print(json.dumps(line, ensure_ascii=False))
    sys.exit(1 if line["server_errors"] or line["outside"] else 0)


if __name__ == "__main__":
    main()
