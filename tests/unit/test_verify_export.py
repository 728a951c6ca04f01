"""Verifying an export: what holds is believed, and what does not is named."""

from __future__ import annotations

import pytest

from exports import AT, WITNESSES, entries, export, forged, proof, signed, write
from guiju.core.errors import Invalid
from guiju.core.ledger.bundles import write_bundle
from guiju.core.ledger.keys import KeyKind
from guiju.core.ledger.tree import TreeHead
from guiju.exchange.record_files import (
    Trust,
    key_or_file,
    read_keys,
    verify_export,
    verify_proof_file,
)
from ledger_reference.parties import LOG, ORIGIN, STRANGER, W1, W1_SIGN, W2, grown, party
from ledger_reference.rfc9162 import mth

TRUST = Trust((LOG,), (W1, W2), 2)
SIZES = (0, 1, 2, 255, 256, 257, 700)


def verified(folder, files, trust=TRUST, **options):
    return verify_export(write(folder, files), trust, **options)


def codes(report):
    assert not report.is_verified
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize("size", SIZES)
def test_a_good_export_is_believed(tmp_path, size):
    done = []
    files = export(size, side=size)
    report = verified(tmp_path, files, progress=lambda at, total: done.append((at, total)))
    assert report.is_verified
    assert report.problems == report.strays == ()
    assert report.attested.checkpoint.head == TreeHead(size, mth(entries(size)))
    assert [(one.key, one.at) for one in report.attested.witnessed] == [(W1, AT), (W2, AT + 60)]
    assert report.sm3.size == report.entries == size
    assert report.tiles == sum("tile/" in path and "entries" not in path for path in files)
    assert done == [(min(size, at), size) for at in range(256, size + 256, 256)]


def test_a_third_level_of_tiles_is_compared(tmp_path):
    files = dict(export(65_537))
    assert verified(tmp_path, files).is_verified
    assert {"tile/2/000.p/1", "tile/1/000", "tile/0/256.p/1"} <= set(files)
    for path in ("tile/2/000.p/1", "tile/1/000"):
        report = verified(tmp_path, {path: bytes(len(files[path]))})
        assert [problem.path for problem in report.problems] == [path]
        write(tmp_path, {path: files[path]})


def test_a_changed_entry_is_named_by_its_number_and_file(tmp_path):
    files = dict(export(700))
    rows = entries(700)
    rows[300] = rows[300].replace("受理".encode(), "不受".encode())
    files["tile/entries/001"] = write_bundle(rows[256:512])
    report = verified(tmp_path, files)
    assert codes(report) == ["VERIFY-07", "VERIFY-07", "VERIFY-08"]
    first, parent, root = report.problems
    assert first.entry == 300
    assert "序号 300 的记录（tile/entries/001）与摘要文件 tile/0/001" in str(first.sentence)
    assert (parent.path, root.path) == ("tile/1/000.p/2", "checkpoint")


def test_an_entry_that_is_not_canonical_is_named_even_if_the_log_signed_it(tmp_path):
    rows = entries(300)
    rows[299] = b'{"b":1,"a":2}'
    files = {**export(300), "tile/entries/001.p/44": write_bundle(rows[256:])}
    files = forged(files, 300, mth(rows))
    report = verified(tmp_path, files)
    assert ("VERIFY-06", 299) in [(problem.code, problem.entry) for problem in report.problems]
    assert "VERIFY-08" not in codes(report)


def test_swapped_entries_are_found(tmp_path):
    rows = entries(257)
    rows[7], rows[8] = rows[8], rows[7]
    report = verified(tmp_path, {**export(257), "tile/entries/000": write_bundle(rows[:256])})
    assert report.problems[0].entry == 7
    assert report.problem_count == 3


@pytest.mark.parametrize(
    "path",
    ["tile/entries/001", "tile/0/001", "tile/1/000.p/2", "sm3/tile/0/000", "sm3/tile/1/000.p/2"],
)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (None, "VERIFY-02"),
        (lambda data: data[:-1], {"VERIFY-07", "LEDGER-23"}),
        (lambda data: data + b"\0", {"VERIFY-04", "LEDGER-23"}),
        (lambda data: data[:0], {"VERIFY-07", "LEDGER-23"}),
    ],
    ids=["missing", "cut", "longer", "empty"],
)
def test_a_file_that_is_not_whole_is_named(tmp_path, path, change, code):
    files = dict(export(700, side=700))
    assert verified(tmp_path, files).is_verified
    (tmp_path / path).unlink()
    report = verified(tmp_path, {path: change(files[path])} if change else {})
    assert {problem.path for problem in report.problems} == {path}
    assert set(codes(report)) <= ({code} if isinstance(code, str) else code)


