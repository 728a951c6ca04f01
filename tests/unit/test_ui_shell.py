"""The shell: Chinese unless chosen, closed to other sites, and every no has its words."""

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import include, path, resolve
from django.utils import translation

from guiju.base.ui import navigation, reader
from guiju.base.ui.language import say
from guiju.base.ui.middleware import IsolationMiddleware, RefusalMiddleware, ToastMiddleware
from guiju.base.ui.needs import needs
from guiju.base.ui.toasts import add_toast
from guiju.core.access import STRANGER, Grant, Standing
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.sentence import listing, zh
from guiju.core.terms import NodeKind, Permission, Role

REFUSALS = {"invalid": Invalid, "denied": Denied, "conflict": Conflict}


@needs(Permission.PUBLIC)
def refuse(_request, kind):
    raise REFUSALS[kind]("TEST-01", zh("第 {row} 行不对。请改正。", row="<b>3</b>"))


@needs(Permission.PUBLIC)
def fail(_request):
    raise RuntimeError("the secret detail")


@needs(Permission.PUBLIC)
def english(request):
    return HttpResponse(say(NodeKind.START))


urlpatterns = [
    path("refuse/<kind>/", refuse),
    path("fail/", fail),
    path("start/", english),
    path("", include("guiju.config.urls")),
]


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def body(response):
    return response.content.decode()


@pytest.mark.parametrize(("kind", "status"), [("invalid", 400), ("denied", 403), ("conflict", 409)])
def test_a_refusal_is_a_page_with_its_sentence_and_code(client, kind, status):
    response = client.get(f"/refuse/{kind}/")
    assert response.status_code == status
    assert "第 &lt;b&gt;3&lt;/b&gt; 行不对。请改正。" in body(response)
    assert "TEST-01" in body(response)


def test_an_invalid_address_offers_the_same_page_without_its_conditions(client):
    assert 'href="/refuse/invalid/"' in body(client.get("/refuse/invalid/?since=x"))
    assert 'href="/refuse/invalid/"' not in body(client.get("/refuse/invalid/"))


