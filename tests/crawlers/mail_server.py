"""A mail server on loopback: it takes one message after another, with STARTTLS and a login where it is told to offer them."""

import base64
import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


class MailServer(socketserver.ThreadingTCPServer):
    """What it was sent: ``commands`` as they came, ``messages`` as received, ``logins`` as (user, password)."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None) -> None:
        self.tls = tls
        self.commands: list[str] = []
        self.messages: list[bytes] = []
        self.logins: list[tuple[str, str]] = []
        super().__init__((HOST, 0), _Session)

    @property
    def address(self) -> str:
        return f"{HOST}:{self.server_address[1]}"


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 mail.example")
        while line := self.rfile.readline().decode().strip():
            command = line.split()[0].upper()
            self.server.commands.append(command)
            if command == "QUIT":
                self._say("221 bye")
                return
            getattr(self, f"_{command.lower()}", self._ok)(line)

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")

    def _ok(self, _line: str) -> None:
        self._say("250 ok")

    def _ehlo(self, _line: str) -> None:
        self._say("250-mail.example")
        if self.server.tls:
            self._say("250-AUTH PLAIN" if isinstance(self.connection, ssl.SSLSocket) else "250-STARTTLS")
        self._say("250 8BITMIME")

    def _starttls(self, _line: str) -> None:
        assert self.server.tls
        self._say("220 go on")
        try:
            self.connection: Any = self.server.tls.wrap_socket(self.connection, server_side=True)
        except ssl.SSLError:  # a client that does not trust the certificate hangs up
            self.rfile = BytesIO()
            return
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def _auth(self, line: str) -> None:
        _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
        self.server.logins.append((user, password))
        self._say("235 welcome")

    def _data(self, _line: str) -> None:
        self._say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.messages.append(b"".join(lines))
        self._say("250 ok")


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """A running server; with ``tls`` it offers STARTTLS and, behind it, a login."""
    with MailServer(tls) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS context for ``HOST`` with a certificate signed by itself, and the certificate's file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    signed = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path, key_path = folder / "mail.pem", folder / "mail.key"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key_path.write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key_path)
    return context, path
