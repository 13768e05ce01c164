"""Asking web servers for files, and only those servers that the settings name, on public addresses.

Every request, redirects included, is looked at before it is made: the scheme, the host against the list, the addresses
of the host, robots.txt, the time since the last request. The connection goes to the very address that was looked at, so
a name that resolves to another address a moment later changes nothing. Proxies of the environment are not used: they
would connect to where nobody looked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from ingest.inbox import Mishap, SourceError, too_large

#: How this program calls itself to servers and in robots.txt.
AGENT = "congvan"
_REDIRECTS = 5
_CHUNK = 64 * 1024
#: What stands in addresses as it is; "%" as well, since what is quoted stays quoted.
_PLAIN = "/%:@!$&'()*+,;=~-._"
#: robots.txt is read up to this size (RFC 9309 asks for at least 500 KiB), and asks for no longer pause than this.
_ROBOTS_BYTES, _LONGEST_PAUSE = 512 * 1024, 60.0
#: IPv6 addresses that carry an IPv4 address in their last 32 bits (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be asked: ``hosts`` (names in lower case, ``host:port`` for other ports than the usual ones), how often
    and how long. ``loopback`` allows the addresses of this machine, for tests."""

    hosts: frozenset[str]
    pause: float = 2.0
    timeout: float = 30.0
    whole: float = 900.0
    most_bytes: int = 200 * 2**20
    loopback: bool = False
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: ``data`` is None where nothing has changed. ``url`` is where it came from at last."""

    url: str
    data: bytes | None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def validators(self) -> dict[str, str]:
        """What to send the next time to hear only of changes: etag and modified."""
        found = {"etag": self.headers.get("etag", ""), "modified": self.headers.get("last-modified", "")}
        return {name: value for name, value in found.items() if value}


class Web:
    """Asks servers, one request at a time."""

    def __init__(
        self,
        rules: Rules,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Callable[[str, int], list[str]] | None = None,
    ) -> None:
        """``resolve`` returns the addresses of a host; the system's resolver unless given."""
        self._rules, self._sleep = rules, sleep
        self._resolve = resolve or _addresses
        self._last: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}

    def allows(self, url: str) -> bool:
        """Whether the settings name the host of an address."""
        try:
            _place(url, self._rules)
        except SourceError:
            return False
        return True

    def get(self, url: str, known: Mapping[str, str] | None = None, most: int | None = None) -> Answer:
        """Return what lies at an address; ``known`` are the ``validators`` of the last answer.

        Raises SourceError: what is not allowed, not reachable, not there, too large.
        """
        headers = {}
        if known and known.get("etag"):
            headers["If-None-Match"] = known["etag"]
        if known and known.get("modified"):
            headers["If-Modified-Since"] = known["modified"]
        return self._follow(url, headers, most or self._rules.most_bytes, robots=True)

    def _follow(self, url: str, headers: dict[str, str], most: int, *, robots: bool) -> Answer:
        for _ in range(_REDIRECTS + 1):
            place = _place(url, self._rules)
            if robots and not self._may(place):
                raise SourceError(Mishap.REFUSED, "robots.txt của máy chủ không cho phép lấy địa chỉ này.")
            status, found, data = self._once(place, headers, most)
            if status in (301, 302, 303, 307, 308):
                target = urljoin(url, found.get("location", ""))
                if place.scheme == "https" and urlsplit(target).scheme == "http":
                    raise SourceError(Mishap.REFUSED, "Máy chủ chuyển từ https sang http, không đi theo.")
                url = target
                continue
            if status == 304:
                return Answer(url, None, found)
            if status != 200:
                raise _StatusError(status)
            return Answer(url, data, found)
        raise SourceError(Mishap.DOWN, "Máy chủ chuyển địa chỉ quá nhiều lần.")

    def _may(self, place: SplitResult) -> bool:
        site = f"{place.scheme}://{place.netloc}"
        rules = self._robots.get(site)
        if rules is None:
            rules = RobotFileParser()
            try:
                answer = self._follow(f"{site}/robots.txt", {}, _ROBOTS_BYTES, robots=False)
                rules.parse((answer.data or b"").decode("utf-8", "replace").splitlines())
            except _StatusError as error:
                if error.status >= 500:  # RFC 9309: a server in trouble has not said yes
                    raise
                rules.parse(["User-agent: *", "Disallow: /"] if error.status in (401, 403) else [])
            self._robots[site] = rules
        return rules.can_fetch(AGENT, urlunsplit(place))

    def _once(self, place: SplitResult, headers: dict[str, str], most: int) -> tuple[int, dict[str, str], bytes]:
        host, port = place.hostname or "", place.port or (443 if place.scheme == "https" else 80)
        address = self._vetted(host, port)
        self._wait(place)
        connection = _Pinned(host, port, address, self._rules, tls=place.scheme == "https")
        path, query = quote(place.path or "/", safe=_PLAIN), quote(place.query, safe=_PLAIN + "?")
        target = urlunsplit(("", "", path, query, ""))
        sent = {"User-Agent": f"{AGENT}/1", "Accept-Encoding": "identity", "Connection": "close", **headers}
        try:
            connection.request("GET", target, headers=sent)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return response.status, found, self._body(response, found, most)
        except ssl.SSLCertVerificationError as error:
            raise SourceError(
                Mishap.CERTIFICATE,
                f"Chứng thư của {host} không hợp lệ ({error.verify_message}).",
                "Không tải gì từ đó.",
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            raise SourceError(Mishap.DOWN, f"Không kết nối được {host} ({why}).") from error
        finally:
            connection.close()

    def _body(self, response: http.client.HTTPResponse, headers: Mapping[str, str], most: int) -> bytes:
        if response.status != 200:
            return b""
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > most:
            raise too_large(int(length), most)
        if headers.get("content-encoding", "identity").lower() not in ("identity", ""):
            raise SourceError(Mishap.DAMAGED, "Máy chủ gửi dữ liệu nén dù không được yêu cầu.")
        until = time.monotonic() + self._rules.whole
        parts, size = [], 0
        while chunk := response.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise too_large(None, most)
            if time.monotonic() > until:
                raise SourceError(Mishap.DOWN, "Máy chủ gửi quá chậm.")
            parts.append(chunk)
        if length.isdigit() and size != int(length):
            raise SourceError(Mishap.DOWN, "Máy chủ ngắt giữa chừng.")
        return b"".join(parts)

    def _wait(self, place: SplitResult) -> None:
        rules = self._robots.get(f"{place.scheme}://{place.netloc}")
        asked = rules.crawl_delay(AGENT) if rules is not None else None
        pause = max(self._rules.pause, min(float(asked or 0), _LONGEST_PAUSE))
        last = self._last.get(place.netloc)
        if last is not None and (left := last + pause - time.monotonic()) > 0:
            self._sleep(left)
        self._last[place.netloc] = time.monotonic()

    def _vetted(self, host: str, port: int) -> str:
        """Return an address of a host after a look at all of them: one that is not public is one too many."""
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise SourceError(Mishap.DOWN, f"Không tìm thấy máy chủ {host}.") from error
        for address in found:
            if not _public(ipaddress.ip_address(address.partition("%")[0]), self._rules.loopback):
                raise SourceError(Mishap.REFUSED, f"{host} dẫn tới địa chỉ nội bộ, không được phép.")
        if not found:
            raise SourceError(Mishap.DOWN, f"Không tìm thấy máy chủ {host}.")
        return found[0]


class _StatusError(SourceError):
    """The server answered, but not with what was asked for."""

    def __init__(self, status: int) -> None:
        mishap = Mishap.SIGN_IN if status in (401, 403) else Mishap.DOWN if status >= 500 else Mishap.UNREADABLE
        super().__init__(mishap, f"Máy chủ trả lời mã {status}.")
        self.status = status


class _Pinned(http.client.HTTPConnection):
    """A connection to one address under the name of its host."""

    def __init__(self, host: str, port: int, address: str, rules: Rules, *, tls: bool) -> None:
        super().__init__(host, port, timeout=rules.timeout)
        self._address, self._tls, self._ca = address, tls, rules.ca_file

    def connect(self) -> None:
        """Connect, and prove who is there."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._tls:
            context = ssl.create_default_context(cafile=self._ca)
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _place(url: str, rules: Rules) -> SplitResult:
    try:
        place = urlsplit(url)
        host, port = place.hostname, place.port
    except ValueError as error:
        raise SourceError(Mishap.REFUSED, "Địa chỉ không hợp lệ.") from error
    usual = {"http": 80, "https": 443}
    if place.scheme not in usual or not host or "@" in place.netloc:
        raise SourceError(Mishap.REFUSED, "Chỉ lấy từ địa chỉ http:// và https:// không kèm tên và mật khẩu.")
    named = host if port in (None, usual[place.scheme]) else f"{host}:{port}"
    if named not in rules.hosts:
        raise SourceError(Mishap.REFUSED, f"Máy chủ {named} không có trong danh sách hosts của nguồn.")
    return place._replace(fragment="")


def _public(address: Address, loopback: bool) -> bool:
    """Whether an address may be asked: it is one of the internet, whatever form it hides in."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _public(inner, loopback)
    if loopback and address.is_loopback:
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _addresses(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
