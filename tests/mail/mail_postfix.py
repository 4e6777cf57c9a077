"""A Postfix of the test's own: on a loopback port, everything under one folder, delivering to one Maildir.

Needs root and the package ``postfix`` (``make mailserver`` installs it); the system's own instance is never touched.
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

MAIN = """\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.test.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
default_transport = error:no mail leaves this test
relay_transport = error:no mail leaves this test
virtual_mailbox_domains = regexp:{root}/conf/domains
virtual_mailbox_maps = static:all/
virtual_mailbox_base = {root}/mail
virtual_mailbox_limit = 0
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
message_size_limit = 30000000
smtpd_client_connection_count_limit = 0
maillog_file = {root}/mail.log
maillog_file_prefixes = {root}
smtpd_tls_cert_file = {root}/conf/chain.pem
smtpd_tls_key_file = {root}/conf/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_session_cache_database =
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - 10 virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def why_not() -> str:
    """Why there can be no Postfix here; empty when there can."""
    if not shutil.which("postfix"):
        return "Postfix is not installed: make mailserver"
    return "" if os.geteuid() == 0 else "Postfix can only be started by root"


class Postfix:
    """A running instance; a context manager. ``authority`` is the certificate that clients have to trust."""

    def __enter__(self) -> Postfix:
        from mail_certificates import write_certificates

        self.root = Path(
            tempfile.mkdtemp(prefix="postfix-test-", dir="/tmp")
        )  # a place that the daemons' user can read
        self.root.chmod(0o755)
        conf = self.root / "conf"
        for folder in (conf, self.root / "queue", self.root / "data", self.root / "mail"):
            folder.mkdir()
        user = pwd.getpwnam("postfix")
        for folder in ("data", "mail"):
            os.chown(self.root / folder, user.pw_uid, user.pw_gid)
        self.authority = conf / "ca.pem"
        write_certificates(self.authority, conf / "key.pem", conf / "chain.pem")
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            self.port = sock.getsockname()[1]
        (conf / "main.cf").write_text(MAIN.format(root=self.root, uid=user.pw_uid, gid=user.pw_gid))
        (conf / "master.cf").write_text(MASTER.format(port=self.port))
        (conf / "domains").write_text("/\\.example\\.org$/ OK\n")
        self._postfix("start")
        self._until(self._answers, "Postfix does not answer")
        return self

    def __exit__(self, *_: object) -> None:
        self._postfix("stop")
        shutil.rmtree(self.root, ignore_errors=True)

    def _postfix(self, command: str) -> None:
        done = subprocess.run(
            ["postfix", "-c", str(self.root / "conf"), command], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr + self.log

    @property
    def log(self) -> str:
        path = self.root / "mail.log"
        return path.read_text(errors="replace")[-4000:] if path.exists() else ""

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2.0) as sock:
                return sock.recv(3) == b"220"
        except OSError:
            return False

    def _until(self, condition: object, what: str, seconds: float = 240.0) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"{what}\n{self.log}"
            time.sleep(0.05)

    def messages(self, count: int) -> list[Path]:
        """The files in the Maildir, as soon as there are ``count``."""
        new = self.root / "mail" / "all" / "new"
        self._until(lambda: new.is_dir() and len(list(new.iterdir())) >= count, f"not {count} messages")
        return sorted(new.iterdir())
