#!/bin/sh
# Installs Chromium and Chinese fonts for the browser tests, where they are missing and it may;
# the one without a window where it can be had, which is quicker.
# Without them those tests say "skipped"; nothing else depends on them.
{ command -v chromium-headless-shell || command -v chromium; } >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi 'noto.*cjk' && exit 0
command -v apt-get >/dev/null 2>&1 || exit 0
if [ "$(id -u)" -eq 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo -n"; else exit 0; fi
echo "正在安装浏览器和中文字体（只在第一次需要）……"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
install() { $as apt-get -qq install --yes --no-install-recommends "$1" fontconfig fonts-noto-cjk; }
if $as apt-get -qq update >"$log" 2>&1 &&
	{ install chromium-headless-shell || install chromium; } >>"$log" 2>&1
then :
else
	echo "浏览器没有装上，相关测试会跳过："
	tail -n 3 "$log"
fi
rm -f "$log"
exit 0
