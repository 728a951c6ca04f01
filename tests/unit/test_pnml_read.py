from __future__ import annotations

from pathlib import Path

import pytest

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, Transition
from guiju.exchange.pnml import read_pnml

DATA = Path(__file__).parents[1] / "data"
PLACES = '<place id="a"/><place id="b"/>'
STEP = '<transition id="t"><name><text>办</text></name></transition>'
ARCS = '<arc id="1" source="a" target="t"/><arc id="2" source="t" target="b"/>'


def pnml(inner: str, *, attributes: str = "") -> bytes:
    return f'<pnml>\n<net id="n"{attributes}>{inner}</net></pnml>'.encode()


def test_pages_references_silence_and_missing_markings():
    net = read_pnml((DATA / "pages.pnml").read_bytes())
    a, b, c = 1, 2, 4
    assert net == Net(
        places=("甲", "b", "c"),
        transitions=(
            Transition(a, b, label="受理", node="t1"),
            Transition(b, b, node="t2"),
            Transition(b, c, label="办结 ", node="t3"),
            Transition(b, c, node="t4"),
        ),
        initial=a,
        final=c,
        titles={"t1": "受理", "t3": "办结 ", "t4": "跳过"},
    )


def test_without_markings_the_only_place_without_ways_in_starts():
    net = read_pnml(pnml(PLACES + STEP + ARCS))
    assert (net.initial, net.final) == (1, 2)


def test_markings_in_the_file_go_before_the_shape_of_the_net():
    marked = (
        '<place id="a"/><place id="b"><initialMarking><text>1</text></initialMarking></place>'
        '<transition id="t"/><arc id="1" source="b" target="t"/><arc id="2" source="t" target="b"/>'
        '<finalmarkings><marking><place idref="a"><text>0</text></place>'
        '<place idref="b"><text>1</text></place></marking></finalmarkings>'
    )
    net = read_pnml(pnml(marked))
    assert (net.initial, net.final) == (2, 2)


@pytest.mark.parametrize(
    "kind", ["<type value='normal'/>", "<arctype><text>normal</text></arctype>"]
)
def test_an_arc_that_says_it_is_normal_is(kind):
    arcs = f'<arc id="1" source="a" target="t">{kind}</arc><arc id="2" source="t" target="b"/>'
    assert read_pnml(pnml(PLACES + STEP + arcs)) == read_pnml(pnml(PLACES + STEP + ARCS))


def arc(inner: str = "", attributes: str = "") -> str:
    return (
        f'{PLACES}{STEP}<arc id="1" source="a" target="t"{attributes}>{inner}</arc>'
        '<arc id="2" source="t" target="b"/>'
    )


@pytest.mark.parametrize(
    ("code", "inner", "shown"),
    [
        ("PNML-03", '<place id="a"/><place id="a"/>', "第 2 行"),
        ("PNML-03", '<place id="a"/><transition id="a"/>', "编号相同"),
        ("PNML-03", "<place/>", "没有编号"),
        ("PNML-04", PLACES + STEP + '<arc id="1" source="a" target="x"/>', "终点「x」"),
        ("PNML-04", PLACES + STEP + '<arc id="1" target="t"/>', "起点「」"),
        ("PNML-04", PLACES + '<arc id="1" source="a" target="b"/>', "同一类"),
        ("PNML-05", arc("<inscription><text>2</text></inscription>"), "弧「1」"),
        ("PNML-05", arc("<inscription><text>0</text></inscription>"), "权重"),
        ("PNML-05", arc() + '<arc id="3" source="a" target="t"/>', "弧「3」"),
        ("PNML-06", arc("<arctype><text>inhibitor</text></arctype>"), "抑制弧"),
        ("PNML-06", arc('<type value="reset"/>'), "清空弧"),
        ("PNML-06", arc(attributes=' type="odd"'), "odd"),
        (
            "PNML-07",
            PLACES.replace('"b"/>', '"b"><initialMarking><text>2</text></initialMarking></place>'),
            "「2」",
        ),
        (
            "PNML-07",
            PLACES.replace('"b"/>', '"b"><initialMarking><text>x</text></initialMarking></place>'),
            "「x」",
        ),
        (
            "PNML-07",
            PLACES + STEP + ARCS + "<finalmarkings><marking/><marking/></finalmarkings>",
            "2 个终止标识",
        ),
        (
            "PNML-07",
            PLACES + STEP + ARCS
            + '<finalmarkings><marking><place idref="z"/></marking></finalmarkings>',
            "「z」",
        ),
        ("PNML-08", PLACES, "2 个（a、b）"),
        ("PNML-08", "", "起点"),
        ("PNML-09", PLACES + '<place id="c"/>' + STEP + ARCS
            + '<arc id="3" source="t" target="c"/>', "2 个（b、c）"),
        ("PNML-11", PLACES + '<referencePlace id="r" ref="r"/>', "「r」"),
        ("PNML-11", PLACES + STEP + '<referencePlace id="r" ref="t"/>', "「r」"),
    ],
)  # fmt: skip
def test_each_fault_has_its_code_and_says_where(code, inner, shown):
    with pytest.raises(Invalid) as caught:
        read_pnml(pnml(inner))
    assert caught.value.code == code
    assert shown in str(caught.value.sentence)


@pytest.mark.parametrize(
    ("code", "source", "shown"),
    [
        ("PNML-02", b"<pnml/>", "0 个"),
        ("PNML-02", b"<pnml><net/><net/></pnml>", "2 个"),
        ("PNML-10", pnml("", attributes=' type="http://x/grammar/highlevelnet"'), "highlevelnet"),
    ],
)
def test_files_with_no_single_plain_net_are_refused(code, source, shown):
    with pytest.raises(Invalid) as caught:
        read_pnml(source)
    assert caught.value.code == code
    assert shown in str(caught.value.sentence)
