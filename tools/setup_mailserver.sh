#!/bin/sh
# Installs what the tests of the mailing run against: Postfix and Dovecot (not started, not configured) and a second mail parser.
set -eu
say() { printf '%s\n' "$*" >&2; }
command -v apt-get >/dev/null 2>&1 || { say "只在 Debian、Ubuntu 上自动安装；缺了时这些测试会跳过。Debian and Ubuntu only; the tests are skipped elsewhere."; exit 0; }
if command -v postfix >/dev/null 2>&1 && [ -e /usr/lib/dovecot/imap ] && perl -MMIME::Parser -e1 2>/dev/null; then exit 0; fi
[ "$(id -u)" = 0 ] || { say "请管理员执行 Ask an administrator to run:  sudo sh tools/setup_mailserver.sh"; exit 1; }
export DEBIAN_FRONTEND=noninteractive
echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
apt-get update -qq >&2
# Setting up must not start a mail server on this machine.
policy=/usr/sbin/policy-rc.d
made=""
if [ ! -e "$policy" ]; then printf '#!/bin/sh\nexit 101\n' > "$policy"; chmod 755 "$policy"; made=yes; fi
apt-get install -y -qq --no-install-recommends postfix dovecot-imapd libmime-tools-perl >&2 || { [ -z "$made" ] || rm -f "$policy"; exit 1; }
[ -z "$made" ] || rm -f "$policy"
