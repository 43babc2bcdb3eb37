"""S33–S37: which names, numbers and ports may be connected to. Nothing is sent here: a recording connector stands in."""

from __future__ import annotations

import ipaddress

import pytest

from ljnews.errors import AddressRefused
from ljnews.fetch import connection, urls
from ljnews.fetch.address import Guard, is_public
from ljnews.fetch.session import Session
from ljnews.fetch.settings import Settings

PRIVATE = """
10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.254 198.18.0.1 198.19.255.255 192.0.0.1 192.0.0.8
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 0.0.0.0 0.1.2.3 127.0.0.1 127.255.255.254 169.254.0.1 192.0.2.1 198.51.100.7 203.0.113.9
192.88.99.1 169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16
fd00:ec2::254 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1
fec0::1 fe80::1 fe80::1%lo ff02::1 ff0e::1 fc00::1 fd12::1 ::1 :: ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1
2001:db8::1 3fff::1 100:: 100:100:100:200:: 5f00::1 4000::1
""".split()  # fmt: skip

PUBLIC = "1.1.1.1 8.8.8.8 114.114.114.114 223.5.5.5 101.226.4.6 2400:3200::1 2606:4700::1111 240e:4c:4008::1 64:ff9b::808:808".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_address_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(AddressRefused):
        Guard().check_address("x.example", address)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "answers", [["1.1.1.1", "::1"], ["1.1.1.1"] * 19 + ["10.0.0.1"], ["127.0.0.1", "1.1.1.1"], ["1.1.1.1", "fe80::1%lo"]]
)
def test_address_one_forbidden_answer_refuses_the_name(answers: list[str]) -> None:
    with pytest.raises(AddressRefused):
        Guard(resolver=lambda _h, _p: answers).addresses("x.example", 80)


@pytest.mark.parametrize(
    "name",
    ["localhost", "localhost.", "LOCALHOST", "a.localhost", "printer.local", "metadata.google.internal", "db.internal", "x.home.arpa"],
)
def test_address_names_of_the_inside_are_refused_unresolved(name: str) -> None:
    asked: list[str] = []
    with pytest.raises(AddressRefused):
        Guard(resolver=lambda h, _p: asked.append(h) or ["1.1.1.1"]).addresses(name, 80)
    assert asked == []


@pytest.mark.parametrize("port", [0, 1, 21, 22, 23, 25, 110, 139, 445, 631, 5432, 3306, 6379, 9200, 11211, 27017, 2375, 65536, 6667])
def test_address_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(AddressRefused):
        Guard(resolver=lambda _h, _p: ["1.1.1.1"]).addresses("x.example", port)


@pytest.mark.parametrize("port", [80, 81, 443, 8080, 8081, 8000, 8443, 9000, 7001])
def test_address_ports_of_web_sites(port: int) -> None:
    assert Guard(resolver=lambda _h, _p: ["1.1.1.1"]).addresses("x.example", port) == ["1.1.1.1"]


def test_address_opened_range_opens_nothing_else() -> None:
    guard = Guard(allow=["127.0.0.0/8"])
    guard.check_address("x.test", "127.3.2.1")
    guard.check_address("x.test", "::ffff:127.0.0.1")
    for other in ("10.0.0.1", "::1", "169.254.169.254", "192.168.0.1"):
        with pytest.raises(AddressRefused):
            guard.check_address("x.test", other)


@pytest.mark.parametrize("address", PRIVATE)
def test_address_forbidden_is_refused_before_any_connect(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole session, with a connector that only records: not one connect is tried."""
    tried: list[object] = []
    monkeypatch.setattr(connection._TimedSocket, "connect", lambda self, to: tried.append(to))
    host = f"[{address.replace('%', '%25')}]" if ":" in address else address
    for url, resolver in ((f"http://{host}/", None), ("http://x.example/", lambda _h, _p: [address])):
        with pytest.raises(AddressRefused):
            Session(Settings(), resolver=resolver).ask(url)
    assert tried == []


def test_address_what_was_checked_is_connected_to_and_names_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """F2: a resolver that answers public first and loopback then is asked once; Host and SNI keep the name."""
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    tried: list[tuple[str, int]] = []

    def record(_self: object, to: tuple[str, int]) -> None:
        tried.append(to)
        raise ConnectionRefusedError("recorded")

    monkeypatch.setattr(connection._TimedSocket, "connect", record)
    with pytest.raises(Exception, match="no connection"):
        Session(Settings(), resolver=lambda _h, _p: next(answers)).ask("http://rebind.example/")
    assert tried == [("93.184.216.34", 80)]
    assert next(answers) == ["127.0.0.1"], "resolved more than once"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://x.example/", "gopher://x.example/", "data:text/html,x", "jar:http://x.example!/", "dict://x.example/",
        "javascript:alert(1)", "http://", "http:///x", "//x.example/", "x.example", "http://user@127.0.0.1/", "http://example.com@127.0.0.1/",
        "http://127.0.0.1\\@example.com/", " http://127.0.0.1/", "\thttp://127.0.0.1/", "http://127.0.0.1\n/", "http://x.example:0/",
        "http://x.example:65536/", "http://x.example:99999/", "http://[::1/", "http://x.example/\x00", "http://x.example/a b", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_address_urls_that_two_parsers_read_differently_are_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        urls.checked(url)
    with pytest.raises(AddressRefused):
        Session(Settings(allow_networks=("127.0.0.0/8",))).ask(url)


def test_address_environment_proxies_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """S38: proxies of the environment are not asked; one that is set is, and its address is checked like any other."""
    tried: list[tuple[str, int]] = []

    def record(_self: object, to: tuple[str, int]) -> None:
        tried.append(to)
        raise ConnectionRefusedError("recorded")

    monkeypatch.setattr(connection._TimedSocket, "connect", record)
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    with pytest.raises(Exception, match="no connection"):
        Session(Settings(), resolver=lambda _h, _p: ["1.1.1.1"]).ask("http://x.example/")
    assert tried == [("1.1.1.1", 80)]
    tried.clear()
    with pytest.raises(AddressRefused):
        Session(Settings(proxy="http://127.0.0.1:3128"), resolver=lambda h, _p: [h if h[0] == "1" else "1.1.1.1"]).ask("http://x.example/")
    assert tried == []
    settings = Settings(proxy="http://127.0.0.1:3128", allow_networks=("127.0.0.1/32",))
    with pytest.raises(Exception, match="no connection"):
        Session(settings, resolver=lambda h, _p: [h if h[0] == "1" else "1.1.1.1"]).ask("http://x.example/")
    assert tried == [("127.0.0.1", 3128)]
