"""Parts of pages: differences, histories, trees, search and the words of the domain."""

import json
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from guiju.base.ui import diffs, gallery, history, navigation, palette, reader
from guiju.base.ui.badges import Badge
from guiju.base.ui.diffs import Piece, pieces
from guiju.base.ui.history import History
from guiju.base.ui.pages.gallery import exhibit
from guiju.base.ui.pages.search import palette as search_page
from guiju.base.ui.palette import Hit, find
from guiju.base.ui.parts import Branch, Clock, Step, Tab
from guiju.base.ui.templatetags.parts import cell
from guiju.base.ui.words_known import find_words
from guiju.core.access import Grant, Standing
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind, Permission, Role

AT = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)
TEXTS = st.text("甲乙丙12. ab\n", max_size=12)


def shown(text, **values):
    request = RequestFactory().get("/")
    request.standing = Standing("person:1", (Grant(Role.STAFF, ""),))
    load = "{% load parts components %}"
    return Template(load + text).render(Context({"request": request, **values}))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_their_difference(old, new):
    found = pieces(old, new)
    assert "".join(one.text for one in found if not one.is_new) == old
    assert "".join(one.text for one in found if not one.is_old) == new


def test_numbers_and_words_stay_whole():
    assert pieces("单笔 20.5 万元", "单笔 120.5 万元") == (
        Piece("单笔 "),
        Piece("20.5", is_old=True),
        Piece("120.5", is_new=True),
        Piece(" 万元"),
    )
    assert pieces("分管副局长", "派驻纪检组") == (
        Piece("分管副局长", is_old=True),
        Piece("派驻纪检组", is_new=True),
    )
    assert pieces("同", "同") == (Piece("同"),)
    assert pieces("", "") == ()


def test_very_long_texts_are_shown_one_after_the_other(monkeypatch):
    monkeypatch.setattr(diffs, "_MOST", 3)
    assert pieces("甲乙丙丁", "甲乙丙戊") == (
        Piece("甲乙丙丁", is_old=True),
        Piece("甲乙丙戊", is_new=True),
    )
    assert pieces("甲乙丙丁", "甲乙丙丁") == (Piece("甲乙丙丁"),)


def test_a_difference_is_marked_for_those_who_do_not_see_colours():
    html = shown("{% diff old new %}", old="<b>1", new="<b>2")
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "<del>" in html
    assert "<ins>" in html


def test_the_history_of_a_thing_is_told_by_whoever_keeps_it(monkeypatch):
    monkeypatch.setattr(history, "_TELLERS", [])
    assert "还没有经过" in shown('{% history "unit:1" %}')
    step = Step(AT, zh("设立「{x}」", x="<i>"), "周晓岚", "/e/1/", Badge("bad", zh("预警")))
    history.tell_history_by(lambda _, reference: History((step,), f"/record/?object={reference}"))
    html = shown('{% history "unit:1" %}')
    assert '<a href="/e/1/">设立「&lt;i&gt;」</a>' in html
    assert 'href="/record/?object=unit:1"' in html
    assert "2026年11月21日 09:12" in html


def test_a_tree_shows_every_branch_and_marks_where_one_is():
    leaf = Branch("<岗>", "/p/", note=zh("空缺"), is_current=True)
    tree = [Branch("局", "/u/", below=(Branch("科", below=(leaf,), is_open=True),))]
    html = shown("{% tree tree label %}", tree=tree, label=zh("组织"))
    assert html.count("<details") == 2
    assert html.count("<details open") == 1
    assert 'aria-label="打开「局」"' in html
    assert '<a href="/p/" aria-current="page">&lt;岗&gt;</a>' in html


@pytest.mark.parametrize(("used", "width"), [(-5, 0), (0, 0), (50, 43), (100, 86), (240, 86)])
def test_a_clock_never_runs_out_of_its_bar(used, width):
    html = shown("{% clock clock %}", clock=Clock(zh("还剩 1 天"), used, "near"))
    assert f'class="used" width="{width}"' in html


