"""``guiju verify``: what a person sees, and which status a script gets."""

from __future__ import annotations

import os

import pytest

from exports import export, keys, proof, said, signed, write
from factories import TRACES, guiju, process, refused, started
from guiju.core.ledger.checkpoint import parse_checkpoint
from guiju.core.ledger.note import parse_note
from ledger_reference.parties import LOG, W1, W2


@pytest.fixture
def desk(tmp_path):
    write(tmp_path / "export", export(700, side=600))
    entry, data = proof(300, 700)
    write(tmp_path / "one", {"m-300.json": entry, "m-300.tlog-proof": data})
    (tmp_path / "old").write_bytes(export(257)["checkpoint"])
    keys(tmp_path)
    return tmp_path


KEYS = ("--log-key", "log-key.txt", "--witness-keys", "witness-keys.txt", "--quorum", "2")


def test_a_good_export_is_told_with_size_root_and_witnesses(desk):
    result = guiju("verify", "export", *KEYS, "--since", "old", "--json", "r.json", cwd=desk)
    assert result.status == 0, result
    assert "核对无误：全部 700 条记录与检查点相符。" in result.out
    assert "记录名称：guiju.example/record" in result.out
    assert "见证：2 家（要求 2 家）" in result.out
    assert "audit.example/w1  2026年11月21日 09:12" in result.out
    assert "court.example/w2  2026年11月21日 09:13" in result.out
    assert "国密（SM3）副本：600 条" in result.out
    assert "与您保存的 257 条的检查点一致" in result.out
    assert "说明" not in result.out
    report = said(desk / "r.json")
    assert report["verified"] is True
    assert report["checkpoint"]["size"] == report["entries"] == 700
    assert report["checkpoint"]["root"] in result.out
    assert [one["key"] for one in report["witnessed"]] == [str(W1), str(W2)]
    assert (report["sm3_size"], report["since_size"], report["problems"]) == (600, 257, [])


def test_keys_from_the_export_itself_are_called_what_they_are(desk):
    result = guiju("verify", "export", cwd=desk)
    assert result.status == 0
    assert "记录方的公钥取自导出本身" in result.out
    assert "见证方的公钥取自导出本身" in result.out
    told = guiju("verify", "export", "--log-key", LOG, cwd=desk)
    assert "记录方的公钥取自导出本身" not in told.out
    (desk / "export/witnesses.vkey").unlink()
    assert "见证没有核对" in guiju("verify", "export", cwd=desk).out


def test_a_changed_export_is_told_with_file_and_number(desk):
    path = desk / "export/tile/entries/001"
    path.write_bytes(path.read_bytes().replace("受理".encode(), "驳回".encode(), 1))
    (desk / "export/[bold]").touch()
    result = guiju("verify", "export", *KEYS, "--json", "r.json", cwd=desk)
    assert result.status == 1
    assert result.err == ""
    assert "不成立：发现 6 处问题。" in result.out
    assert "序号 256 的记录（tile/entries/001）与摘要文件 tile/0/001 不符" in result.out
    assert "核对无误" not in result.out
    assert "一并核对" not in result.out
    assert "不属于这份记录的文件，没有核对：[bold]。" in result.out
    report = said(desk / "r.json")
    assert report["verified"] is False
    assert report["problem_count"] == len(report["problems"]) == 6
    assert report["problems"][0]["entry"] == 256
    assert report["problems"][0]["code"] == "VERIFY-07"
    assert report["strays"] == ["[bold]"]


def test_more_problems_than_fit_are_counted(desk):
    files = dict(export(65_537))
    for path in [path for path in files if path.startswith("tile/0/")][:40]:
        files[path] = bytes(len(files[path]))
    write(desk / "many", files)
    result = guiju("verify", "many", *KEYS, cwd=desk)
    assert result.status == 1
    assert "发现 40 处问题" in result.out
    assert "另有 20 处没有列出" in result.out


def test_a_fork_from_what_was_kept_is_told(desk):
    (desk / "old").write_bytes(export(257, word="驳回")["checkpoint"])
    result = guiju("verify", "export", *KEYS, "--since", "old", cwd=desk)
    assert result.status == 1
    assert "记录被改写过" in result.out
    (desk / "old").write_bytes(export(65_537)["checkpoint"])
    result = guiju("verify", "export", *KEYS, "--since", "old", cwd=desk)
    assert result.status == 1
    assert "记录变少了" in result.out


@pytest.mark.parametrize("entry", [(), ("--entry", "one/m-300.json")])
def test_one_entry_is_verified_with_the_file_beside_it(desk, entry):
    result = guiju("verify", "one/m-300.tlog-proof", *KEYS, *entry, "--json", "r.json", cwd=desk)
    assert result.status == 0, result
    assert "核对无误：这条记录在册，序号 300（从 0 数起）。" in result.out
    assert "audit.example/w1  2026年11月21日 09:12" in result.out
    assert said(desk / "r.json")["index"] == 300


