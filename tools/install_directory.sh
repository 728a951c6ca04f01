#!/bin/sh
# Installs OpenLDAP's server for the tests of signing in by a directory, where it is missing and
# it may. Only the program: no directory of the system is made or started, the tests run their
# own. Without it those tests say "skipped"; nothing else depends on it.
[ -x /usr/sbin/slapd ] || command -v slapd >/dev/null 2>&1 && exit 0
command -v apt-get >/dev/null 2>&1 || exit 0
if [ "$(id -u)" -eq 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo -n"; else exit 0; fi
echo "正在安装目录服务器 OpenLDAP，供测试用（只在第一次需要）……"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# Debian's package would make and start a directory, unless this answer stands ready.
if echo "slapd slapd/no_configuration boolean true" | $as debconf-set-selections >"$log" 2>&1 &&
	$as apt-get -qq update >>"$log" 2>&1 &&
	$as apt-get -qq install --yes --no-install-recommends slapd >>"$log" 2>&1
then :
else
	echo "目录服务器没有装上，相关测试会跳过："
	tail -n 3 "$log"
fi
rm -f "$log"
exit 0
