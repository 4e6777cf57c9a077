"""A Dovecot of the test's own: IMAP over TLS on a loopback port, one user, everything under one folder.

Needs root and the package ``dovecot-imapd`` (``make mailserver`` installs it); the system's own instance is never
touched.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

USER, PASSWORD = "bounces@chengguan.example", 'ge"heim \\ 123'
CONF = """\
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{root}/chain.pem
ssl_key = <{root}/key.pem
disable_plaintext_auth = yes
mail_location = maildir:{root}/mail/%u
first_valid_uid = 1
default_login_user = dovenull
default_internal_user = dovecot
passdb {{
  driver = passwd-file
  args = {root}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


def why_not() -> str:
    """Why there can be no Dovecot here; empty when there can."""
    if not shutil.which("dovecot") or not Path("/usr/lib/dovecot/imap").exists():
        return "Dovecot is not installed: make mailserver"
    if os.geteuid() != 0:
        return "Dovecot can only be started by root"
    version = subprocess.run(["dovecot", "--version"], capture_output=True, text=True).stdout.strip()
    return "" if version.startswith("2.3.") else f"its configuration is written for Dovecot 2.3, not {version}"


class Dovecot:
    """A running instance; a context manager. ``authority`` is the certificate that clients have to trust."""

    def __enter__(self) -> Dovecot:
        from mail_certificates import write_certificates

        # A place that the daemons' users can read.
        self.root = Path(tempfile.mkdtemp(prefix="dovecot-test-", dir="/tmp"))
        self.root.chmod(0o755)
        self.authority = self.root / "ca.pem"
        write_certificates(self.authority, self.root / "key.pem", self.root / "chain.pem")
        user = pwd.getpwnam("dovecot")
        self._owner = (user.pw_uid, user.pw_gid)
        (self.root / "mail").mkdir()
        os.chown(self.root / "mail", *self._owner)
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            self.port = sock.getsockname()[1]
        conf = CONF.format(root=self.root, port=self.port, uid=user.pw_uid, gid=user.pw_gid)
        (self.root / "dovecot.conf").write_text(conf)
        # The scheme PLAIN without any more fields: the password may hold anything but a colon.
        (self.root / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
        self._process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self.root / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        try:
            self._until_it_answers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=60)
        shutil.rmtree(self.root, ignore_errors=True)

    @property
    def log(self) -> str:
        path = self.root / "dovecot.log"
        return path.read_text(errors="replace")[-4000:] if path.exists() else ""

    def _until_it_answers(self, seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while True:
            assert self._process.poll() is None, self._process.stderr.read().decode() + self.log
            try:
                socket.create_connection(("127.0.0.1", self.port), 2.0).close()
            except OSError:
                assert time.monotonic() < end, f"Dovecot does not answer\n{self.log}"
                time.sleep(0.05)
            else:
                return

    def put(self, texts: list[bytes], folder: str = "") -> Path:
        """Messages into a folder of the user's, named as IMAP codes it; the Maildir."""
        box = self.root / "mail" / USER
        box = box / f".{folder}" if folder else box
        for name in ("cur", "new", "tmp"):
            (box / name).mkdir(parents=True, exist_ok=True)
        for number, text in enumerate(texts):
            (box / "new" / f"{1_795_000_000 + number}.M{number}.test").write_bytes(text)
        for path in (self.root / "mail").rglob("*"):
            os.chown(path, *self._owner)
        return box
