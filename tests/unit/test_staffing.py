"""Reading who holds which post."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.flow.people.posts import Holding
from guiju.exchange.staffing import MOST_BYTES, read_staffing

TWO_POSTS = {
    "受理岗": Holding(frozenset({"张三", "李四"})),
    "审核岗": Holding(frozenset({"王五"}), frozenset({"赵六"})),
}
CSV = "岗位,人员,代理人\n受理岗,张三、李四,\n审核岗,王五,赵六\n"
TOML = (
    '[posts]\n"受理岗" = ["张三", "李四"]\n"审核岗" = { people = ["王五"], deputies = ["赵六"] }\n'
)


@pytest.fixture
def write(tmp_path):
    def write(content: str | bytes, name: str = "人员.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path: Path) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_staffing(path)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        CSV,
        "\ufeff" + CSV.replace("\n", "\r\n"),
        CSV.replace(",", "\t"),
        CSV.replace(",", ";").replace("、", ","),
        CSV.replace(",", "，"),
        CSV.replace("受理岗,张三、李四,\n", "受理岗,张　三,\n\n受理岗,李 四,\n"),
        CSV.replace("张三、李四", '"张三\n李四"'),
        CSV.replace("人员", "姓名").replace("受理岗,张三、李四,\n", "受理岗,张三/李四\n"),
    ],
)
def test_csv_in_the_shapes_that_offices_write(write, text):
    assert read_staffing(write(text)).roster == TWO_POSTS


def test_csv_in_gb18030(write):
    assert read_staffing(write(CSV.encode("gb18030"))).roster == TWO_POSTS


@pytest.mark.parametrize(
    "text",
    [
        TOML,
        TOML.replace("posts", '"岗位"').replace("people", '"人员"').replace("deputies", '"代理人"'),
        TOML.replace('["张三", "李四"]', '"张三、李四"'),
    ],
)
def test_toml_with_english_or_chinese_keys(write, text):
    assert read_staffing(write(text, "人员.toml")).roster == TWO_POSTS


def test_a_title_and_unused_columns_are_remarked_upon(write):
    read = read_staffing(write("某局岗位表,,\n岗位,人员,电话\n受理岗,张三,123\n"))
    assert read.roster == {"受理岗": Holding(frozenset({"张三"}))}
    assert [str(remark) for remark in read.remarks] == [
        "略过了表头之前的 1 行。",
        "没有用到的列：电话。",
    ]
    assert read_staffing(write(CSV)).remarks == ()


def test_a_vacant_post_is_kept(write):
    assert read_staffing(write("岗位,人员\n受理岗,\n")).roster == {"受理岗": Holding()}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("姓名,电话\n张三,1\n", "STAFF-04", "岗位"),
        ("岗位,人员,人员\n受理岗,张三,李四\n", "STAFF-04", "第 1 行表头有两个「人员」列"),
        ("", "STAFF-04", "找不到"),
        ("岗位,人员\n\n受理岗,张三\n,李四\n", "STAFF-05", "第 4 行没有写岗位"),
        ("人员,岗位\n张三,受理岗\n李四\n", "STAFF-05", "第 3 行没有写岗位"),
        ("岗位,人员\n受理岗,张三,李四\n", "STAFF-05", "第 2 行有 3 列，表头只有 2 列"),
        ('岗位,人员\n受理岗,"张三\n', "STAFF-05", "第 2 行起双引号"),
        (f"岗位,人员\n受理岗,{'张' * 140_000}\n", "STAFF-05", "第 2 行起"),
        ("岗位,人员\n", "STAFF-06", "一个岗位也没有"),
        (b"PK\x03\x04\x00\x00", "STAFF-01", "Excel"),
        (b"\xff\xff\xff", "STAFF-01", "UTF-8"),
        (b" " * (MOST_BYTES + 1), "STAFF-03", str(MOST_BYTES)),
    ],
)
def test_csv_that_makes_no_sense_is_refused_with_its_line(write, text, code, words):
    refused = refusal(write(text))
    assert refused.code == code
    assert words in str(refused)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ('[posts]\n受理岗 = ["张三"]\n', "STAFF-02", '第 2 行「受理岗 = ["张三"]」'),
        ("[posts]\na = [\n", "STAFF-02", "第"),
        ("[posts]\na = ['甲']\na = ['乙']\n", "STAFF-02", "两次"),
        ("a = " + "[" * 5000, "STAFF-02", "第 1 行"),
        ("a = " + "9" * 5000, "STAFF-02", "第 1 行"),
        (".".join("a" * 300) + " = 1", "STAFF-02", "第 1 行"),
        ("[people]\na = 1\n", "STAFF-04", "「people」"),
        ("posts = 3\n", "STAFF-04", "「posts」"),
        ("[posts]\na = 3\n", "STAFF-05", "「a」"),
        ("[posts]\na = [3]\n", "STAFF-05", "「a」"),
        ("[posts]\na = [' ']\n", "STAFF-05", "「a」"),
        ("[posts]\n' ' = ['甲']\n", "STAFF-05", "「 」"),
        ("[posts]\na = { people = ['甲'], since = '2020' }\n", "STAFF-05", "「a」"),
        ("[posts]\na = { people = ['甲'], \"人员\" = ['乙'] }\n", "STAFF-05", "「a」"),
        ("[posts]\n", "STAFF-06", "一个岗位也没有"),
        ("", "STAFF-06", "一个岗位也没有"),
    ],
)
def test_toml_that_makes_no_sense_is_refused(write, text, code, words):
    refused = refusal(write(text, "人员.toml"))
    assert refused.code == code
    assert words in str(refused)


def test_a_missing_file_is_refused(tmp_path):
    assert refusal(tmp_path / "没有.csv").code == "FILE-01"


@pytest.mark.parametrize("name", ["any.csv", "any.toml"])
def test_no_content_makes_it_stumble(tmp_path_factory, name):
    path = tmp_path_factory.mktemp("fuzz") / name
    pieces = [
        "岗位",
        "人员",
        "posts",
        "[",
        "]",
        "=",
        '"',
        ",",
        "\n",
        "、",
        "张三",
        "{",
        "}",
        "\t",
        "\r",
    ]
    texts = st.lists(st.sampled_from(pieces), max_size=30).map(lambda p: "".join(p).encode())

    @given(st.one_of(st.binary(max_size=60), texts))
    @settings(max_examples=150, deadline=None)
    def reads_or_refuses(content):
        path.write_bytes(content)
        code = ""
        try:
            assert read_staffing(path).roster
        except Invalid as refused:
            code = refused.code
        assert not code or code.startswith("STAFF-")

    reads_or_refuses()
