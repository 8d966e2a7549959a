"""Serving a built site on this machine only.

Pages read Parquet files in the browser and ask for the parts they need, so the server answers
range requests; Python's own does not.
"""

import re
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

HOST = "127.0.0.1"
_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of one folder, whole or in part, and the site's own page for what is not there."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - the base class declares it so
        **SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".parquet": "application/vnd.apache.parquet",
        ".arrow": "application/vnd.apache.arrow.file",
        ".webmanifest": "application/manifest+json",
    }

    def send_head(self) -> BinaryIO | BytesIO | None:
        """Answer a request for part of a file; leave all others to the base class."""
        asked = _RANGE.match(self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if asked is None or not path.is_file():
            return super().send_head()
        content = path.read_bytes()
        first = int(asked.group(1))
        last = min(int(asked.group(2) or len(content) - 1), len(content) - 1)
        if first > last:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{len(content)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        return BytesIO(content[first : last + 1])

    def end_headers(self) -> None:
        """Say that parts can be had, and that a page is to be asked for again after a build."""
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base
        """Keep the terminal quiet."""


def server(site: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of the site on loopback; port 0 takes a free one."""
    return ThreadingHTTPServer((HOST, port), partial(SiteHandler, directory=str(site)))
