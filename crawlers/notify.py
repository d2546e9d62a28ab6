"""Tell a person about alarms, by webhook or e-mail, where the environment says so."""

import json
import os
import smtplib
import ssl
import sys
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

WEBHOOK = "HANKEARKISTO_WEBHOOK"
MAIL_TO, MAIL_FROM, MAIL_SERVER = "HANKEARKISTO_MAIL_TO", "HANKEARKISTO_MAIL_FROM", "HANKEARKISTO_MAIL_SERVER"
MAIL_USER, MAIL_PASSWORD = "HANKEARKISTO_MAIL_USER", "HANKEARKISTO_MAIL_PASSWORD"
# The port of mail over TLS from the first byte (RFC 8314); on any other a login waits for STARTTLS (RFC 3207).
_TLS_PORT = 465
_TIMEOUT_S = 20


def notify(lines: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Send the lines where the environment names a webhook (JSON: {"text": ...}) or a mail server and an address.

    With a user and a password the mail server is logged in to, over TLS with a certificate that holds, or not at all.
    A message that cannot be sent is said on standard error; the crawl stands.
    """
    if not lines:
        return
    try:
        if url := environment.get(WEBHOOK):
            _post(url, lines)
        if environment.get(MAIL_TO) and environment.get(MAIL_SERVER):
            _mail(environment, lines)
    except (OSError, URLError, ValueError, smtplib.SMTPException) as error:
        sys.stderr.write(f"alarms could not be sent: {error}\n")


def _post(url: str, lines: Sequence[str]) -> None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError(f"{WEBHOOK} is no http address")
    body = json.dumps({"text": "\n".join(lines)}, ensure_ascii=False).encode()
    request = Request(url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310 - scheme checked above
    urlopen(request, timeout=_TIMEOUT_S).close()  # noqa: S310 - scheme checked above


def _mail(environment: Mapping[str, str], lines: Sequence[str]) -> None:
    message = EmailMessage()
    message["To"] = environment[MAIL_TO]
    message["From"] = environment.get(MAIL_FROM, environment[MAIL_TO])
    message["Subject"] = f"Hankearkisto: {len(lines)} alarms"
    message.set_content("\n".join(lines))
    with _server(environment[MAIL_SERVER]) as server:
        if user := environment.get(MAIL_USER):
            if not isinstance(server, smtplib.SMTP_SSL):
                server.starttls(context=ssl.create_default_context())
            server.login(user, environment.get(MAIL_PASSWORD, ""))
        server.send_message(message)


def _server(address: str) -> smtplib.SMTP:
    host, _, written = address.partition(":")
    port = int(written or smtplib.SMTP_PORT)
    if port == _TLS_PORT:
        return smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=_TIMEOUT_S)
