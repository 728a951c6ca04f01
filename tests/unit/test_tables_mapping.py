"""Which column means what: by name, by content, or refused."""

from __future__ import annotations

import pytest

from guiju.core.errors import Invalid
from guiju.exchange.tables import ColumnMapping, guess_mapping


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            ["case:concept:name", "concept:name", "time:timestamp", "org:resource", "case:amount"],
            ("case:concept:name", "concept:name", "time:timestamp", "org:resource"),
        ),
        (["Case ID", "Activity", "Complete Timestamp", "Resource"], None),
        (["case_id", "event", "timestamp", "user"], None),
        (["办件编号", "环节名称", "办理时间", "办理人"], None),
        (["业务编号", "办理环节", "完成时间", "经办人"], None),
        (["流水号", "步骤", "时间", "操作人"], None),
        (
            ["受理编号", "活动", "处理时间", "处理人（姓名）"],
            ("受理编号", "活动", "处理时间", None),
        ),
    ],
)
def test_names_tell(headers, expected):
    assert guess_mapping(headers, []) == ColumnMapping(*(expected or headers))


def test_a_surer_name_wins():
    headers = ["流水号", "案件编号", "操作", "环节", "开始时间", "完成时间", "用户", "经办人"]
    expected = ColumnMapping("案件编号", "环节", "完成时间", "经办人")
    assert guess_mapping(headers, []) == expected


def test_of_two_case_columns_the_one_that_repeats_is_taken():
    headers, rows = (
        ["业务编号", "办件编号", "步骤"],
        [("1", "9", "a"), ("2", "9", "b"), ("3", "8", "a")],
    )
    assert guess_mapping(headers, rows).case == "办件编号"


def test_contents_tell_time_activity_and_case_where_names_do_not():
    rows = [
        (f"N{case}", step, f"2024-01-0{case} 0{place}:00", "备注")
        for case in range(1, 7)
        for place, step in enumerate(("收件", "审核", "办结"))
    ]
    headers = ["案件编号", "甲", "乙", "丙"]
    assert guess_mapping(headers, rows) == ColumnMapping("案件编号", "甲", "乙", None)
    headers = ["甲", "步骤", "乙", "丙"]
    assert guess_mapping(headers, rows) == ColumnMapping("甲", "步骤", "乙", None)


@pytest.mark.parametrize(
    ("headers", "rows", "missing"),
    [
        (["甲", "乙"], [("1", "a")], "案件编号"),
        (["案件编号", "备注"], [("1", "a"), ("2", "b")], "步骤"),
        (["案件编号", "环节", "步骤"], [("1", "a", "b")], "步骤"),
        (["业务编号", "办件编号", "步骤"], [("1", "1", "a"), ("2", "2", "a")], "案件编号"),
    ],
)
def test_doubt_is_refused_with_the_headers_and_the_way_out(headers, rows, missing):
    with pytest.raises(Invalid) as refusal:
        guess_mapping(headers, rows)
    sentence = str(refusal.value.sentence)
    assert refusal.value.code == "TABLE-01"
    assert f"哪一列是{missing}" in sentence
    assert all(f"「{name}」" in sentence for name in headers)
    assert "--case" in sentence


def test_a_named_column_must_exist_and_serve_once():
    headers = ["案件编号", "步骤"]
    with pytest.raises(Invalid, match="没有名为「环节」的列") as refusal:
        guess_mapping(headers, [], given=ColumnMapping(activity="环节"))
    assert refusal.value.code == "TABLE-02"
    with pytest.raises(Invalid, match="两种用途") as refusal:
        guess_mapping(headers, [], given=ColumnMapping("步骤", "步骤"))
    assert refusal.value.code == "TABLE-06"


def test_none_says_that_there_is_no_such_column():
    headers = ["案件编号", "步骤", "办理时间", "办理人"]
    guessed = guess_mapping(headers, [], given=ColumnMapping(time=None))
    assert guessed == ColumnMapping("案件编号", "步骤", None, "办理人")


def test_the_mapping_is_told_to_the_user():
    sentence = str(ColumnMapping("编号", "环节", None, "经办").sentence())
    assert (
        "案件编号取「编号」列，步骤取「环节」列，办理时间没有对应的列，办理人取「经办」列"
        in sentence
    )
