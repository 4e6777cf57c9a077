"""What to do about a trouble of the server, by what it is about."""

from __future__ import annotations

from dataclasses import replace

from newsletter_pdf.findings import Finding, Place
from newsletter_pdf.findings.mailing_sending import SERVER_TROUBLE
from newsletter_pdf.mail.secrets import SMTP_PASSWORD
from newsletter_pdf.mail.settings import MailSettings
from newsletter_pdf.mail.transport import Cause, ServerTroubleError

_PORTS = ("starttls 一般用 587，tls 一般用 465", "starttls usually goes with 587, tls with 465")
_ADVICE = {
    Cause.LOGIN: (
        f"核对 {SMTP_PASSWORD}（或钥匙串里的密码）和 username；多数服务商要的是“授权码”，不是登录网页的密码",
        f"See to {SMTP_PASSWORD} (or the keyring's entry) and username; most providers want a code of its own for "
        "programs, not the password of their web page",
    ),
    Cause.NO_LOGIN: (
        f"这个端口不让登录：核对 port 和 security（{_PORTS[0]}）；不用登录的服务器，删去 username",
        f"There is no log-in at this port: see to port and security ({_PORTS[1]}); without log-in remove username",
    ),
    Cause.CERTIFICATE: (
        "核对 host；单位自己签发的证书，把单位的根证书放在 mail.yaml 旁边，写进 server 的 ca_file",
        "See to host; for a certificate of your own authority, put its root beside mail.yaml and name it in ca_file",
    ),
    Cause.ENCRYPTION: (
        f"security 和 port 对不上，照服务商的说明改：{_PORTS[0]}",
        f"security and port do not go together; set them as the provider says: {_PORTS[1]}",
    ),
    Cause.UNREACHABLE: (
        f"看一看网络；核对 host、port 和 security（{_PORTS[0]}）",
        f"See to the network, and to host, port and security ({_PORTS[1]})",
    ),
}
_FIELDS = {Cause.LOGIN: "username", Cause.NO_LOGIN: "port", Cause.CERTIFICATE: "host", Cause.ENCRYPTION: "security"}


def trouble_finding(trouble: ServerTroubleError, settings: MailSettings) -> Finding:
    """N878 for ``trouble``, at the field that decides, with what to do before the command is run again."""
    if trouble.cause is None:
        return SERVER_TROUBLE.at(Place(), reason_zh=trouble.zh, reason=trouble.en)
    place = settings.places.at(f"server.{_FIELDS.get(trouble.cause, 'host')}")
    found = SERVER_TROUBLE.at(place, reason_zh=trouble.zh, reason=trouble.en)
    zh, en = _ADVICE[trouble.cause]
    return replace(found, hint_zh=f"{zh}。{found.hint_zh}", hint_en=f"{en}. {found.hint_en}")