def test_tabs_and_crumbs():
    tabs = [Tab(zh("经过"), "/a/", is_current=True, count=0), Tab(zh("现状"), "/b/")]
    html = shown("{% tabs tabs %}", tabs=tabs)
    assert html.count('aria-current="page"') == 1
    assert '<span class="count">0</span>' in html
    assert html.count('class="count"') == 1


@pytest.mark.parametrize(
    ("value", "says"),
    [(None, "—"), ("", "—"), (0, "0"), (12345, "12,345"), (True, "是"), (False, "否"),
     (1.5, "1.5"), (date(2026, 3, 5), "2026年3月5日"), (AT, "2026年11月21日 09:12"),
     (NodeKind.START, "开始"), (zh("甲"), "甲"), (Badge("good", zh("通过")), "通过"),
     ("<b>", "&lt;b")],
)  # fmt: skip
def test_cells_show_values_as_people_read_them(value, says):
    assert says in shown("{{ value|cell }}", value=value)
    assert "<b>" not in str(cell("")) + shown("{{ value|cell }}", value=value)


def ask(query, *roles, **more):
    request = RequestFactory().get("/search/", {"q": query, **more})
    request.standing = Standing("person:1", tuple(Grant(role, "") for role in roles))
    return request


@pytest.fixture
def places(monkeypatch):
    monkeypatch.setattr(navigation, "_ENTRIES", {})
    monkeypatch.setattr(palette, "_PROVIDERS", {})
    add = navigation.add_entry
    add(navigation.Entry("record:timeline", zh("记录"), 1, Permission.RECORD_READ))
    add(navigation.Entry("ui:help", zh("帮助"), 2))


def test_search_shows_areas_that_are_open_and_asks_every_area(places):
    asked = []

    def people(_request, query):
        asked.append(query)
        return (Hit(f"周{n}", f"/p/{n}/", "教育局") for n in range(100))

    palette.add_provider("people", zh("人员"), people)
    assert find(ask(""), "") == []
    groups = find(ask("", Role.STAFF), "")
    assert [(str(g.label), [h.link for h in g.hits]) for g in groups] == [("栏目", ["/help/"])]
    assert asked == []
    groups = find(ask("", Role.AUDIT_ADMIN), "  记 \x00 录  ")
    assert asked == ["记 录"]
    assert len(groups[-1].hits) == palette.MOST_HITS
    find(ask("", Role.STAFF), "长" * 500)
    assert len(asked[-1]) == palette.MOST_TYPED


def test_search_answers_scripts_with_data(places):
    palette.add_provider("people", zh("人员"), lambda *_: [Hit("<b>", "/p/1/", zh("教育局"))])
    answer = search_page(ask("周", Role.STAFF, **{"as": "json"}))
    assert json.loads(answer.content) == {
        "groups": [{"label": "人员", "hits": [{"label": "<b>", "link": "/p/1/", "note": "教育局"}]}]
    }


def test_words_are_found_in_either_language_and_by_their_set():
    assert {("排他网关", "Exclusive gateway")} == {
        pair for found in find_words("exclusive  GATE") for pair in found.words
    }
    assert len(find_words("权力运行的阶段")[0].words) == 4
    assert find_words("没有这样的词") == []
    everything = {str(found.title) for found in find_words()}
    assert {"流程里的元素", "权限", "角色"} <= everything


def test_areas_add_their_screens_to_the_gallery(monkeypatch):
    monkeypatch.setattr(gallery, "_EXHIBITS", {one.name: one for one in gallery.exhibits()})
    monkeypatch.setattr(reader, "_READERS", [])
    one = gallery.Exhibit("mine", zh("我的"), "404.html", lambda *_: {}, is_screen=True)
    gallery.add_exhibit(one)
    assert gallery.exhibits()[-1] == one
    assert gallery.find_exhibit("mine") == one
    request = ask("", Role.STAFF)
    assert "没有找到" in exhibit(request, "mine", "many").content.decode()
