"""The server of a site: on loopback, whole files and parts of them."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from orchestration.reports.serve import HOST, server


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    (tmp_path / "index.html").write_text("<h1>site</h1>")
    (tmp_path / "days.parquet").write_bytes(bytes(range(100)))
    (tmp_path / "engine.wasm").write_bytes(b"\0asm")
    running = server(tmp_path, 0)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running.server_port
    running.shutdown()
    running.server_close()


def _get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(HOST, port)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    headers_got = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, headers_got, content


def test_only_this_machine_is_served(tmp_path: Path):
    with server(tmp_path, 0) as running:
        assert running.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-0", 206, b"\x00"),
        ("bytes=98-", 206, b"\x62\x63"),
        ("bytes=90-500", 206, bytes(range(90, 100))),
        ("bytes=100-", 416, b""),
    ],
)
def test_parts_of_a_file(port: int, asked: str, status: int, content: bytes):
    got = _get(port, "/days.parquet", Range=asked)
    assert (got[0], got[2]) == (status, content)


def test_a_part_says_of_how_much(port: int):
    assert _get(port, "/days.parquet", Range="bytes=10-19")[1]["content-range"] == "bytes 10-19/100"


def test_types_that_browsers_ask_for(port: int):
    assert _get(port, "/engine.wasm")[1]["content-type"] == "application/wasm"
    assert _get(port, "/")[2] == b"<h1>site</h1>"


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/nothing"])
def test_nothing_outside_the_site(port: int, tmp_path: Path, path: str):
    (tmp_path.parent / "secret").write_text("no")
    assert _get(port, path)[0] == 404
