"""What a sending needs of the server: the password, connections that take the message, the speed of late."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from newsletter_pdf.files import human_size
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.mail.ledger import FILE_NAME, Ledger, LedgerError
from newsletter_pdf.mail.secrets import SMTP_PASSWORD, Secret, demand_secret
from newsletter_pdf.mail.sending.run import Session
from newsletter_pdf.mail.settings import MailSettings, Server
from newsletter_pdf.mail.transport import Connection, ServerTroubleError


def password_of(settings: MailSettings, findings: Findings) -> Secret | None:
    """The password for the server; N857 when one is needed and there is none."""
    server = settings.server
    if server is None or server.username is None:
        return None
    entry = f"{server.username}@{server.host}"
    place = Place(settings.place.file)
    return demand_secret(SMTP_PASSWORD, entry, place, findings, f" {entry} 的密码", f"password of {entry}")


def connector(server: Server, password: Secret | None, size: int) -> Callable[[], Session]:
    """What opens a connection to a server that takes messages of ``size`` octets; it raises ServerTroubleError."""

    def connect() -> Session:
        connection = Connection(server, password)
        largest = connection.largest  # forgotten when the connection is closed
        if largest is not None and size > largest:
            connection.close()
            limit, has = human_size(largest), human_size(size)
            raise ServerTroubleError(
                f"服务器最多接受 {limit} 的信，这一封有 {has}；请把 delivery 改为 link",
                f"the server takes {limit} at most, a message has {has}; set delivery: link",
                lasting=True,
            )
        return connection

    return connect


def recent(ledger: Ledger, seconds: float) -> list[float]:
    """When, in seconds before now, messages left within the last ``seconds``, those of the other issues, too.

    A server counts what it is given, whatever issue it is of. The ledger of another issue that cannot be read counts
    nothing: it does not stop this one.
    """
    found = ledger.recent(seconds)
    own = ledger.path.resolve()
    for other in sorted(own.parent.parent.glob(f"*/{FILE_NAME}")):
        if other.resolve() != own:
            with contextlib.suppress(LedgerError), Ledger(other, other.parent.name, write=False) as book:
                found += book.recent(seconds)
    return sorted(found)
