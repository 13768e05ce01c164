"""Portals: lists of files on web servers, asked politely, and only where the settings allow it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ingest.inbox import Leftover, Mishap, Offer, SourceError, Trouble
from ingest.sources.portal import Look, PortalSource
from ingest.sources.safexml import parse
from ingest.sources.web import Rules, Web
from tests.ingest.test_inbox import Memory
from tests.ingest.tls import OPENSSL, unsigned

NOW = datetime(2024, 1, 10, tzinfo=UTC)


@dataclass
class Site:
    """A web server of this machine: what it says at each path, and what it was asked."""

    port: int = 0
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def put(self, path: str, data: str | bytes, status: int = 200, **headers: str) -> None:
        body = data.encode() if isinstance(data, str) else data
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, headers, body = made.pages.get(self.path, (404, {}, b""))
            etag = headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers and status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def web(site: Site, *more: str, **rules: Any) -> Web:
    given: dict[str, Any] = {"pause": 0, "loopback": True, "timeout": 5.0}
    return Web(Rules(frozenset({site.host, *more}), **(given | rules)))


def look(
    site: Site, memory: Memory, path: str = "/", asking: Web | None = None, now: datetime = NOW, **given: Any
) -> list[Offer | Leftover | Trouble]:
    return list(PortalSource("cổng", Look(site.url(path), **given), asking or web(site), now).offers(memory))


def fetched(memory: Memory, found: list[Offer | Leftover | Trouble]) -> dict[str, bytes]:
    """Fetch what is offered, as the nightly run does, and remember it."""
    got: dict[str, bytes] = {}
    for offer in found:
        if isinstance(offer, Offer):
            got |= {taken.name: taken.data for taken in offer.fetch()}
            memory.take(offer)
    return got


PAGE = """<html><head><base href="/tep/"></head><body>
<a href="15-SGDDT.pdf">Công văn 15</a> <a href='k%E1%BA%BF%20ho%E1%BA%A1ch.docx#trang2'>Kế hoạch</a>
<a href="văn bản 3.txt">3</a> <a href="/gioi-thieu">Giới thiệu</a> <a href="mailto:a@b.vn">Thư</a>
<a href="15-SGDDT.pdf">tải về</a> <a href="/tai?tep=20.pdf">20</a> <a href="http://[">hỏng</a></body></html>"""


def test_files_of_a_page_each_once(site: Site) -> None:
    site.put("/", PAGE, Content_Type="text/html")
    site.put("/tep/15-SGDDT.pdf", b"%PDF-a")
    site.put("/tep/k%E1%BA%BF%20ho%E1%BA%A1ch.docx", b"PKb")
    site.put("/tep/v%C4%83n%20b%E1%BA%A3n%203.txt", b"ba")
    site.put("/tai?tep=20.pdf", b"%PDF-c", Content_Disposition="attachment; filename*=UTF-8''s%E1%BB%91%2020.pdf")
    memory = Memory()
    assert fetched(memory, look(site, memory)) == {
        "15-SGDDT.pdf": b"%PDF-a",
        "kế hoạch.docx": b"PKb",
        "văn bản 3.txt": b"ba",
        "số 20.pdf": b"%PDF-c",
    }
    before = len(site.paths())
    assert look(site, memory) == [] and site.paths()[before:] == ["/"]


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><link>http://x/</link>
<item><title>A</title><link>/vb/a</link><pubDate>Mon, 08 Jan 2024 08:00:00 +0700</pubDate></item>
<item><link>/b.pdf</link><pubDate>{when}</pubDate></item>
<item><enclosure url="/tai/9" type="application/pdf" length="1"/></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/vb/a"/><link rel="enclosure" href="/b.pdf"/>
<link rel="self" href="/c.pdf"/><updated>2024-01-08T08:00:00Z</updated></entry></feed>"""


def put_feed(site: Site, text: str = RSS) -> None:
    site.put("/rss", text.replace("{when}", "Mon, 08 Jan 2024 09:00:00 +0700"), ETag='"1"')
    site.put("/vb/a", '<a href="/a1.pdf">1</a><a href="/a2.docx">2</a><a href="/khac">x</a>')
    for name, path in {"a1": "/a1.pdf", "a2": "/a2.docx", "b": "/b.pdf"}.items():
        site.put(path, name, ETag=f'"{name}"')
    site.put("/tai/9", "9", Content_Type="application/pdf")


