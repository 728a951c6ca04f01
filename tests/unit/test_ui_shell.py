"""The shell: Chinese unless chosen, closed to other sites, and every no has its words."""

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import translation

from guiju.base.ui import navigation
from guiju.base.ui.language import say
from guiju.base.ui.middleware import IsolationMiddleware, RefusalMiddleware
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.sentence import listing, zh
from guiju.core.terms import NodeKind

REFUSALS = {"invalid": Invalid, "denied": Denied, "conflict": Conflict}


def refuse(_request, kind):
    raise REFUSALS[kind]("TEST-01", zh("第 {row} 行不对。请改正。", row="<b>3</b>"))


def fail(_request):
    raise RuntimeError("the secret detail")


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


def test_the_top_bar_shows_each_area_once_in_its_order(monkeypatch, client):
    monkeypatch.setattr(navigation, "_ENTRIES", {})
    navigation.add_entry(navigation.Entry("record:state", zh("乙"), order=2))
    navigation.add_entry(navigation.Entry("record:timeline", zh("旧名"), order=1))
    navigation.add_entry(navigation.Entry("record:timeline", zh("甲"), order=1))
    bar = body(client.get("/nothing/")).partition('class="areas"')[2].partition("</nav>")[0]
    assert bar.index("甲") < bar.index("乙")
    assert "旧名" not in bar
    assert "aria-current" not in bar


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
