#!/bin/sh
# Installs what is missing: system libraries (with apt when root), then the virtual environment from the lock file.
set -eu
cd "$(dirname "$0")/.."
say() { printf '%s\n' "$*" >&2; }
if [ -L .venv ]; then
  say "这里的 .venv 是一个符号链接，指向 $(readlink .venv)；装进去会改动别处的环境。请删去链接（rm .venv）再试。"
  say ".venv is a symbolic link to $(readlink .venv): installing would change the environment there. Remove the link (rm .venv) and try again."
  exit 1
fi
missing=""
need() { # library, Debian package
  if ! { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -q "$1"; then missing="$missing $2"; fi
}
if command -v apt-get >/dev/null 2>&1; then
  need libpango-1.0.so.0 libpango-1.0-0
  need libpangoft2-1.0.so.0 libpangoft2-1.0-0
  need libharfbuzz-subset.so.0 libharfbuzz-subset0
  need libfontconfig.so.1 libfontconfig1
  python3 -c 'import venv, ensurepip' 2>/dev/null || missing="$missing python3 python3-venv"
  if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
      say "正在安装系统库 installing:$missing"
      DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
      # shellcheck disable=SC2086 # a list of packages
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >&2
    else
      say "缺少系统库，请管理员执行这一条命令，然后重试 Ask an administrator to run, then try again:"
      say "  sudo apt-get install -y$missing"
      exit 1
    fi
  fi
elif command -v dnf >/dev/null 2>&1; then
  rpm -q pango harfbuzz fontconfig python3 >/dev/null 2>&1 || { say "请执行 please run: sudo dnf install -y pango harfbuzz fontconfig python3"; exit 1; }
elif [ "$(uname)" = Darwin ]; then
  command -v pango-view >/dev/null 2>&1 || { say "请执行 please run: brew install pango fontconfig python@3.12"; exit 1; }
fi
python=""
for candidate in python3 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$candidate; break; fi
done
[ -n "$python" ] || { say "需要 Python 3.11 以上。Python 3.11 or newer is needed."; exit 1; }
[ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' 2>/dev/null || { rm -rf .venv; "$python" -m venv .venv; }
say "正在安装 Python 包 installing Python packages …"
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock || {
  say "安装失败：请检查网络后重试。Installing failed: check the network and try again."; exit 1; }
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
# Of an editable package pip compiles nothing; where Python may not write beside its sources, each start would.
.venv/bin/python -m compileall -q src || true
say "安装完成。Ready."
