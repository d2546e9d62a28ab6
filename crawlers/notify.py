"""Tell a person about alarms, by webhook or e-mail, where the environment says so."""

import json
import os
import smtplib
import sys
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

WEBHOOK, MAIL_TO, MAIL_FROM, MAIL_SERVER = (
    "HANKEARKISTO_WEBHOOK",
    "HANKEARKISTO_MAIL_TO",
    "HANKEARKISTO_MAIL_FROM",
    "HANKEARKISTO_MAIL_SERVER",
)
_TIMEOUT_S = 20


def notify(lines: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Send the lines where the environment names a webhook (JSON: {"text": ...}) or a mail server and an address.

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
    host, _, port = environment[MAIL_SERVER].partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=_TIMEOUT_S) as server:
        server.send_message(message)
