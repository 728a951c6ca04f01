"""Every address says who may see it, and the page that tells so is fresh."""

from __future__ import annotations

import matrix

from guiju.base.access.matrix import holders, routes
from guiju.core.terms import Permission


def test_every_address_says_who_may_see_it():
    assert [route.pattern for route in routes() if route.needs is None] == []
    assert len(routes()) > 30


def test_every_permission_is_given_by_some_role():
    assert [one for one in Permission if not holders(one)] == [Permission.PUBLIC]


def test_the_page_is_fresh():
    assert matrix.PAGE.read_text("utf-8") == matrix.page(), "run: make generated"
