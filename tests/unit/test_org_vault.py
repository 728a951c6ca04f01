"""Boxes of business rows: they open in their place alone, and not after an erasure."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.base.record import vault
from guiju.core.errors import Denied, Invalid
from organised import refusal

PLACE = "org_person.phone"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=VALUES)
def test_what_is_locked_is_unlocked(data_folder, value):
    try:
        box = vault.lock("person:1", PLACE, value)
    except Invalid as refused:
        assert refused.code.startswith("LEDGER-")  # noqa: PT017 - either way is right
        return
    assert vault.unlock("person:1", PLACE, box) == value


def test_a_box_opens_only_where_it_belongs(data_folder):
    box = vault.lock("person:1", PLACE, "13800138000")
    vault.lock("person:2", PLACE, "x")
    broken = box[:-1] + bytes([box[-1] ^ 1])
    for person, place, data in (
        ("person:2", PLACE, box),
        ("person:1", "org_person.id_number", box),
        ("person:1", PLACE, broken),
        ("person:1", PLACE, b""),
    ):
        assert refusal(Invalid, vault.unlock, person, place, data) == "RECORD-25"


def test_after_an_erasure_nothing_opens_and_nothing_is_locked(data_folder):
    box = vault.lock("person:1", PLACE, "13800138000")
    vault.key_store().erase("person:1")
    assert vault.unlock("person:1", PLACE, box) is None
    assert refusal(Denied, vault.lock, "person:1", PLACE, "x") == "RECORD-20"


def test_a_tag_is_the_same_for_the_same_and_tells_nothing_without_the_key(data_folder, settings):
    tag = vault.tag("org.id_number", "1")
    assert tag == vault.tag("org.id_number", "1")
    assert tag != vault.tag("org.id_number", "2")
    assert tag != vault.tag("other", "1")
    settings.DATA = data_folder / "elsewhere"
    assert tag != vault.tag("org.id_number", "1")


def test_many_keys_are_made_as_one_would_be(data_folder):
    people = [f"person:{number}" for number in range(600)]
    vault.make_keys(people)
    store = vault.key_store()
    keys = {store.key(person) for person in people}
    assert len(keys) == 600
    assert None not in keys
    modes = {path.stat().st_mode & 0o777 for path in store.files()}
    modes |= {path.parent.stat().st_mode & 0o777 for path in store.files()}
    assert modes == {0o600, 0o700}
    with pytest.raises(FileExistsError):
        vault.make_keys(["person:1"])


def test_keys_are_remembered_for_one_act_and_no_longer(data_folder):
    with vault.remembering():
        vault.make_keys(["person:1"])
        box = vault.lock("person:1", PLACE, "x")
        next(vault.key_store().files()).write_bytes(bytes(32))
        vault.lock("person:1", PLACE, "x")
    assert vault.unlock("person:1", PLACE, box) is None
