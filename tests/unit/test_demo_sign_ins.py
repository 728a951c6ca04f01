"""How one signs in to the example: one account per role, with nothing that is known elsewhere."""

from __future__ import annotations

import base64
import stat

import pytest

from guiju.base.access.sign_in.policies import require_good_password
from guiju.core.access import SECOND_FACTOR
from guiju.core.errors import Invalid
from guiju.core.terms import Role
from guiju.demo.county.cast import CAST
from guiju.demo.county.sign_ins import (
    FILE,
    app_code,
    make_sign_ins,
    read_sign_ins,
    write_sign_ins,
)

# RFC 6238, appendix B, SHA-1; the last six of its eight digits.
VECTORS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.mark.parametrize(("at", "code"), VECTORS.items())
def test_codes_are_those_of_the_standard(at, code):
    assert app_code(base64.b32encode(b"12345678901234567890").decode(), at) == code


def test_every_role_has_one_account_and_a_second_factor_where_it_needs_one():
    lines = make_sign_ins()
    assert sorted(line.role for line in lines) == sorted(Role)
    assert {line.role for line in lines if line.secret} == SECOND_FACTOR
    assert len({part.login_name for part in CAST}) == len(CAST)


def test_passwords_follow_the_rules_and_are_drawn_anew():
    one, other = make_sign_ins(), make_sign_ins()
    for line in (*one, *other):
        require_good_password(line.password, login_name=line.login_name, least=10)
    drawn = [text for line in (*one, *other) for text in (line.password, line.secret) if text]
    assert len(set(drawn)) == len(drawn)


def test_they_are_kept_for_this_account_alone_and_read_as_they_were(tmp_path):
    assert read_sign_ins(tmp_path) == ()
    lines = make_sign_ins()
    write_sign_ins(tmp_path, lines)
    assert read_sign_ins(tmp_path) == lines
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["一\n二\n三\n", "一\n二\nnobody\ta\tb\tc\n", "\xff"])
def test_a_file_that_was_changed_by_hand_is_refused(tmp_path, text):
    (tmp_path / FILE).write_bytes(text.encode("latin-1" if text == "\xff" else "utf-8"))
    with pytest.raises(Invalid) as refused:
        read_sign_ins(tmp_path)
    assert refused.value.code == "DEMO-03"
