"""Scopes of units against a reference that walks the tree of units itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guiju.core.access import (
    ADMINISTRATORS,
    EVERYWHERE,
    NOWHERE,
    ROLES,
    SECOND_FACTOR,
    STRANGER,
    Grant,
    Standing,
    scope_of,
)
from guiju.core.terms import Permission, Role


@st.composite
def trees(draw):
    """Return each unit's superior; numbers grow past nine, so that 1/1 stands beside 1/10."""
    return {
        number: draw(st.sampled_from([None, *range(1, number)]))
        for number in range(1, draw(st.integers(1, 30)) + 1)
    }


def path(tree, unit):
    return "" if unit is None else f"{path(tree, tree[unit])}{unit}/"


def is_below(tree, unit, chosen):
    while unit is not None:
        if unit in chosen:
            return True
        unit = tree[unit]
    return False


@given(trees(), st.data())
def test_a_scope_covers_the_chosen_units_and_all_below_them_alone(tree, data):
    chosen = data.draw(st.sets(st.sampled_from(sorted(tree))))
    scope = scope_of(path(tree, unit) for unit in chosen)
    for unit in tree:
        assert scope.covers(path(tree, unit)) == is_below(tree, unit, chosen)
    assert bool(scope) == bool(chosen)
    for one in scope.beginnings:
        assert not any(one != other and one.startswith(other) for other in scope.beginnings)


@given(trees(), st.data())
def test_s3_50_a_person_may_what_one_of_the_roles_held_there_allows(tree, data):
    units = st.sampled_from([None, *sorted(tree)])
    held = data.draw(st.lists(st.tuples(st.sampled_from(Role), units), max_size=5))
    standing = Standing("person:1", tuple(Grant(role, path(tree, at)) for role, at in held))
    for permission in Permission:
        allowed = {at for role, at in held if permission in ROLES[role]}
        is_everybodys = permission in {Permission.OWN_ACCOUNT, Permission.DECLARE_OWN}
        assert standing.may(permission) == (is_everybodys or bool(allowed))
        for unit in tree:
            expected = None in allowed or is_below(tree, unit, allowed)
            assert standing.may(permission, path(tree, unit)) == expected
    assert standing.roles == {role for role, _ in held}


def test_everywhere_covers_all_and_nowhere_nothing():
    assert EVERYWHERE.covers("")
    assert EVERYWHERE.covers("1/2/")
    assert not NOWHERE.covers("")
    assert not NOWHERE
    assert not STRANGER.may(Permission.HELP_READ)


def test_every_role_says_what_it_may_and_every_permission_is_some_roles():
    assert ROLES.keys() == set(Role)
    given_out = frozenset().union(*ROLES.values())
    assert given_out == set(Permission) - {Permission.PUBLIC}


def test_the_three_administrators_share_no_power_over_others():
    personal = frozenset.intersection(*ROLES.values())
    assert personal == {
        Permission.HELP_READ,
        Permission.INBOX_USE,
        Permission.OWN_ACCOUNT,
        Permission.DECLARE_OWN,
        Permission.DELEGATE_OWN,
        Permission.LISTS_SIGN,
        Permission.RISK_REPORT,
    }
    changing = {
        Permission.CALENDAR_EDIT,
        Permission.ACCOUNT_EDIT,
        Permission.ROLE_GRANT,
        Permission.SESSION_REVOKE,
        Permission.RECORD_READ,
    }
    for permission in changing:
        assert sum(permission in ROLES[role] for role in ADMINISTRATORS) == 1
    assert ROLES[Role.AUDIT_ADMIN] & (changing - {Permission.RECORD_READ}) == set()
    assert set(ADMINISTRATORS) <= SECOND_FACTOR