def test_many_problems_are_counted_and_the_first_are_named(tmp_path):
    files = dict(export(65_537))
    for path in [path for path in files if path.startswith("tile/0/")][:100]:
        files[path] = bytes(len(files[path]))
    report = verified(tmp_path, files)
    assert len(report.problems) == 20
    assert report.problem_count == 100
    assert "VERIFY-08" not in codes(report)


def test_what_does_not_belong_there_is_a_remark(tmp_path):
    strays = {
        "README": b"",
        "tile/0/000.p/5": b"",
        "tile/0/003": b"",
        "tile/entries/002.p/187": b"",
        "tile/7/000": b"",
        "sm3/tile/entries/000": b"",
        "sm3/log.vkey": b"",
        "tile/0/x001/000": b"",
        "a/b/c": b"",
        "tile/0/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/000": b"",
        "new\nline\x1b[31m": b"",
    }
    report = verified(tmp_path, {**export(700, side=700), **strays})
    assert report.is_verified
    assert set(report.strays) == {
        *(path for path in strays if path.count("/") < 4 and "\n" not in path and "a/" not in path),
        "a/",
        "tile/0/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/x000/",
        "new?line?[31m",
    }


def test_only_the_first_strays_are_named(tmp_path):
    strays = {f"stray{number}": b"" for number in range(33)}
    report = verified(tmp_path, {**export(2), **strays})
    assert (len(report.strays), report.stray_count) == (20, 33)


def test_the_sm3_tree_may_lag_but_not_lead(tmp_path):
    assert verified(tmp_path / "lags", export(700, side=300)).sm3.size == 300
    leading = {**export(300), "sm3/checkpoint": export(700, side=700)["sm3/checkpoint"]}
    assert codes(verified(tmp_path / "leads", leading)) == ["VERIFY-09"]


def test_an_sm3_tree_over_other_entries_is_found(tmp_path):
    other = export(300, side=300, word="驳回")
    mixed = {path: data for path, data in other.items() if path.startswith("sm3/")}
    report = verified(tmp_path, {**export(300, side=300), **mixed})
    assert {problem.path.split("/")[0] for problem in report.problems} == {"sm3"}
    assert codes(report)[-1] == "VERIFY-08"


def test_an_sm3_checkpoint_of_another_log_or_key_is_refused(tmp_path):
    main = {**export(2), "sm3/checkpoint": export(2)["checkpoint"]}
    assert codes(verified(tmp_path, main)) == ["LEDGER-41"]


def test_growth_since_an_older_checkpoint_is_proved(tmp_path):
    for size in (0, 1, 256, 257, 699, 700):
        report = verified(tmp_path, export(700), since=export(size)["checkpoint"])
        assert report.is_verified
        assert report.since.size == size


@pytest.mark.parametrize("size", [1, 255, 256, 300, 700])
def test_a_fork_is_found(tmp_path, size):
    report = verified(tmp_path, export(700), since=export(size, word="驳回")["checkpoint"])
    assert codes(report) == ["VERIFY-15"]


def test_a_log_that_has_shrunk_is_found(tmp_path):
    assert codes(verified(tmp_path, export(256), since=export(257)["checkpoint"])) == ["VERIFY-14"]


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\xff" * 99, b"a\n1\nAA==\n\n", signed(TreeHead(1, b"\1" * 32))[:-9]]
)
def test_an_older_checkpoint_that_the_log_did_not_sign_is_no_evidence(tmp_path, data):
    with pytest.raises(Invalid) as caught:
        verified(tmp_path, export(2), since=data)
    assert caught.value.code == "VERIFY-17"


def test_a_checkpoint_over_another_tree_is_found_though_the_log_signed_it(tmp_path):
    report = verified(tmp_path, forged(export(300), 300))
    assert codes(report) == ["VERIFY-08"]


