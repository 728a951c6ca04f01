from datetime import date

import pytest

from guiju.core.organisation.check_digits import (
    has_id_form,
    id_birthday,
    id_check_holds,
    is_area_code,
    is_credit_code,
)

# The examples that the standard itself prints.
IDS = ["11010519491231002X", "440524188001010014"]


def test_the_credit_code_of_the_standard_is_accepted():
    assert is_credit_code("91350100M000100Y43")


@pytest.mark.parametrize("place", range(18))
def test_a_credit_code_with_one_wrong_place_is_refused(place):
    code = "91350100M000100Y43"
    others = set("0123456789ABCDEFGHJKLMNPQRTUWXY") - {code[place]}
    assert not any(is_credit_code(code[:place] + o + code[place + 1 :]) for o in others)


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y4", "91350100m000100y43", "91350100I000100Y43", "9" * 19]
)
def test_what_has_not_the_form_of_a_credit_code_is_refused(code):
    assert not is_credit_code(code)


@pytest.mark.parametrize("number", IDS)
def test_the_identity_numbers_of_the_standard_are_accepted(number):
    assert has_id_form(number)
    assert id_check_holds(number)


@pytest.mark.parametrize("place", range(18))
def test_an_identity_number_with_one_wrong_place_does_not_hold(place):
    number = "11010519491231002X"
    others = set("0123456789" if place < 17 else "0123456789X") - {number[place]}
    assert not any(id_check_holds(number[:place] + o + number[place + 1 :]) for o in others)


def test_two_neighbours_of_an_identity_number_exchanged_do_not_hold():
    assert not id_check_holds("11010519491321002X")


@pytest.mark.parametrize("number", ["", "11010519491231002", "11010519491231002x", "0" * 18])
def test_what_has_not_the_form_of_an_identity_number_is_refused(number):
    assert not has_id_form(number)


def test_the_birthday_stands_in_the_number_and_must_exist():
    assert id_birthday("11010519491231002X") == date(1949, 12, 31)
    assert id_birthday("110105190002290021") is None  # 1900 was no leap year
    assert id_birthday("440524188001010014") is None  # nobody alive is so old
    assert id_birthday("110105200002290021") == date(2000, 2, 29)


@pytest.mark.parametrize(("code", "good"), [("320412", True), ("820000", True), ("990000", False)])
def test_area_codes_begin_with_a_province(code, good):
    assert is_area_code(code) is good


@pytest.mark.parametrize("code", ["32041", "3204120", "32041a", "３２０４１２", ""])
def test_what_is_no_six_digits_is_no_area_code(code):
    assert not is_area_code(code)
