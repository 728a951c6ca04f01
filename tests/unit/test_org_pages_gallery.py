"""The screens of the organisation in the gallery, in all their states."""

import pytest

from guiju.base.ui.gallery import STATES
from guiju.core.terms import Role
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

SCREENS = ("tree", "unit", "post", "person", "body")
SAYS = {
    ("tree", "empty"): "还没有单位",
    ("unit", "empty"): "没有岗位",
    ("unit", "error"): "还没有设立",
    ("post", "empty"): "没有岗位责任人",
    ("person", "error"): "已依法清除",
    ("body", "empty"): "还没有成员",
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("state", STATES)
def test_a_screen_is_shown_in_every_state(name, state):
    response = reader(Role.STAFF).get(f"/gallery/org-{name}/{state}/")
    assert response.status_code == 200
    assert SAYS.get((name, state), "<h1>") in response.content.decode()