@pytest.mark.parametrize("size", [299, 301, 512, 10**6, 2**62, 2**63 - 1])
def test_a_checkpoint_of_another_size_is_found_though_the_log_signed_it(tmp_path, size):
    report = verified(tmp_path, forged(export(300), size))
    assert set(codes(report)) <= {"VERIFY-02", "VERIFY-08"}


def test_keys_of_the_export_serve_where_none_were_told(tmp_path):
    report = verified(tmp_path, export(2), Trust())
    assert report.is_verified
    assert report.keys.log_keys_own
    assert report.keys.witnesses_own
    assert report.keys.policy.quorum == 2
    told = verified(tmp_path, {}, TRUST)
    assert not told.keys.log_keys_own
    assert not told.keys.witnesses_own


def test_without_witness_keys_nothing_is_said_of_witnesses(tmp_path):
    files = dict(export(2))
    del files["witnesses.vkey"]
    report = verified(tmp_path, files, Trust())
    assert report.is_verified
    assert report.attested.witnessed == ()
    assert report.attested.strangers == (W1.name, W2.name)
    assert not report.keys.witnesses_own


def test_without_a_log_key_there_is_nothing_to_go_by(tmp_path):
    files = dict(export(2))
    del files["log.vkey"]
    with pytest.raises(Invalid) as caught:
        verified(tmp_path, files, Trust())
    assert caught.value.code == "VERIFY-13"
    assert verified(tmp_path, {}, Trust((LOG,))).is_verified


@pytest.mark.parametrize(("witnesses", "holds"), [(0, False), (1, False), (2, True)])
def test_the_quorum_is_demanded(tmp_path, witnesses, holds):
    files = export(2, witnesses=WITNESSES[:witnesses])
    report = verified(tmp_path, files)
    assert report.is_verified is holds
    assert holds or codes(report) == ["LEDGER-52"]
    enough = Trust((LOG,), (W1, W2), witnesses)
    assert verified(tmp_path, files, enough).is_verified


def test_more_witnesses_than_keys_cannot_be_demanded(tmp_path):
    with pytest.raises(Invalid) as caught:
        verified(tmp_path, export(2), Trust((LOG,), (W1, W2), 3))
    assert caught.value.code == "VERIFY-12"


def test_another_log_key_is_found(tmp_path):
    other, _ = party(ORIGIN, KeyKind.ED25519, 9)
    assert codes(verified(tmp_path, export(2), Trust((other,)))) == ["VERIFY-05"]
    (tmp_path / "log.vkey").unlink()
    assert codes(verified(tmp_path, {}, Trust((other,), ()))) == ["LEDGER-37"]
    assert codes(verified(tmp_path, {}, Trust((other,), (W1,)))) == ["LEDGER-51"]


def test_other_witness_keys_are_found(tmp_path):
    assert codes(verified(tmp_path, export(2), Trust((LOG,), (STRANGER,)))) == ["LEDGER-52"]


def test_a_cosignature_over_something_else_is_found(tmp_path):
    stolen = export(1)["checkpoint"].splitlines(keepends=True)[-1]
    ours = signed(TreeHead(2, grown(entries(2))[0].root()), witnesses=((W1, W1_SIGN),))
    report = verified(tmp_path, {**export(2), "checkpoint": ours + stolen})
    assert codes(report) == ["LEDGER-36"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        f"{LOG}\n\n".encode(),
        f"{LOG} ".encode(),
        f"{LOG}\r\n".encode(),
        f"{W1}\n".encode(),
        f"{LOG}\n{LOG}\n".encode(),
        b"\xff",
        b"a+00000000+AQ==\n" * 9_000,
    ],
)
def test_a_key_file_of_the_export_is_read_strictly(tmp_path, data):
    report = verified(tmp_path, {**export(2), "log.vkey": data}, Trust())
    assert {problem.path for problem in report.problems} == {"log.vkey"}
    assert verified(tmp_path, {"log.vkey": f"{LOG}".encode()}, Trust()).is_verified


def test_one_key_must_not_serve_as_two_witnesses(tmp_path):
    twice, _ = party("other.example", KeyKind.COSIGNATURE, 2)
    files = {**export(2), "witnesses.vkey": f"{W1}\n{twice}\n".encode()}
    assert codes(verified(tmp_path, files, Trust())) == ["LEDGER-53"]
    with pytest.raises(Invalid) as caught:
        verified(tmp_path, {}, Trust((LOG,), (W1, twice)))
    assert caught.value.code == "LEDGER-53"


