"""Where deliveries may go: to public addresses by https, and never into a network of ours.

A name is resolved once for an attempt, all its addresses are checked, and the connection is made
to one of those: a name that leads elsewhere a moment later leads nowhere.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

LONGEST = 2_000
"""Characters of an address."""
LOOKUP = 5.0
"""Seconds that a name may take to be resolved."""
GLOBAL_UNICAST = IPv6Network("2000::/3")
TUNNELS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"), IPv6Network("3fff::/20"))
"""Teredo and 6to4 hold IPv4 addresses, which may be anything; the last is for documentation."""
SPECIAL = (
    IPv4Network("168.63.129.16/32"),  # a cloud's own services
    IPv4Network("192.0.0.0/24"),  # protocols, and another cloud's services
    IPv4Network("192.88.99.0/24"),  # relays of 6to4
)

Resolve = Callable[[str, int], Awaitable[list[str]]]


class AddressRefused(Exception):
    """Deliveries may not go there, and why."""


_LOOKUPS = ThreadPoolExecutor(32, "webhook-names")
"""Of their own: a name server that does not answer keeps nothing else waiting."""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(LOOKUP):
        found = await loop.run_in_executor(
            _LOOKUPS, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def parsed(address: str, *, is_local_allowed: bool) -> httpx.URL:
    """The address of an endpoint; AddressRefused for one that deliveries may not have."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, UnicodeError):
        raise AddressRefused("it is no address") from None
    if len(address) > LONGEST or not url.host or url.userinfo or url.fragment:
        raise AddressRefused(f"it has no host, a password, a fragment, or over {LONGEST} letters")
    if is_local_allowed and url.scheme in ("http", "https"):
        return url
    if url.scheme != "https" or url.port not in (None, 443):
        raise AddressRefused("deliveries go by https and to port 443 alone")
    return url


def refuse_unless_allowed(url: httpx.URL, found: list[str], *, is_local_allowed: bool) -> None:
    """AddressRefused where one of the addresses of a host is not for deliveries."""
    if not found:
        raise AddressRefused(f"{url.host} has no address")
    for text in found:
        ip = ip_address(text.partition("%")[0])
        is_ours = is_local_allowed and ip.is_loopback
        if not is_ours and not is_public(ip):
            raise AddressRefused(f"{url.host} leads to {ip}, which is not public")
        if not is_ours:
            parsed(str(url), is_local_allowed=False)


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public internet, and hides no other in it."""
    if isinstance(ip, IPv6Address):
        if ip not in GLOBAL_UNICAST or any(ip in one for one in TUNNELS):
            return False  # IPv4-mapped ones, NAT64 and all that is local are outside
    elif any(ip in one for one in SPECIAL):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_private)


class Pinned(httpx.AsyncBaseTransport):
    """Connects to addresses that were checked, as the host that was asked for; no proxy between."""

    def __init__(
        self, resolve: Resolve, *, is_local_allowed: bool, trust: ssl.SSLContext | None = None
    ) -> None:
        self._resolve = resolve
        self._is_local_allowed = is_local_allowed
        # A connection is for one delivery: the next one may be to another host at this address.
        self._plain = httpx.AsyncHTTPTransport(
            verify=trust or ssl.create_default_context(),
            trust_env=False,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Resolve, check, connect."""
        url = parsed(str(request.url), is_local_allowed=self._is_local_allowed)
        port = url.port or (443 if url.scheme == "https" else 80)
        found = await self._resolve(url.raw_host.decode(), port)
        refuse_unless_allowed(url, found, is_local_allowed=self._is_local_allowed)
        for text in found[:-1]:
            try:
                return await self._connect(request, url, text)
            except httpx.ConnectError:
                continue
        return await self._connect(request, url, found[-1])

    async def aclose(self) -> None:
        """Close what is open."""
        await self._plain.aclose()

    async def _connect(self, request: httpx.Request, url: httpx.URL, ip: str) -> httpx.Response:
        pinned = httpx.Request(
            request.method,
            url.copy_with(host=ip),
            headers=request.headers,  # Host among them, as it was asked for
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": url.raw_host.decode()},
        )
        return await self._plain.handle_async_request(pinned)
