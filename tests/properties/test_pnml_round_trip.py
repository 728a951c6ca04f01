"""Any safe net written as PNML reads back equal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.flow.net import Net, Transition
from guiju.exchange.pnml import read_pnml, write_pnml

texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=8)


@st.composite
def nets(draw) -> Net:
    places = draw(st.lists(texts, min_size=1, max_size=6))
    masks = st.integers(0, (1 << len(places)) - 1)
    names = draw(
        st.lists(texts.filter(lambda t: t == " ".join(t.split())), unique=True, max_size=6)
    )
    titles = {name: draw(texts) for name in names if draw(st.booleans())}
    moves = tuple(
        Transition(
            draw(masks),
            draw(masks),
            label=titles.get(name, "") if draw(st.booleans()) else "",
            node=name,
        )
        for name in names
    )
    marking = masks.filter(bool)
    return Net(tuple(places), moves, draw(marking), draw(marking), titles)


@given(nets(), texts)
@settings(deadline=None, max_examples=80)
def test_a_written_net_reads_back_equal(net, name):
    assert read_pnml(write_pnml(net, name=name)) == net
