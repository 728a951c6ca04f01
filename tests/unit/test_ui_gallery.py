"""The gallery: every part and every screen in all its states, and no screen without one."""

import re
from pathlib import Path

import pytest

from guiju.base.ui.gallery import STATES, exhibits
from guiju.core.terms import Role
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

SOURCE = Path(__file__).parents[2] / "src" / "guiju"
ROOMS = ("base", "define", "publish")
EXTENDS = r'{% extends "([^"]+)" %}'
SAYS = {
    ("access-second-factor", "forbidden"): "您的角色必须启用第二重验证",
    ("access-tokens", "empty"): "还没有有效的令牌",
    ("evidence-files", "error"): "文件没有收下",
    ("inbox-notices", "empty"): "没有通知",
    ("org-body", "empty"): "还没有成员",
    ("org-delegation", "error"): "记录里没有查到",
    ("org-duties", "error"): "没有符合条件的行",
    ("org-import-preview", "empty"): "没有变动",
    ("org-person", "error"): "已依法清除",
    ("org-post", "empty"): "没有岗位责任人",
    ("org-tree", "empty"): "还没有单位",
    ("org-unit", "empty"): "没有岗位",
    ("org-unit", "error"): "还没有设立",
    ("org-unit-duties", "error"): "没有单位承担",
    ("org-units", "empty"): "还没有单位",
    ("record-event", "error"): "无法解读的事件",
    ("record-opening", "empty"): "没有密封的内容",
    ("record-opening", "error"): "请改正下面的问题",
    ("record-state", "error"): "已停止写入",
    ("system-state", "empty"): "还没有在这里核对过",
    ("system-state", "many"): "发现 200 处问题",
}
NOT_SHOWN = {
    "a form, and forms are a part": (
        "access/act", "access/sign_in/enrol_key", "access/sign_in/one_time_link",
        "access/sign_in/password",
    ),
    "a secret that is shown once": (
        "access/link", "access/sign_in/codes", "access/sign_in/enrol_app", "access/token",
    ),
    "in one state": (
        "access/interface", "access/matrix", "access/operation", "portal/verify", "ui/help",
    ),
    "nothing but a part": (
        "lists/history", "org/body_history", "org/chart", "org/endable", "org/no_post",
        "org/person_history", "org/post_history", "org/unit_history", "profiles/history",
        "ui/confirm", "ui/search",
    ),
    "a moment before or after what is shown": ("org/import_done", "org/import_run", "portal/soon"),
    "a refusal": ("portal/refused", "ui/wrong_method"),
    "drawn by a library from what the database holds; a journey opens it": ("flows/design",),
    "the gallery itself": ("ui/gallery/exhibit", "ui/gallery/hall"),
}  # fmt: skip
"""Screens without an exhibit, by the reason."""


@pytest.mark.parametrize("name", [one.name for one in exhibits()])
def test_it_is_shown_in_every_state(name):
    client = reader(Role.STAFF)
    for state in STATES:
        response = client.get(f"/gallery/{name}/{state}/")
        assert response.status_code == 200, state
        assert SAYS.get((name, state), "<h1>") in response.content.decode(), state


def test_every_sentence_that_is_looked_for_belongs_to_an_exhibit():
    names = {one.name for one in exhibits()}
    assert {name for name, _ in SAYS} <= names


def test_a_list_without_a_right_cannot_be_exported_and_one_with_it_can():
    client = reader(Role.STAFF)
    for name in (one.name for one in exhibits() if one.template.endswith("list.html")):
        if name == "list":
            continue
        pages = [client.get(f"/gallery/{name}/{one}/") for one in ("typical", "forbidden")]
        assert ["导出这些行" in one.content.decode() for one in pages] == [True, False]


def test_two_hundred_rows_are_paged_through_to_the_end():
    client, address, seen = reader(Role.STAFF), "/gallery/org-units/many/", []
    while address:
        text = client.get(address).content.decode()
        seen += re.findall(r">(D\d{3})<", text)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        address = found and found.group(1).replace("&amp;", "&")
    assert seen == [f"D{number:03}" for number in range(1, 201)]


def test_every_screen_has_an_exhibit():
    shown = {one.template for one in exhibits()}
    let_off = {f"{one}.html" for names in NOT_SHOWN.values() for one in names}
    screens = _screens()
    frames = set(re.findall(EXTENDS, "".join(screens.values())))
    bare = set(screens) - frames - shown
    assert bare == let_off


def _screens():
    """Return the beginning of every template that is a page, or what pages are made of."""
    folders = [one for area in ROOMS for one in (SOURCE / area).glob("*/templates")]
    begun = {
        str(path.relative_to(folder)): path.read_text("utf-8")[:200]
        for folder in folders
        for path in folder.glob("*/**/*.html")
    }
    return {name: text for name, text in begun.items() if re.search(EXTENDS, text)}