@pytest.mark.parametrize("address", ["/nothing/", "/record/event/no-uuid/", "/static/none.css"])
def test_what_is_missing_says_so_in_chinese(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "这个网址没有内容，或者您无权查看。" in body(response)


def test_a_fault_of_the_program_shows_no_details(client, caplog):
    response = client.get("/fail/")
    assert response.status_code == 500
    assert "程序出了差错" in body(response)
    assert "secret" not in body(response)
    assert "RuntimeError" not in body(response)


def test_a_wrong_method_says_where_to_go_and_what_is_allowed(client):
    response = client.get("/language/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "请从页面上的按钮或链接进入。" in body(response)


def test_a_form_from_elsewhere_is_refused_in_chinese(settings):
    settings.ROOT_URLCONF = __name__
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert response.status_code == 403
    assert "页面打开得太久" in body(response)


@pytest.mark.parametrize("address", ["/start/", "/nothing/", "/fail/", "/refuse/denied/"])
def test_no_page_is_cached_framed_or_read_by_other_sites(client, address):
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy


def test_isolation_overrides_what_a_view_says_of_caching():
    def answer(_request):
        return HttpResponse(headers={"Cache-Control": "public, max-age=60"})

    response = IsolationMiddleware(answer)(RequestFactory().get("/"))
    assert response["Cache-Control"] == "no-store"


def test_only_refusals_are_answered_by_the_middleware():
    middleware = RefusalMiddleware(HttpResponse)
    request = RequestFactory().get("/")
    assert middleware.process_exception(request, ValueError("x")) is None
    refused = middleware.process_exception(request, Denied("TEST-02", zh("不行。")))
    assert refused.status_code == 403


def test_chinese_unless_the_reader_chose_english(client):
    assert body(client.get("/start/", headers={"accept-language": "en"})) == "开始"
    for wish in ("fr", "", "en-GB"):
        client.cookies["guiju_language"] = wish
        assert body(client.get("/start/")) == "开始"
    client.cookies["guiju_language"] = "en"
    response = client.get("/start/")
    assert body(response) == "Start"
    assert response["Content-Language"] == "en"
    assert '<html lang="en">' in body(client.get("/nothing/"))


def test_the_switch_remembers_and_returns(client):
    response = client.post("/language/", {"language": "en", "next": "/start/?a=1"})
    assert (response.status_code, response["Location"]) == (302, "/start/?a=1")
    cookie = client.cookies["guiju_language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Strict")
    assert body(client.get("/start/")) == "Start"
    client.post("/language/", {"language": "zh-hans", "next": "/start/"})
    assert body(client.get("/start/")) == "开始"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", ""],
)
def test_the_switch_never_leads_to_another_site(client, wanted):
    assert client.post("/language/", {"language": "en", "next": wanted})["Location"] == "/"


def rendered(text, **values):
    return Template(text).render(Context(values))


def test_what_a_sentence_holds_is_escaped_in_templates():
    text = '{% tr "规则 {code}：{says}" code=code says=says %}'
    assert rendered(text, code="<i>", says='"&') == "规则 &lt;i&gt;：&quot;&amp;"
    assert rendered("{{ word|say }}", word=zh("{x}", x="<b>")) == "&lt;b&gt;"


def test_terms_listings_and_numbers_are_said_in_the_readers_language():
    text = '{% tr "{kind}、{many}、{n:,}" kind=kind many=many n=n %}'
    values = {"kind": NodeKind.END, "many": listing([NodeKind.START.label, "甲"]), "n": 12345}
    assert rendered(text, **values) == "结束、开始、甲、12,345"
    with translation.override("en"):
        assert rendered("{{ kind|say }}", kind=NodeKind.END) == "End"


@pytest.fixture(autouse=True)
def nameless(monkeypatch):
    """Nobody has said who reads: accounts are the matter of ``base.access``."""
    monkeypatch.setattr(reader, "_READERS", [])
    monkeypatch.setattr(reader, "_BODIES", [])


def bar_of(*roles, address="/", cookies=None, person="person:1"):
    """Return the top bar as it is shown to someone with these roles."""
    request = RequestFactory().get(address)
    request.COOKIES.update(cookies or {})
    request.standing = Standing(person, tuple(Grant(role, "") for role in roles))
    request.resolver_match = resolve("/record/")
    return Template("{% load shell %}{% top_bar %}").render(
        Context({"request": request, "csrf_token": "t"})
    )


def test_the_top_bar_shows_each_area_once_in_its_order(monkeypatch):
    monkeypatch.setattr(navigation, "_ENTRIES", {})
    navigation.add_entry(navigation.Entry("record:state", zh("乙"), order=2))
    navigation.add_entry(navigation.Entry("record:timeline", zh("旧名"), order=1))
    navigation.add_entry(navigation.Entry("record:timeline", zh("甲"), order=1))
    bar = bar_of(Role.STAFF).partition('class="areas"')[2].partition("</nav>")[0]
    assert bar.index("甲") < bar.index("乙")
    assert "旧名" not in bar
    assert bar.count('aria-current="page"') == 2


def test_what_is_about_the_reader_stands_in_their_own_menu_alone():
    bar = bar_of(Role.STAFF)
    areas = bar.partition('class="areas"')[2].partition("</nav>")[0]
    menu = bar.partition('class="menu person"')[2]
    for name in ("我的委托", "我的申报"):
        assert name in menu
        assert name not in areas


def test_an_area_is_shown_only_to_those_who_may_open_it(monkeypatch):
    monkeypatch.setattr(navigation, "_ENTRIES", {})
    navigation.add_entry(navigation.Entry("record:state", zh("记录"), 1, Permission.RECORD_READ))
    navigation.add_entry(navigation.Entry("record:timeline", zh("门户"), 2, Permission.PUBLIC))
    assert "记录" in bar_of(Role.AUDIT_ADMIN)
    for stranger in (bar_of(Role.STAFF), bar_of(person="")):
        assert "记录" not in stranger
        assert "门户" in stranger


def test_a_stranger_is_offered_the_language_and_no_menu_or_search():
    bar = bar_of(person="")
    assert "English" in bar
    assert "退出登录" not in bar
    assert "Ctrl K" not in bar


def test_who_has_signed_in_sees_their_name_and_post_and_the_body():
    assert "person:1" in bar_of(Role.STAFF)
    reader.name_readers_by(lambda _: reader.Reader("<周晓岚>", "财务科经办"))
    reader.name_body_by(lambda _: "示例县 · 教育局")
    bar = bar_of(Role.STAFF)
    assert "&lt;周晓岚&gt; · 财务科经办" in bar
    assert "示例县 · 教育局" in bar
    assert "退出登录" in bar
    assert "周晓岚" not in bar_of(person="")


def test_pages_without_a_standing_are_those_of_a_stranger():
    request = RequestFactory().get("/")
    assert reader.standing(request) is reader.standing(None) is STRANGER
    assert not reader.may(request, Permission.HELP_READ)
    assert reader.may(request, Permission.PUBLIC)
    request.standing = "administrator"
    assert reader.standing(request) is STRANGER


def test_the_mark_of_a_reader_differs_and_says_nothing():
    def mark(person):
        request = RequestFactory().get("/")
        request.standing = Standing(person)
        return reader.mark_of(request)

    assert mark("person:1") == mark("person:1") != mark("person:2")
    assert "person" not in mark("person:1")
    assert mark("") == ""


def test_the_theme_is_remembered_and_marked(client):
    assert "data-theme" not in body(client.get("/nothing/"))
    response = client.post("/theme/", {"theme": "dark", "next": "/start/"})
    assert (response.status_code, response["Location"]) == (302, "/start/")
    assert 'data-theme="dark"' in body(client.get("/nothing/"))
    assert 'value="dark" aria-pressed="true"' in bar_of(cookies={"guiju_theme": "dark"})
    client.post("/theme/", {"theme": '"><script>', "next": "/start/"})
    assert "data-theme" not in body(client.get("/nothing/"))
    client.cookies["guiju_theme"] = "x"
    assert "data-theme" not in body(client.get("/nothing/"))


def toasted(cookie=None):
    """Return what a page shows after an action, and what it answers."""
    request = RequestFactory().get("/")
    if cookie is not None:
        request.COOKIES["guiju_toast"] = cookie

    def answer(request):
        text = Template("{% load shell %}{% toast %}").render(
            Context({"request": request, "csrf_token": "t"})
        )
        return HttpResponse(text)

    return ToastMiddleware(answer)(request)


def test_a_message_is_shown_once_and_then_dropped():
    done = HttpResponse()
    add_toast(RequestFactory().post("/"), done, zh("已停用「{x}」。", x="<a>"), undo="/undo/1/")
    cookie = done.cookies["guiju_toast"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 60)
    shown = toasted(cookie.value)
    assert "已停用「&lt;a&gt;」。" in body(shown)
    assert 'action="/undo/1/"' in body(shown)
    assert shown.cookies["guiju_toast"]["max-age"] == 0


@pytest.mark.parametrize("forged", [None, "", "x", "WyJhIiwiIl0:1:2"])
def test_a_forged_message_is_not_shown(forged):
    shown = toasted(forged)
    assert body(shown).strip() == ""
    assert "guiju_toast" not in shown.cookies


@pytest.mark.parametrize("undo", ["https://evil.example/", "//evil.example", "/\\evil", "x"])
def test_undoing_never_leads_to_another_site(undo):
    with pytest.raises(ValueError, match=r"evil|x"):
        add_toast(RequestFactory().post("/"), HttpResponse(), zh("已保存。"), undo=undo)


@pytest.mark.parametrize(
    ("asked", "changed", "address"),
    [
        ("", {"kind": "a.b"}, "/x/?kind=a.b"),
        ("kind=a&unit=u:1&older=1.2", {"kind": "b"}, "/x/?kind=b&unit=u%3A1"),
        ("kind=a&newer=1.2", {"kind": ""}, "/x/"),
        ("kind=&unit=", {}, "/x/"),
        ("kind=%3Cscript%3E", {"unit": "a b&c"}, "/x/?kind=%3Cscript%3E&unit=a+b%26c"),
    ],
)
def test_filters_stay_in_addresses_and_begin_the_list_anew(asked, changed, address):
    request = RequestFactory().get(f"/x/?{asked}")
    text = "{% load components %}{% autoescape off %}{% address " + " ".join(
        f'{name}="{value}"' for name, value in changed.items()
    )
    context = Context({"request": request})
    assert Template(text + " %}{% endautoescape %}").render(context) == address
