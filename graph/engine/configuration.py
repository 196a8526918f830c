"""How the local database is configured and called: neo4j.conf, and Java's argument file."""

from __future__ import annotations

import os

from graph.engine.artifacts import Jars
from graph.engine.home import LOOPBACK, Home, replace_text
from graph.engine.java import Java
from graph.settings import Settings

MAIN = "org.neo4j.server.CommunityEntryPoint"
# What the stock start script passes, see bin/neo4j and conf/neo4j.conf of the distribution.
JAVA_FLAGS = (
    # A load makes much garbage; with G1 it took a quarter more of the server's time on two cores.
    "-XX:+UseParallelGC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+ExitOnOutOfMemoryError",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j.layout.jsonTemplate.maxStringLength=32768",
    "-Dfile.encoding=UTF-8",
)
LEAST_HEAP, MOST_HEAP = 512, 2048
"""MiB. With half as much as the most, a load spends a seventh of the server's time on garbage."""


def configuration(
    settings: Settings, home: Home, jars: Jars, bolt: int, http: int
) -> dict[str, str]:
    """The server's settings; Neo4j 5.26 refuses to start on a name that it does not know."""
    return {
        "server.directories.data": str(home.data),
        "server.directories.logs": str(home.folder / "logs"),
        "server.directories.run": str(home.folder / "run"),
        "server.directories.import": str(home.folder / "import"),
        "server.directories.plugins": str(jars.plugins),
        "server.directories.transaction.logs.root": str(home.data / "transactions"),
        "server.default_listen_address": LOOPBACK,
        "server.default_advertised_address": LOOPBACK,
        "server.bolt.listen_address": f"{LOOPBACK}:{bolt}",
        "server.bolt.advertised_address": f"{LOOPBACK}:{bolt}",
        "server.http.enabled": "true",
        "server.http.listen_address": f"{LOOPBACK}:{http}",
        "server.http.advertised_address": f"{LOOPBACK}:{http}",
        "server.memory.pagecache.size": settings.page_cache,
        # One query may fail for want of memory; the server lives on.
        "db.memory.transaction.max": "256m",
        "db.transaction.timeout": f"{settings.transaction_timeout:g}s",
        # By default every index is read whole again whenever it has grown by a twentieth.
        "db.index_sampling.update_percentage": "50",
        # Every commit is flushed; fewer, larger logs and checkpoints cost less during a load.
        "db.tx_log.rotation.size": "128m",
        "db.tx_log.rotation.retention_policy": "1 files",
        "db.checkpoint.interval.time": "5m",
        # A stop waits this long for the threads of each of its two connectors, even when nobody is
        # connected: five seconds each by default.
        "internal.server.bolt.thread_pool_shutdown_wait_time": "500ms",
        # Nothing leaves or enters this machine by way of the database.
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    }


def write_configuration(home: Home, values: dict[str, str]) -> None:
    """Writes neo4j.conf, which only our own start reads."""
    lines = [f"{name}={value}\n" for name, value in values.items()]
    replace_text(home.conf / "neo4j.conf", "".join(lines))


def command(settings: Settings, home: Home, jars: Jars, java: Java) -> list[str]:
    """The command that starts the server; the class path is too long for one, so it is a file."""
    heap = heap_of(settings)
    class_path = ":".join(str(path) for path in jars.class_path)
    arguments = [
        f"-Xms{heap}",
        f"-Xmx{heap}",
        *JAVA_FLAGS,
        *settings.java_flags.split(),
        "-cp",
        class_path,
        MAIN,
        f"--home-dir={home.folder}",
        f"--config-dir={home.conf}",
        "--console-mode",
    ]
    file = home.conf / "java.arguments"
    replace_text(file, "".join(f"{_quoted(argument)}\n" for argument in arguments))
    return [str(java.executable), f"@{file}"]


def heap_of(settings: Settings) -> str:
    """The Java heap to ask for; `auto` leaves most of the machine to others."""
    if settings.heap != "auto":
        return settings.heap
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return f"{min(max(memory // 6, LEAST_HEAP), MOST_HEAP)}m"


def _quoted(argument: str) -> str:
    """An argument as Java's @file reads it: quoted, with backslashes doubled."""
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
