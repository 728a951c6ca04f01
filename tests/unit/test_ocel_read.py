"""OCEL 2.0 JSON: how it is flattened, and what is refused."""

from __future__ import annotations

import copy
import json

import pytest

from guiju.core.check.log import Wanted
from guiju.core.errors import Invalid
from guiju.exchange.ocel import read_ocel, strict

ALL = Wanted(people=True, times=True)
FIVE_JANUARY = 1_704_412_800_000_000


def event(name, kind, time, *related, **attributes):
    return {
        "id": name,
        "type": kind,
        "time": time,
        "attributes": [{"name": key, "value": value} for key, value in attributes.items()],
        "relationships": [{"objectId": each, "qualifier": "经手"} for each in related],
    }


DOCUMENT = {
    "objectTypes": [{"name": "办件", "attributes": []}, {"name": "人员", "attributes": []}],
    "eventTypes": [{"name": name, "attributes": []} for name in ("收件", "审核", "办结", "未用")],
    "objects": [
        {"id": "A1", "type": "办件", "relationships": [{"objectId": "P1", "qualifier": ""}]},
        {"id": "A2", "type": "办件"},
        {"id": "A3", "type": "办件", "attributes": [], "relationships": []},
        {"id": "P1", "type": "人员"},
    ],
    "events": [
        event("e1", "办结", "2024-01-07T08:00:00+08:00", "A1", 办理人="张三"),
        event("e2", "收件", "2024-01-05T00:00:00Z", "A1", "P1", "A1"),
        event("e3", "审核", "2024-01-06", "A1", "A2", resource=17),
        event("e4", "收件", "2024-01-06T00:00:00+08:00", "A2", resource=""),
        event("e5", "未用", "2024-01-06T00:00:00Z", "P1"),
    ],
}


@pytest.fixture
def read(tmp_path):
    def read(document, wanted=ALL, **options):
        path = tmp_path / "log.json"
        if not isinstance(document, bytes):
            document = json.dumps(document).encode()
        path.write_bytes(document)
        return read_ocel(path, wanted, **options)

    return read


@pytest.fixture
def refused(read):
    def refused(document, **options):
        with pytest.raises(Invalid) as refusal:
            read(document, **options)
        return refusal.value.code, str(refusal.value.sentence)

    return refused


def changed(path, value):
    """Return the document with the place at ``path`` replaced, or removed by None."""
    document = copy.deepcopy(DOCUMENT)
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return document


def test_a_case_is_an_object_with_its_events_in_time_order(read):
    found = read(DOCUMENT)
    log = found.log
    assert found.object_type == "办件"
    assert log.cases == ["A1", "A2", "A3"]
    assert list(log.starts) == [0, 3, 5, 5]
    names = [log.activities[code] for code in log.codes]
    assert names == ["收件", "审核", "办结", "审核", "收件"]
    assert [log.people[who] for who in log.performers] == ["P1", "17", "张三", "17", ""]
    assert log.times[0] == FIVE_JANUARY
    assert "未用" not in log.activities


def test_people_and_times_are_read_only_when_wanted(read):
    log = read(DOCUMENT, Wanted()).log
    assert (log.people, len(log.performers), len(log.times)) == ((), 0, 0)
    assert len(log.codes) == 5


def test_what_flattening_does_is_said(read):
    said = " ".join(map(str, read(DOCUMENT).remarks))
    assert "按时间排列" in said
    assert "没写时区" in said
    assert "1 个事件不属于任何「办件」" in said
    assert "1 个事件属于不止一个「办件」" in said
    assert "1 个「办件」对象没有任何事件" in said
    plain = changed(["events"], DOCUMENT["events"][:2])
    plain["objects"] = [plain["objects"][0], plain["objects"][3]]
    assert len(read(plain).remarks) == 1


def test_the_type_may_be_named(read):
    found = read(DOCUMENT, object_type="人员")
    assert found.log.cases == ["P1"]
    assert [found.log.activities[code] for code in found.log.codes] == ["收件", "未用"]


def test_a_type_that_is_called_a_case_is_taken_among_several(read):
    document = changed(["objectTypes", 1, "name"], "材料")
    document["objects"][3]["type"] = "材料"
    assert read(document).object_type == "办件"


