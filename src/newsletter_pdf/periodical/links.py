"""Whether links still lead somewhere. Only on request: nothing else in this program uses the network."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from newsletter_pdf.findings import Findings, Rule
from newsletter_pdf.findings import contacts as rules
from newsletter_pdf.periodical.contacts import PlacedLink

AT_ONCE = 8
"""How many addresses are asked at the same time."""
TIMEOUT = 10.0
"""Seconds that a server has for each answer."""
_GONE = frozenset({404, 410})
# Servers that know no HEAD, or refuse it, are asked again as a browser would ask.
_ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 410, 501, 503})
# There is a page; it is only not for programs, or not without logging in.
_REFUSED = frozenset({401, 402, 403, 406, 407, 429, 451})
_AGENT = "Mozilla/5.0 (compatible; newsletter-pdf link check)"


@dataclass(frozen=True, slots=True)
class _Answer:
    rule: Rule | None
    reason: str = ""


def check_links(
    links: Iterable[PlacedLink],
    findings: Findings,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    *,
    timeout: float = TIMEOUT,
) -> None:
    """Ask for every http(s) address once, a few at a time, and report those that do not answer well.

    ``progress`` is told how many of how many are done. Raises nothing: what the network does is in the findings.
    """
    wanted = [link for link in links if link.href.startswith(("http://", "https://"))]
    addresses = list(dict.fromkeys(_page(link.href) for link in wanted))
    answers: dict[str, _Answer] = {}
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        asked = pool.map(lambda address: _ask(address, timeout), addresses)
        for done, (address, answer) in enumerate(zip(addresses, asked, strict=True), start=1):
            answers[address] = answer
            progress(done, len(addresses))
    for link in wanted:
        answer = answers[_page(link.href)]
        if answer.rule is not None:
            findings.add(answer.rule.at(link.place, href=link.href, reason=answer.reason))


def _page(href: str) -> str:
    return href.partition("#")[0]


def _ask(address: str, timeout: float) -> _Answer:
    status, reason = _status(address, "HEAD", timeout)
    if status is None or status in _ASK_AGAIN:
        status, reason = _status(address, "GET", timeout)
    if status is None:
        return _Answer(rules.LINK_UNREACHED, reason)
    if status in _GONE:
        return _Answer(rules.LINK_DEAD, str(status))
    if status < 400 or status in _REFUSED:
        return _Answer(None)
    return _Answer(rules.LINK_UNREACHED, str(status))


def _status(address: str, method: str, timeout: float) -> tuple[int | None, str]:
    """The status that the server answers with, redirects followed; None and the reason when there is no answer."""
    try:
        # The scheme is http or https, as the caller has made sure.
        request = urllib.request.Request(_ascii(address), method=method, headers={"User-Agent": _AGENT})  # noqa: S310
        with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310
            return int(response.status), ""
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, ""
    except urllib.error.URLError as fault:
        return None, _reason(fault.reason)
    except (OSError, ValueError, http.client.HTTPException) as fault:
        return None, _reason(fault)


def _reason(fault: object) -> str:
    match fault:
        case TimeoutError():
            return "timeout"
        case socket.gaierror():
            return "DNS"
        case ssl.SSLError():
            return "TLS"
        case OSError(strerror=str(text)):
            return text
    return str(fault) or type(fault).__name__


def _ascii(address: str) -> str:
    """The address with what is not ASCII percent-encoded, the host as IDNA."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    netloc = parts.netloc if parts.netloc.isascii() else parts.netloc.replace(host, host.encode("idna").decode("ascii"))
    quoted = parts._replace(
        netloc=netloc,
        path=quote(parts.path, safe="/%:@!$&'()*+,;=~"),
        query=quote(parts.query, safe="/%:@!$&'()*+,;=~?"),
    )
    return quoted.geturl()
