"""The example county: made once, told how to sign in, served; never among real data."""

from __future__ import annotations

import re
import signal
import stat
from contextlib import contextmanager

import pytest

from installation import Server, code_of, end, free_port
from signing_in import app_code

pytestmark = pytest.mark.database

READY = "规矩已启动"
MAKING = "正在建示例县"
SHEET = "demo-sign-ins.txt"
CAST = (
    ("staff", "zhouxiaolan"),
    ("leader", "wangjianguo"),
    ("org_keeper", "fangxiaojing"),
    ("list_keeper", "zhaomin"),
    ("supervisor", "helin"),
    ("system_admin", "linzihao"),
    ("security_admin", "admin"),
    ("audit_admin", "tangwenli"),
)
KILL = """
import os, signal, sys
from guiju.config.cli import main
from guiju.config.cli.ground import stand_on_ground
from guiju.config import home
from pathlib import Path
data = Path(os.environ["GUIJU_DATA"])
home.make_home(data), home.make_secret(data)
(data / "demo-sign-ins.txt").write_bytes(Path(sys.argv.pop()).read_bytes())
stand_on_ground()
from guiju.demo.county import filling
def begin_day(*_args, **_named):
    os.kill(os.getpid(), signal.SIGKILL)
filling.begin_day = begin_day
main()
"""


@contextmanager
def demo(installation):
    """Run ``guiju demo`` until it serves; give what it said and the server."""
    port = free_port()
    process = installation.start("demo", "--bind", f"127.0.0.1:{port}")
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if READY in line:
                break
        assert said, process.communicate()
        assert READY in said[-1], (said, process.communicate())
        yield "".join(said), Server(process, port)
    finally:
        end(process, signal.SIGINT)


def sign_ins(installation):
    """Login name, password and secret of each role, as the file keeps them."""
    lines = (installation.data / SHEET).read_text("utf-8").splitlines()[2:]
    return [line.split("\t") for line in lines]


def test_it_is_made_once_told_and_served_and_the_second_start_finds_it(bare):
    bare.is_cold = True
    with demo(bare) as (said, server):
        assert MAKING in said
        assert server.get("/account/sign-in/")[0] == 200
        kept = sign_ins(bare)
        assert len(kept) == len(CAST)
        for _, login_name, password, secret in kept:
            (row,) = [line for line in said.splitlines() if f" {login_name} " in line]
            assert password in row
            assert secret in row
    assert stat.S_IMODE((bare.data / SHEET).stat().st_mode) == 0o600
    units = bare.one("SELECT count(*) FROM org_unit")
    with demo(bare) as (said, server):
        assert MAKING not in said
        assert all(password in said for _, _, password, _ in kept)
        assert server.get("/account/sign-in/")[0] == 200
    assert sign_ins(bare) == kept
    assert bare.one("SELECT count(*) FROM org_unit") == units == 38

    login_name, secret = next((line[1], line[3]) for line in kept if line[3])
    shown = bare.run("demo", "code", login_name)
    expected = [app_code(secret, steps=steps) for steps in (-1, 0)]
    assert re.match(r"\d{6}", shown.out)[0] in expected
    assert "不需要" in bare.run("demo", "code", kept[0][1]).out
    assert code_of(bare.run("demo", "code", "nobody")) == "DEMO-04"


def test_killed_while_it_is_made_it_is_made_whole_the_next_time(bare):
    sheet = bare.folder / "sheet"
    words = ["一", "二"]
    words += [
        f"{role}\t{name}\tBonata-Kerimo-{number}\t{'JBSWY3DPEHPK3PXP' if role != 'staff' else ''}"
        for number, (role, name) in enumerate(CAST, start=1001)
    ]
    sheet.write_text("\n".join([*words, ""]), "utf-8")
    assert bare.run("demo", str(sheet), code=KILL).status == -signal.SIGKILL
    assert bare.one("SELECT count(*) FROM org_unit") == 0
    assert bare.one("SELECT count(*) FROM access_account") == 0
    with demo(bare) as (said, _):
        assert MAKING in said
    assert bare.one("SELECT count(*) FROM org_unit") == 38
    assert bare.one("SELECT count(*) FROM access_account") == len(CAST)


def test_it_goes_neither_into_a_real_record_nor_into_production(installation):
    assert code_of(installation.run("demo")) == "DEMO-02"
    assert not (installation.data / SHEET).exists()
    assert installation.one("SELECT count(*) FROM org_unit") == 0
    production = {"GUIJU_PRODUCTION": "1", "GUIJU_HOSTS": "guiju.example.gov.cn"}
    assert code_of(installation.run("demo", **production)) == "DEMO-01"