def test_told_keys_are_read_leniently(tmp_path):
    path = tmp_path / "keys.txt"
    path.write_bytes(f"\ufeff# 说明\r\n\r\n  {W1}  \r\n{W2}".encode())
    assert read_keys(path, KeyKind.COSIGNATURE) == (W1, W2)
    path.write_text(str(LOG), "utf-8")
    assert key_or_file(str(path)) == key_or_file(str(LOG)) == (LOG,)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "VERIFY-10"),
        (b"# nothing\n", "VERIFY-10"),
        (b"\xff", "VERIFY-10"),
        (b"\n" * 200_000, "VERIFY-10"),
        (f"{LOG}\n".encode(), "VERIFY-10"),
        (f"{W1}\n{W1}\n".encode(), "VERIFY-10"),
        (b"key\n", "LEDGER-35"),
        (f"{W1}"[:-1].encode(), "LEDGER-11"),
    ],
)
def test_told_keys_that_are_none_are_refused(tmp_path, data, code):
    (tmp_path / "keys.txt").write_bytes(data)
    with pytest.raises(Invalid) as caught:
        read_keys(tmp_path / "keys.txt", KeyKind.COSIGNATURE)
    assert caught.value.code == code


def test_log_keys_of_two_names_do_not_go_together(tmp_path):
    other, _ = party("other.example", KeyKind.ED25519, 9)
    again, _ = party(ORIGIN, KeyKind.ED25519, 9)
    path = tmp_path / "keys.txt"
    path.write_text(f"{LOG}\n{again}\n", "utf-8")
    assert key_or_file(str(path)) == (LOG, again)
    path.write_text(f"{LOG}\n{other}\n", "utf-8")
    with pytest.raises(Invalid) as caught:
        key_or_file(str(path))
    assert caught.value.code == "VERIFY-10"


def test_a_folder_without_a_checkpoint_is_no_export(tmp_path):
    with pytest.raises(Invalid) as caught:
        verify_export(tmp_path, TRUST)
    assert caught.value.code == "VERIFY-01"


def put_proof(folder, entry, data):
    write(folder, {"one.json": entry, "one.tlog-proof": data})
    return folder / "one.tlog-proof", folder / "one.json", TRUST


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 2), (1, 2), (256, 257), (300, 700)])
def test_the_proof_of_an_entry_is_believed(tmp_path, index, size):
    report = verify_proof_file(*put_proof(tmp_path, *proof(index, size)))
    assert report.is_verified
    assert (report.index, report.attested.checkpoint.head.size) == (index, size)
    assert len(report.attested.witnessed) == 2
    assert not report.has_extra


def test_extra_data_of_a_proof_is_noticed(tmp_path):
    entry, data = proof(3, 7)
    data = data.replace(b"@v1\n", b"@v1\nextra bm90ZQ==\n")
    report = verify_proof_file(*put_proof(tmp_path, entry, data))
    assert report.is_verified
    assert report.has_extra


def test_another_entry_or_index_is_not_proved(tmp_path):
    entry, data = proof(3, 7)
    for other, changed in [
        (proof(4, 7)[0], data),
        (entry + b"\n", data),
        (b"", data),
        (entry, data.replace(b"index 3", b"index 2")),
        (entry, data.replace(b"index 3", b"index 7")),
        (entry, data.replace(b"index 3", b"index 03")),
        (entry, proof(3, 8)[1].partition(b"\n\n")[0] + b"\n\n" + data.partition(b"\n\n")[2]),
        (entry, b""),
        (entry, b"x" * 99),
    ]:
        report = verify_proof_file(*put_proof(tmp_path, other, changed))
        assert not report.is_verified
        assert len(report.problems) == 1


def test_a_proof_or_entry_beyond_all_size_is_not_read(tmp_path):
    entry, data = proof(3, 7)
    for one, other in [(entry + b" " * 70_000, data), (entry, data + b" " * 10**6)]:
        with pytest.raises(Invalid) as caught:
            verify_proof_file(*put_proof(tmp_path, one, other))
        assert caught.value.code == "VERIFY-16"