def test_another_entry_is_not(desk):
    (desk / "one/m-300.json").write_bytes(proof(301, 700)[0])
    result = guiju("verify", "one/m-300.tlog-proof", *KEYS, "--json", "r.json", cwd=desk)
    assert result.status == 1
    assert "不成立：发现 1 处问题。" in result.out
    assert "第 300 条不在检查点的记录树里" in result.out
    assert said(desk / "r.json")["verified"] is False


def test_data_that_nothing_vouches_for_is_pointed_out(desk):
    path = desk / "one/m-300.tlog-proof"
    path.write_bytes(path.read_bytes().replace(b"@v1\n", b"@v1\nextra bm90ZQ==\n"))
    result = guiju("verify", path, *KEYS, cwd=desk)
    assert result.status == 0
    assert "附加数据（extra）没有任何签名" in result.out


def test_a_time_that_no_calendar_has_is_not_made_up(desk):
    head = parse_checkpoint(parse_note(export(700)["checkpoint"]).text).head
    (desk / "export/checkpoint").write_bytes(signed(head, at=2**62))
    result = guiju("verify", "export", *KEYS, cwd=desk)
    assert result.status == 0
    assert f"时间不可信（{2**62}）" in result.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("gone",), "FILE-01"),
        (("gone.tlog-proof", *KEYS), "FILE-01"),
        (("one", *KEYS), "VERIFY-01"),
        (("one/m-300.tlog-proof",), "VERIFY-13"),
        (("one/m-300.tlog-proof", *KEYS, "--entry", "gone"), "FILE-01"),
        (("one/m-300.tlog-proof", *KEYS, "--since", "old"), "VERIFY-18"),
        (("export", *KEYS, "--entry", "old"), "VERIFY-18"),
        (("export", "--quorum", "3"), "VERIFY-12"),
        (("export", "--log-key", "gone"), "FILE-01"),
        (("export", "--log-key", "old"), "LEDGER-35"),
        (("export", "--log-key", "x+00000000+AAAA"), "LEDGER-35"),
        (("export", "--log-key", "witness-keys.txt"), "VERIFY-10"),
        (("export", "--witness-keys", "log-key.txt"), "VERIFY-10"),
        (("export", "--witness-keys", "one"), "FILE-01"),
        (("export", "--witness-keys", "pipe"), "FILE-01"),
        (("export", "--since", "gone"), "FILE-01"),
        (("export", "--since", "log-key.txt"), "VERIFY-17"),
        (("export", "--json", "export/checkpoint"), "VERIFY-19"),
        (("export", "--json", "export/new.json"), "VERIFY-19"),
        (("export", *KEYS, "--json", "log-key.txt"), "FILE-04"),
        (("export", *KEYS, "--json", "witness-keys.txt"), "FILE-04"),
        (("one/m-300.tlog-proof", *KEYS, "--json", "one/m-300.json"), "FILE-04"),
        (("export", "--json", "gone/r.json"), "FILE-03"),
        (("pipe", *KEYS), "FILE-01"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_no_file(desk, arguments, code):
    if "pipe" in arguments:
        os.mkfifo(desk / "pipe")
        refused_with_pipe(desk, arguments, code)
    else:
        assert code in refused("verify", *arguments, cwd=desk)


def refused_with_pipe(desk, arguments, code):
    """As ``refused``; but a pipe must not be looked into, for nobody writes to it."""
    result = guiju("verify", *arguments, cwd=desk)
    assert result.status == 2
    assert result.err.count("\n") == 1
    assert code in result.err
    assert not TRACES.search(result.err)


def test_a_number_that_is_none_is_refused(desk):
    for wrong in ("-1", "x", "2.5"):
        result = guiju("verify", "export", "--quorum", wrong, cwd=desk)
        assert result.status == 2
        assert result.out == ""


def test_a_process_of_its_own_says_the_same(desk):
    result = process("verify", "export", *KEYS, cwd=desk)
    assert (result.status, result.err) == (0, "")
    assert result.out == guiju("verify", "export", *KEYS, cwd=desk).out


def test_it_starts_without_django_and_what_only_the_database_needs(desk):
    code = (
        "import sys; from guiju.config.cli import main\n"
        "try:\n    main()\n"
        "finally:\n"
        "    heavy = {'django', 'psycopg', 'nacl', 'polars', 'openpyxl'} & set(sys.modules)\n"
        "    assert not heavy, heavy\n"
        "    assert 'cryptography' in sys.modules\n"
    )
    code = f"import sys; sys.argv = ['guiju', 'verify', 'export']\n{code}"
    running = started(cwd=desk, code=code)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, "")
    assert "核对无误" in out