def test_doubt_about_the_type_is_refused_with_a_census(refused):
    document = changed(["objectTypes"], [{"name": "订单"}, {"name": "货物"}])
    for each in document["objects"]:
        each["type"] = "订单" if each["type"] == "办件" else "货物"
    code, sentence = refused(document)
    assert code == "OCEL-10"
    assert "「订单」（3，4）、「货物」（1，2）" in sentence
    assert "--object-type" in sentence


def test_a_wrong_or_idle_type_is_refused(refused):
    assert refused(DOCUMENT, object_type="无")[0] == "OCEL-11"
    assert refused(changed(["events"], DOCUMENT["events"][4:]))[0] == "OCEL-12"


@pytest.mark.parametrize(
    ("document", "code", "words"),
    [
        (b"", "OCEL-01", "第 1 行"),
        (json.dumps(DOCUMENT).encode()[:-5], "OCEL-01", "读不下去"),
        (b"\xff\xfe\xff", "OCEL-01", "UTF-8"),
        (b'{"objectTypes": 1' + b"0" * 5000 + b"}", "OCEL-01", "JSON"),
        (b'{"events": NaN}', "OCEL-01", "NaN"),
        (b'{"events": [], "events": []}', "OCEL-01", "两个「events」"),
        (b"[" * 200_000, "OCEL-03", "嵌套太深"),
        ([], "OCEL-04", "objectTypes"),
        *((changed([key], None), "OCEL-04", key) for key in DOCUMENT),
        (changed(["events"], {}), "OCEL-04", "events"),
        (changed(["events", 2, "id"], None), "OCEL-05", "事件「3」缺少「id」"),
        (changed(["events", 2], 7), "OCEL-05", "事件「3」缺少「id」"),
        (changed(["events", 2, "time"], None), "OCEL-05", "事件「e3」缺少「time」"),
        (changed(["events", 2, "type"], None), "OCEL-05", "事件「e3」缺少「type」"),
        (changed(["events", 2, "type"], 3), "OCEL-05", "事件「e3」缺少「type」"),
        (changed(["events", 2, "relationships"], {}), "OCEL-05", "事件「e3」的「relationships」"),
        (changed(["events", 2, "attributes"], [7]), "OCEL-05", "事件「e3」"),
        (changed(["objects", 1, "id"], " "), "OCEL-05", "对象「2」"),
        (changed(["objects", 1, "id"], "\ud800"), "OCEL-05", "对象「2」"),
        (changed(["objects", 1, "type"], None), "OCEL-05", "对象「A2」"),
        (changed(["eventTypes", 0, "name"], None), "OCEL-05", "事件类型「1」"),
        (changed(["events", 2, "id"], "e1"), "OCEL-06", "不止一个事件叫「e1」"),
        (changed(["objects", 1, "id"], "A1"), "OCEL-06", "不止一个对象叫「A1」"),
        (changed(["objectTypes", 1, "name"], "办件"), "OCEL-06", "不止一个对象类型叫「办件」"),
        (changed(["events", 2, "type"], "未登记"), "OCEL-07", "事件「e3」的类型「未登记」"),
        (changed(["objects", 1, "type"], "未登记"), "OCEL-07", "对象「A2」的类型「未登记」"),
        (changed(["events", 2, "relationships", 0, "objectId"], "无"), "OCEL-08", "事件「e3」"),
        (changed(["events", 2, "relationships", 0], 5), "OCEL-08", "事件「e3」"),
        (changed(["objects", 0, "relationships", 0, "objectId"], "无"), "OCEL-08", "对象「A1」"),
        (changed(["events", 2, "time"], "昨天"), "OCEL-09", "事件「e3」的时间「昨天」"),
    ],
)
def test_what_breaks_the_specification_is_refused_with_its_place(refused, document, code, words):
    found, sentence = refused(document)
    assert found == code
    assert words in sentence
    assert sentence.encode()


def test_a_document_that_is_too_large_is_refused(refused, monkeypatch):
    monkeypatch.setattr(strict, "MOST_BYTES", 100)
    assert refused(DOCUMENT)[0] == "OCEL-02"


def test_a_missing_file_is_a_refusal(tmp_path):
    with pytest.raises(Invalid, match="找不到"):
        read_ocel(tmp_path / "无.json", ALL)
