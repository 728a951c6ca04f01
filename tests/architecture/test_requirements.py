"""What users asked for is kept in view: which of it a test shows, and which not yet."""

from __future__ import annotations

import pytest
import requirements


def test_the_page_is_fresh():
    assert requirements.PAGE.read_text("utf-8") == requirements.page(), "run: make generated"


def test_all_274_are_there_each_in_an_area():
    rows = requirements.requirements()
    assert len({row["id"] for row in rows}) == len(rows) == 274
    assert {area for row in rows for area in row["areas"].split()} == set(requirements.AREAS)
    assert all(row["areas"] and row["phrase"] for row in rows)


def test_names_of_tests_speak_of_requirements_that_there_are():
    asked = {row["id"] for row in requirements.requirements()}
    found = {requirement for requirement, _, _ in requirements.tests()}
    assert found <= asked
    assert found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("test_s0_07_key_posts", ["S0-07"]),
        ("test_a_s0_07_s1_05_list", ["S0-07", "S1-05"]),
        ("test_keys_0_07", []),
        ("test_s0_071", []),
        ("test_posts0_07", []),
    ],
)
def test_what_a_name_speaks_of(name, expected):
    assert requirements.named(name) == expected


def test_what_is_still_open_is_said_only_of_what_tests_show_in_part():
    shown = {requirement for requirement, _, _ in requirements.tests()}
    open_ = [row for row in requirements.requirements() if row["open"]]
    assert open_
    for row in open_:
        assert row["id"] in shown
        assert f"open: {row['open']} |" in requirements.page()
