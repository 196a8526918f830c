"""Deliveries go to public addresses alone, whatever a name says when it is asked again."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as some

from api.webhooks import address
from api.webhooks.address import AddressRefused, Pinned, is_public, parsed, refuse_unless_allowed
from api.webhooks.sending import Outcome, send
from tests.api.webhooks.receiver import Receiver, receiving, refusing

NOW = datetime.now(UTC)
BODY = b'{"type": "t", "data": {}}'
HEADERS = {"webhook-id": "1"}


def answers(*found: list[str]) -> Callable[[str, int], Awaitable[list[str]]]:
    """A name server that answers these, one after the other, and the last for ever."""
    left = list(found)

    async def resolve(host: str, port: int) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


async def sent(
    url: str,
    resolve: Callable[[str, int], Awaitable[list[str]]],
    *,
    trust: ssl.SSLContext | None = None,
    patience: float = 5.0,
) -> Outcome:
    transport = Pinned(resolve, is_local_allowed=True, trust=trust)
    async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
        return await send(client, url, HEADERS, BODY, now=NOW, patience=patience)


NOT_PUBLIC = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1",
    "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::7f00:1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::1",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07::1"])
def test_a_public_address_is_not(text: str) -> None:
    assert is_public(ip_address(text))


@given(some.ip_addresses(v=4))
def test_no_ipv6_address_hides_an_ipv4_one(hidden: IPv4Address) -> None:
    for begin in ("::ffff:0:0", "64:ff9b::", "::"):
        assert not is_public(IPv6Address(int(IPv6Address(begin)) | int(hidden)))
    assert not is_public(IPv6Address(int(IPv6Address("2002::")) | int(hidden) << 80))


@pytest.mark.parametrize(
    "text",
    [
        "http://a.example/", "https://a.example:8443/", "ftp://a.example/", "//a.example/",
        "https://me:secret@a.example/", "https://a.example/#here", "https:///hook", "a.example",
        "https://a.example/" + "x" * 2_000, "https://a.example:99999999/", "https://[::1/", "",
        "gopher://a.example:443/", "https://me@a.example/",
    ],
)  # fmt: skip
def test_an_address_that_deliveries_may_not_have_is_refused(text: str) -> None:
    with pytest.raises(AddressRefused):
        parsed(text, is_local_allowed=False)


def test_one_bad_address_among_good_ones_refuses_the_name() -> None:
    url = parsed("https://a.example/hook", is_local_allowed=False)
    refuse_unless_allowed(url, ["8.8.8.8"], is_local_allowed=False)
    for found in (["8.8.8.8", "10.0.0.1"], ["fe80::1%eth0"], []):
        with pytest.raises(AddressRefused):
            refuse_unless_allowed(url, found, is_local_allowed=False)


@pytest.mark.parametrize("url", ["http://a.example/", "https://a.example:8443/"])
@pytest.mark.parametrize("found", ["8.8.8.8", "10.0.0.1", "169.254.169.254"])
def test_where_this_machine_is_allowed_nothing_else_is(url: str, found: str) -> None:
    with pytest.raises(AddressRefused):
        refuse_unless_allowed(httpx.URL(url), [found], is_local_allowed=True)


@pytest.mark.parametrize("literal", ["2130706433", "0x7f.1", "127.1", "[::ffff:7f00:1]"])
async def test_an_address_in_disguise_is_known_after_it_is_resolved(literal: str) -> None:
    transport = Pinned(address.resolve, is_local_allowed=False)
    async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
        outcome = await send(client, f"https://{literal}/", HEADERS, BODY, now=NOW)
    assert (outcome.name, outcome.status) == ("address", None)
    assert str(outcome.error).endswith("which is not public")


@pytest.fixture
async def local() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


async def test_a_name_is_resolved_once_and_what_it_says_next_is_not_followed(
    local: Receiver,
) -> None:
    resolve = answers(["127.0.0.1"], ["169.254.169.254"])
    url = f"http://hooks.example:{local.port}/hook"

    first, second = await sent(url, resolve), await sent(url, resolve)

    assert (first.name, first.status) == ("delivered", 200)
    assert (second.name, second.status) == ("address", None)
    assert second.error == "hooks.example leads to 169.254.169.254, which is not public"
    assert [one.headers["host"] for one in local.came] == [f"hooks.example:{local.port}"]


async def test_the_next_address_is_tried_where_nobody_listens_at_one(local: Receiver) -> None:
    resolve = answers(["127.0.0.2", "127.0.0.1"])

    outcome = await sent(f"http://hooks.example:{local.port}/hook", resolve)

    assert outcome.name == "delivered"


async def test_a_redirect_is_a_failure_and_is_not_followed(local: Receiver) -> None:
    target = f"http://127.0.0.1:{local.port}/private"
    local.answers["/hook"] = refusing(302, Location=target)

    outcome = await sent(local.address("/hook"), answers(["127.0.0.1"]))

    assert (outcome.name, outcome.status) == ("status", 302)
    assert [one.path for one in local.came] == ["/hook"]


async def test_of_an_answer_without_end_the_beginning_is_read(local: Receiver) -> None:
    async def endless(_: object) -> tuple[int, dict[str, str], bytes]:
        return 200, {}, b"x" * 5_000_000

    local.answers["/hook"] = endless

    outcome = await sent(local.address("/hook"), answers(["127.0.0.1"]))

    assert (outcome.name, outcome.body) == ("delivered", b"x" * 4_096)


async def test_a_name_that_nobody_knows_is_a_failure() -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    outcome = await sent("https://a.example/", unknown)

    assert (outcome.name, outcome.error) == ("connection", "OSError: no such name")


@pytest.mark.parametrize(
    ("name", "outcome"), [("hooks.example", "delivered"), ("other.example", "connection")]
)
async def test_the_certificate_must_be_of_the_name_and_not_of_the_address(
    name: str, outcome: str, tmp_path: Path
) -> None:
    file = certificate(tmp_path, "hooks.example")
    mine = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    mine.load_cert_chain(file)
    asked: list[str | None] = []
    mine.sni_callback = lambda _, asked_for, __: asked.append(asked_for)
    async with receiving(mine) as receiver:
        found = await sent(
            f"https://{name}:{receiver.port}/hook",
            answers(["127.0.0.1"]),
            trust=ssl.create_default_context(cafile=file),
        )

    assert found.name == outcome
    assert asked == [name]


def certificate(folder: Path, name: str) -> Path:
    """A certificate of this name that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file