@pytest.mark.parametrize(("feed", "more"), [(RSS, {"9.pdf"}), (ATOM, set())], ids=["rss", "atom"])
def test_feeds_with_files_and_with_pages_that_link_to_files(site: Site, feed: str, more: set[str]) -> None:
    names = {"a1.pdf", "a2.docx", "b.pdf"} | more
    put_feed(site, feed)
    memory = Memory()
    assert set(fetched(memory, look(site, memory, "/rss"))) == names
    before = len(site.paths())
    assert look(site, memory, "/rss") == []
    assert site.paths()[before:] == ["/rss"], "an unchanged list costs one request"
    assert dict(site.asked)["/rss"]["if-none-match"] == '"1"'


def test_an_entry_with_another_date_is_fetched_again_and_old_ones_once_in_a_while(site: Site) -> None:
    put_feed(site)
    memory = Memory()
    fetched(memory, look(site, memory, "/rss"))
    site.put("/rss", RSS.replace("{when}", "Tue, 09 Jan 2024 09:00:00 +0700"), ETag='"2"')
    site.put("/b.pdf", "bản mới", ETag='"b2"')
    assert fetched(memory, look(site, memory, "/rss")) == {"b.pdf": "bản mới".encode()}
    later = look(site, memory, "/rss", now=NOW + timedelta(days=31))
    before = len(site.paths())
    assert {offer.place for offer in later if isinstance(offer, Offer)} == {
        site.url(path) for path in ("/a1.pdf", "/a2.docx", "/b.pdf", "/tai/9")
    }
    assert set(fetched(memory, later)) == {"9.pdf"}, "the others say that they have not changed"
    assert len(site.paths()) == before + 4


def test_what_was_not_fetched_comes_again_though_the_list_has_not_changed(site: Site) -> None:
    put_feed(site)
    memory = Memory()
    first = look(site, memory, "/rss", most=1)
    assert [t.mishap for t in first if isinstance(t, Trouble)] == [Mishap.LATER] and Mishap.LATER.harmless
    fetched(memory, first)
    found = fetched(memory, look(site, memory, "/rss"))
    assert len(found) == 3


