#!/bin/sh
# Installs PostgreSQL 15 or newer for the tests, where it is missing and it may.
# Only the programs: no cluster of the system is made or started; tools/postgres_cluster.py
# runs its own. Without them the tests on PostgreSQL cannot run, and `make test` fails.
found() {
	for initdb in "$(command -v initdb)" /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
		[ -x "$initdb" ] || continue
		major=$("$initdb" --version | sed -n 's/.*) \([0-9]*\).*/\1/p')
		[ "${major:-0}" -ge 15 ] && return 0
	done
	return 1
}
failed() {
	echo "PostgreSQL 没有装上：$1"
	echo "请自行安装 PostgreSQL 15 或更新的版本（Debian：apt-get install postgresql），再运行一次。"
	exit 0
}
found && exit 0
command -v apt-get >/dev/null 2>&1 || failed "这里没有 apt-get。"
if [ "$(id -u)" -eq 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo -n"; else failed "没有安装软件的权限。"; fi
echo "正在安装 PostgreSQL（只在第一次需要）……"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# Debian's package would make and start a cluster, unless this file says no meanwhile.
refusal=/etc/postgresql-common/createcluster.d/guiju.conf
trap '$as rm -f "$refusal"; rm -f "$log"' EXIT
trap 'exit 1' INT TERM HUP
$as mkdir -p "${refusal%/*}" && echo "create_main_cluster = false" | $as tee "$refusal" >/dev/null
$as apt-get -qq update >"$log" 2>&1 &&
	$as apt-get -qq install --yes --no-install-recommends postgresql >>"$log" 2>&1 ||
	failed "$(tail -n 3 "$log")"
found || failed "系统提供的版本低于 15。"
