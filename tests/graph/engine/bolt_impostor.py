"""A server that speaks just enough Bolt 4.4 to say who it is, and is not a Neo4j 5."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Bolt 4.4's structures: https://neo4j.com/docs/bolt/current/bolt/message/
HELLO, RUN, PULL, RECORD, SUCCESS, FAILURE = 0x01, 0x10, 0x3F, 0x71, 0x70, 0x7F
MAGIC = b"\x60\x60\xb0\x17"

Value = str | int | list["Value"] | dict[str, "Value"]


def pack(value: Value) -> bytes:
    """A small value in PackStream."""
    if isinstance(value, int):
        return struct.pack(">b", value)
    if isinstance(value, str):
        return bytes([0xD0, len(value.encode())]) + value.encode()
    if isinstance(value, list):
        return bytes([0x90 + len(value)]) + b"".join(map(pack, value))
    pairs = b"".join(pack(key) + pack(item) for key, item in value.items())
    return bytes([0xA0 + len(value)]) + pairs


class Conversation(socketserver.BaseRequestHandler):
    """Greets, answers RETURN 1, and answers dbms.components as its server says."""

    def handle(self) -> None:
        if not self.receive(20).startswith(MAGIC):
            return
        self.request.sendall(b"\x00\x00\x04\x04")
        rows: list[Value] = []
        while message := self.message():
            if message[1] == HELLO:
                self.reply(SUCCESS, {"server": self.server.agent, "connection_id": "bolt-1"})
            elif message[1] == RUN and b"components" in message and not self.server.components:
                self.reply(
                    FAILURE,
                    {
                        "code": "Neo.ClientError.Procedure.ProcedureNotFound",
                        "message": "no such procedure",
                    },
                )
            elif message[1] == RUN:
                asked = b"components" in message
                names: Value = ["name", "versions", "edition"] if asked else ["one"]
                rows = [self.server.components if asked else [1]]
                self.reply(SUCCESS, {"fields": names})
            elif message[1] == PULL:
                for row in rows:
                    self.reply(RECORD, row)
                rows = []
                self.reply(SUCCESS, {})
            else:
                self.reply(SUCCESS, {})

    def reply(self, tag: int, value: Value) -> None:
        body = bytes([0xB1, tag]) + pack(value)
        self.request.sendall(struct.pack(">H", len(body)) + body + b"\x00\x00")

    def message(self) -> bytes:
        body = b""
        while header := self.receive(2):
            size = struct.unpack(">H", header)[0]
            if not size and body:
                return body
            body += self.receive(size)
        return b""

    def receive(self, size: int) -> bytes:
        data = b""
        while len(data) < size and (more := self.request.recv(size - len(data))):
            data += more
        return data


class Impostor(socketserver.ThreadingTCPServer):
    """A server with a name of its own, and its answer to dbms.components, if any."""

    daemon_threads = True
    agent = ""
    components: list[Value] = []


@contextmanager
def impostor(agent: str, components: list[Value]) -> Iterator[str]:
    """The address of a running impostor."""
    with Impostor(("127.0.0.1", 0), Conversation) as server:
        server.agent, server.components = agent, components
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"bolt://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
