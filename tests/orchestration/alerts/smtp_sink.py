"""An SMTP server on loopback that keeps what it is given: enough of the protocol for one client."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Sink:
    """What was received.

    Attributes:
        port: Where it listens on 127.0.0.1.
        messages: Whole messages.
        logins: User and password, with whether the connection was encrypted.
        refuses_login: Whether it takes nobody's password.
    """

    port: int = 0
    messages: list[str] = field(default_factory=list)
    logins: list[tuple[str, str, bool]] = field(default_factory=list)
    refuses_login: bool = False


class Server(socketserver.ThreadingTCPServer):
    """Listens on loopback and gives every client a session."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.tls = tls
        self.sink = Sink(port=self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what some tests are about."""


class Session(socketserver.StreamRequestHandler):
    """One client; commands are methods, and those that matter to no test are fine."""

    server: Server
    is_encrypted = False

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            getattr(self, f"do_{verb.lower()}", self.fine)(rest)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def fine(self, _: str) -> None:
        self.say("250 fine")

    def do_quit(self, _: str) -> None:
        self.say("221 bye")

    def do_ehlo(self, _: str) -> None:
        offered = "STARTTLS" if self.server.tls and not self.is_encrypted else "AUTH PLAIN"
        self.say(f"250-sink\r\n250 {offered}")

    def do_starttls(self, _: str) -> None:
        self.say("220 go on")
        assert self.server.tls is not None
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.rfile = self.request.makefile("rb")
        self.wfile = self.request.makefile("wb", buffering=0)
        self.is_encrypted = True

    def do_auth(self, rest: str) -> None:
        _, user, password = base64.b64decode(rest.split()[1]).decode().split("\0")
        self.server.sink.logins.append((user, password, self.is_encrypted))
        is_refused = self.server.sink.refuses_login
        self.say(f"535 {password} is wrong" if is_refused else "235 welcome")

    def do_data(self, _: str) -> None:
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.sink.messages.append(b"".join(lines).decode())
        self.say("250 kept")


@contextmanager
def smtp_sink(tls: ssl.SSLContext | None = None) -> Iterator[Sink]:
    """Serve until the block ends; STARTTLS is offered where a certificate is given."""
    with Server(tls) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.sink
        server.shutdown()
