"""A receiver of webhooks: a real HTTP server whose answers tests choose by path."""

from __future__ import annotations

import asyncio
import json
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest, new
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def is_handshake(self) -> bool:
        return bool(self.told["type"] == "footprint.webhook.begun.v1")


Answer = tuple[int, dict[str, str], bytes]
Behaviour = Callable[[Delivery], Awaitable[Answer | None]]
"""What a delivery is answered; None closes the connection without a word."""


async def willing(delivery: Delivery) -> Answer:
    """Take everything, and answer a handshake with its challenge."""
    return 200, {}, delivery.told["data"].get("challenge", "").encode()


def refusing(status: int, **headers: str) -> Behaviour:
    """Shake hands, and then answer this."""

    async def refuse(delivery: Delivery) -> Answer:
        if delivery.is_handshake:
            return await willing(delivery)
        return status, {name.replace("_", "-"): value for name, value in headers.items()}, b""

    return refuse


@dataclass
class Receiver:
    """What came, and how each path answers."""

    port: int = 0
    came: list[Delivery] = field(default_factory=list)
    answers: dict[str, Behaviour] = field(default_factory=dict)

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def events(self, path: str) -> list[Delivery]:
        """What came at a path but handshakes."""
        return [one for one in self.came if one.path == path and not one.is_handshake]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            delivery = await _read(reader)
            self.came.append(delivery)
            answer = await self.answers.get(delivery.path, willing)(delivery)
            if answer:
                status, headers, body = answer
                told = {"Content-Length": str(len(body)), "Connection": "close", **headers}
                lines = [f"HTTP/1.1 {status} Said", *(f"{k}: {v}" for k, v in told.items())]
                writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


@asynccontextmanager
async def receiving(trust: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """A receiver on this machine, by TLS where a context is given."""
    receiver = Receiver()
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(receiver.serve(reader, writer))
        serving.add(task)
        task.add_done_callback(serving.discard)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=trust)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        for task in list(serving):
            task.cancel()  # a slow one answers nobody any more
        await asyncio.gather(*serving, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Delivery:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Delivery(first.split()[1], headers, body)


def is_by(delivery: Delivery, shared: str) -> bool:
    """Whether a v1 signature is of this secret, as the specification says; written for the test."""
    content = b".".join(
        [delivery.id.encode(), delivery.headers["webhook-timestamp"].encode(), delivery.body]
    )
    key = b64decode(shared.removeprefix("whsec_"))
    expected = new(key, content, sha256).digest()
    return any(compare_digest(expected, one) for one in _signatures(delivery, "v1"))


def is_by_holder_of(delivery: Delivery, public: str) -> bool:
    """Whether a v1a signature is of this public key."""
    content = b".".join(
        [delivery.id.encode(), delivery.headers["webhook-timestamp"].encode(), delivery.body]
    )
    key = Ed25519PublicKey.from_public_bytes(b64decode(public.removeprefix("whpk_")))
    for one in _signatures(delivery, "v1a"):
        try:
            key.verify(one, content)
        except InvalidSignature:
            continue
        return True
    return False


def _signatures(delivery: Delivery, version: str) -> list[bytes]:
    told = [one.partition(",") for one in delivery.headers["webhook-signature"].split(" ")]
    return [b64decode(text) for kind, _, text in told if kind == version]