def test_robots_are_obeyed(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /mat/\nCrawl-delay: 7\n")
    site.put("/", '<a href="/mat/a.pdf">a</a><a href="/b.pdf">b</a>')
    site.put("/b.pdf", "b")
    waited: list[float] = []
    asking = Web(Rules(frozenset({site.host}), pause=1.0, loopback=True), sleep=waited.append)
    found = [offer for offer in look(site, Memory(), asking=asking) if isinstance(offer, Offer)]
    with pytest.raises(SourceError, match=r"robots\.txt") as caught:
        found[0].fetch()
    assert caught.value.mishap is Mishap.REFUSED
    assert found[1].fetch()[0].data == b"b"
    assert site.paths() == ["/", "/b.pdf"] and all(6 < seconds <= 7 for seconds in waited) and len(waited) == 2


@pytest.mark.parametrize(("status", "mishap"), [(403, Mishap.REFUSED), (503, Mishap.DOWN), (404, None)])
def test_a_server_without_robots_or_that_will_not_say(site: Site, status: int, mishap: Mishap | None) -> None:
    site.put("/robots.txt", "", status)
    site.put("/", "<a href='a.pdf'>a</a>")
    if mishap is None:
        assert len(look(site, Memory())) == 1
        return
    with pytest.raises(SourceError) as caught:
        look(site, Memory())
    assert caught.value.mishap is mishap and site.paths() == []


def test_only_named_hosts_are_asked(site: Site) -> None:
    site.put("/", '<a href="http://example.com/a.pdf">a</a><a href="http://127.0.0.1:1/b.pdf">b</a>')
    found = look(site, Memory())
    assert [(t.mishap, t.place) for t in found if isinstance(t, Trouble)] == [
        (Mishap.REFUSED, "http://example.com/a.pdf"),
        (Mishap.REFUSED, "http://127.0.0.1:1/b.pdf"),
    ]


@pytest.mark.parametrize(
    "target", ["http://example.com/", "file:///etc/passwd", "//example.com/x", "http://a:b@{host}/", "gopher://{host}/"]
)
def test_redirects_are_looked_at_like_every_address(site: Site, target: str) -> None:
    site.put("/", "", 302, Location=target.replace("{host}", site.host))
    with pytest.raises(SourceError) as caught:
        look(site, Memory())
    assert caught.value.mishap is Mishap.REFUSED and site.paths() == ["/"]


def test_redirects_without_end_end(site: Site) -> None:
    site.put("/", "", 302, Location="/")
    with pytest.raises(SourceError, match="quá nhiều lần"):
        look(site, Memory())
    assert len(site.paths()) == 6


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:192.168.1.1",
        "2002:c0a8:0101::1",
        "64:ff9b::10.0.0.1",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    asked: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34", address]

    for url in ("http://cong.example.vn/", "https://cong.example.vn/a.pdf"):
        with pytest.raises(SourceError, match="địa chỉ nội bộ"):
            Web(Rules(frozenset({"cong.example.vn"})), resolve=resolve).get(url)
    assert asked == ["cong.example.vn"] * 2


def test_loopback_is_allowed_for_trying_out_and_the_local_network_is_not(site: Site) -> None:
    with pytest.raises(SourceError, match="địa chỉ nội bộ"):
        look(site, Memory(), asking=web(site, loopback=False))
    assert site.asked == []
    for address in ("192.168.1.1", "10.0.0.1", "169.254.169.254"):
        with pytest.raises(SourceError, match="địa chỉ nội bộ"):
            Web(Rules(frozenset({"x"}), loopback=True), resolve=lambda *_, a=address: [a]).get("http://x/")


def test_the_connection_goes_to_the_address_that_was_looked_at(site: Site) -> None:
    site.put("/", "<a href='a.pdf'>a</a>")
    answers = [["127.0.0.1"], ["127.0.0.1"], ["192.168.1.1"]]
    named = f"cong.example.vn:{site.port}"
    asking = Web(Rules(frozenset({named}), pause=0, loopback=True), resolve=lambda *_: answers.pop(0))
    assert asking.get(f"http://{named}/").data == b"<a href='a.pdf'>a</a>"
    assert dict(site.asked)["/"]["host"] == named
    with pytest.raises(SourceError, match="địa chỉ nội bộ"):
        asking.get(f"http://{named}/a.pdf")


def test_sizes_are_kept(site: Site) -> None:
    site.put("/", "<a href='a.pdf'>a</a>")
    for length in ("2000", "2147483649"):
        site.put("/a.pdf", b"x" * 2000, Content_Length=length)
        (offer,) = look(site, Memory(), asking=web(site, most_bytes=1000))
        assert isinstance(offer, Offer)
        with pytest.raises(SourceError) as caught:
            offer.fetch()
        assert caught.value.mishap is Mishap.TOO_LARGE


def test_an_answer_that_is_cut_off_is_no_file(site: Site) -> None:
    site.put("/a.pdf", b"%PDF-1.7 half", Content_Length="5000")
    with pytest.raises(SourceError) as caught:
        web(site, timeout=1.0).get(site.url("/a.pdf"))
    assert caught.value.mishap is Mishap.DOWN


def test_a_server_that_is_not_there_is_down(site: Site) -> None:
    with pytest.raises(SourceError) as caught:
        web(site, "127.0.0.1:9").get("http://127.0.0.1:9/")
    assert caught.value.mishap is Mishap.DOWN
    with pytest.raises(SourceError) as caught:
        Web(Rules(frozenset({"khong-co.invalid"}))).get("http://khong-co.invalid/")
    assert caught.value.mishap is Mishap.DOWN


@pytest.mark.skipif(not OPENSSL, reason="needs openssl to make a certificate")
def test_a_certificate_that_fails_is_named_and_one_of_our_own_can_be_trusted(tmp_path: Path) -> None:
    rules = {"pause": 0.0, "loopback": True, "timeout": 5.0}
    with unsigned(tmp_path) as (named, certificate):
        with pytest.raises(SourceError) as caught:
            Web(Rules(frozenset({named}), **rules)).get(f"https://{named}/")  # type: ignore[arg-type]
        assert caught.value.mishap is Mishap.CERTIFICATE
        trusting = Web(Rules(frozenset({named}), ca_file=certificate, **rules))  # type: ignore[arg-type]
        assert trusting.get(f"https://{named}/").data == b"an"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>',
        '<!DOCTYPE x SYSTEM "http://example.com/x.dtd"><rss/>',
        "<rss>" * 100 + "</rss>" * 100,
        "<rss><item></rss>",
        "",
        "không phải XML",
    ],
)
def test_xml_that_is_not_to_be_trusted_is_refused(xml: str) -> None:
    with pytest.raises(SourceError) as caught:
        parse(xml.encode())
    assert caught.value.mishap is Mishap.DAMAGED


def test_good_xml_is_read_with_namespaces() -> None:
    root = parse('<a xmlns:e="urn:e"><e:b c="1">chữ</e:b></a>'.encode())
    assert [(child.tag, child.text, child.get("c")) for child in root] == [("{urn:e}b", "chữ", "1")]
