"""The packages of the extra ``mail``: whether they are there, and the one command that installs them."""

from __future__ import annotations

import importlib.util
import sys

from newsletter_pdf.calling import away, checkout, source_folder
from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.mailing import NO_EXTRA

_PACKAGES = {
    "email_validator": "email-validator",
    "dkim": "dkimpy",
    "cryptography": "cryptography",
    "keyring": "keyring",
    "pikepdf": "pikepdf",
}


def check_extra(findings: Findings) -> bool:
    """True when the extra is installed; else N856 names what is missing and how to install it."""
    missing = [package for module, package in _PACKAGES.items() if importlib.util.find_spec(module) is None]
    if missing:
        findings.add(NO_EXTRA.at(packages=", ".join(missing), command=install_command()))
    return not missing


def install_command() -> str:
    """The command for this installation and where the user stands: set-up of a checkout, else pip."""
    if checkout() is not None:
        return f"make -C {source_folder('')} setup" if away() else "make setup"
    return f'"{sys.executable}" -m pip install "newsletter-pdf[mail]"'
