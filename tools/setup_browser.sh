#!/bin/sh
# Installs the browser that the tests of the preview run in: Chromium (with apt when root).
set -eu
say() { printf '%s\n' "$*" >&2; }
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
command -v apt-get >/dev/null 2>&1 || { say "只在 Debian 上自动安装；没有 Chromium 时这些测试会跳过。Debian only; the tests are skipped without Chromium."; exit 0; }
if [ "$(id -u)" != 0 ]; then
  say "缺少 Chromium，请管理员执行这一条命令 Ask an administrator to run:"
  say "  sudo apt-get install -y --no-install-recommends chromium"
  exit 1
fi
say "正在安装 Chromium installing Chromium …"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
apt-get install -y -qq --no-install-recommends chromium >&2
