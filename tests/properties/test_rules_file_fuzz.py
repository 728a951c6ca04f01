"""Whatever stands in a rule file: rules or a refusal, never anything else."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from guiju.core.check.rules import RuleSet
from guiju.core.errors import Invalid
from guiju.exchange.rule_file import example_rules, read_rules

EXAMPLE = example_rules().encode()
KEYS = """code kind name source steps required before people prefixes from to within unit
occurrence unless step times first second"""
keys = st.sampled_from(KEYS.split())
words = ["four_eyes", "时限", "response", "absence", "天", "甲", "乙", "R1", ""]
values = st.recursive(
    st.sampled_from([f'"{word}"' for word in words])
    | st.sampled_from(["1", "-1", "true", "1e9", "nan", "2024-02-29", "07:30:00", "0x7f"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    max_leaves=4,
)
tables = st.dictionaries(keys, values, max_size=9).map(
    lambda table: "[[rules]]\n" + "".join(f"{key} = {value}\n" for key, value in table.items())
)


def reads_or_refuses(content: bytes) -> None:
    said = "RULE-"
    try:
        assert isinstance(read_rules(content), RuleSet)
    except Invalid as refusal:
        said = refusal.code
    assert said.startswith("RULE-")


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b'a = "\\ud800"')
def test_any_bytes(content: bytes) -> None:
    reads_or_refuses(content)


@settings(deadline=None, max_examples=300)
@given(st.lists(tables, max_size=3).map("".join))
def test_any_tables(text: str) -> None:
    reads_or_refuses(text.encode())


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(EXAMPLE)), st.integers(0, 40), st.binary(max_size=4))
def test_a_damaged_example(start: int, cut: int, put: bytes) -> None:
    reads_or_refuses(EXAMPLE[:start] + put + EXAMPLE[start + cut :])
