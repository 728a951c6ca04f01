"""Saved views of lists: kept, opened first, shared, overwritten, deleted and brought back."""

import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from guiju.base.access.actions import views as acts
from guiju.base.access.actions.erasing import clear_account
from guiju.base.access.actions.views import MOST_VIEWS, Wish, find_view, save_view
from guiju.base.access.models import SavedView
from guiju.base.record import wall
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.terms import Role
from readers import make_account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
LIST, PAGE = "access:accounts", "/access/"
QUERY = "sort=-login_name&state=open"


@pytest.fixture
def account():
    return make_account(Role.SECURITY_ADMIN, display_name="安管")


@pytest.fixture
def client(account):
    return sign_in(account)


def post(client, address, **sent):
    return client.post(f"/access/views/{address}", sent)


def save(client, name="在用的", query="", **more):
    return post(client, "save/", list=LIST, query=query or wanted(client), name=name, **more)


def wanted(client, address="?state=open"):
    """Return what the page of a list itself would save."""
    shown = client.get(PAGE + address).content.decode()
    return re.search(r'name="query" value="([^"]*)"', shown)[1].replace("&amp;", "&")


def identity(view):
    return view.reference.partition(":")[2]


def kept():
    return SavedView.objects.filter(removed_at=None)


def wish(name="甲", *, is_default=False, is_shared=False, may_share=False):
    return Wish(name, is_default, is_shared, may_share)


def test_a_view_is_saved_from_the_list_and_is_in_its_menu(client, account):
    response = save(client)
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}?{kept().get().query}")
    assert "已保存视图「在用的」。" in client.get(response["Location"]).content.decode()
    shown = client.get(PAGE).content.decode()
    assert "在用的" in shown
    assert "视图：在用的" not in shown
    assert "视图：在用的" in client.get(response["Location"]).content.decode()
    assert kept().get().owner == account.person
    event = Event.objects.get(kind="access.view.saved")
    assert (event.actor, event.object) == (account.person, kept().get().reference)
    assert "在用的" not in bytes(event.entry).decode()


def test_a_default_view_opens_the_bare_list_and_can_be_left(client):
    save(client, is_default="yes")
    response = client.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}?{kept().get().query}")
    shown = client.get(response["Location"]).content.decode()
    bare = re.search(r'action="(/access/[^"]*)" role="search"', shown)[1]
    assert client.get(bare).status_code == 200
    save(client, "另一个", wanted(client, "?sort=-login"), is_default="yes")
    assert [one.name for one in kept().filter(is_default=True)] == ["另一个"]


def test_a_view_that_no_longer_fits_its_list_is_said_to_be_so_and_never_opened(client, account):
    with wall.opened():
        SavedView.objects.create(
            reference="view:old", owner=account.person, list=LIST, name="旧的",
            query="sort=age", is_default=True, saved_at=timezone.now(),
        )  # fmt: skip
    shown = client.get(PAGE)
    assert shown.status_code == 200
    assert "「旧的」已失效" in shown.content.decode()


def test_the_same_name_is_asked_for_before_it_is_overwritten(client):
    save(client)
    other = wanted(client, "?sort=-login")
    asked = save(client, query=other)
    assert "覆盖视图「在用的」？" in asked.content.decode()
    assert kept().get().query != other
    assert save(client, query=other, confirmed="yes").status_code == 302
    assert kept().get().query == other


def test_a_view_is_renamed_deleted_and_brought_back(client):
    save(client)
    view = kept().get()
    managed = f"/access/views/?list={LIST}"
    assert "在用的" in client.get(managed).content.decode()
    post(client, f"{identity(view)}/change/", name="改了的", is_default="yes")
    assert (kept().get().name, kept().get().is_default) == ("改了的", True)
    removed = post(client, f"{identity(view)}/remove/")
    assert parse_qs(urlsplit(removed["Location"]).query) == {"list": [LIST]}
    undo = f"/access/views/{identity(view)}/restore/"
    assert undo in client.get(removed["Location"]).content.decode()
    assert not kept().exists()
    post(client, f"{identity(view)}/restore/")
    assert (kept().get().name, kept().get().is_default) == ("改了的", False)
    kinds = Event.objects.filter(kind__startswith="access.view.").values_list("kind", flat=True)
    assert {one.rpartition(".")[2] for one in kinds} == {"saved", "changed", "removed", "restored"}


def test_a_shared_view_is_in_everybodys_menu_and_stays_its_owners(client):
    save(client, is_shared="yes", is_default="yes")
    reader = sign_in(make_account(Role.AUDIT_ADMIN))
    shown = reader.get(PAGE)
    assert shown.status_code == 200  # the owner's default is not theirs
    assert "在用的" in shown.content.decode()
    for act in ("change", "remove", "restore"):
        assert post(reader, f"{identity(kept().get())}/{act}/", name="乙").status_code == 404
    refused = save(reader, "只给自己", is_shared="yes")
    assert (refused.status_code, "VIEW-03" in refused.content.decode()) == (403, True)
    assert save(reader, "只给自己").status_code == 302
    assert "只给自己" not in client.get(f"{PAGE}?sort=login").content.decode()


def test_views_of_a_list_that_is_not_open_to_the_reader_do_not_exist(client):
    staff = sign_in(make_account(Role.STAFF))
    for list_name in (LIST, "none", "access:account", ""):
        assert staff.get("/access/views/", {"list": list_name}).status_code == 404
    assert post(staff, "save/", list=LIST, query=QUERY, name="甲").status_code == 404
    assert client.get("/access/views/", {"list": LIST}).status_code == 200


def saving(account, **how):
    given = {"list_name": LIST, "query": QUERY, "wish": wish()} | how
    return save_view(**given, by=Actor(account.person), at=timezone.now())


@pytest.mark.parametrize(
    ("how", "code", "kind"),
    [
        ({"wish": wish(" ")}, "VIEW-01", Invalid),
        ({"wish": wish("长" * 41)}, "VIEW-01", Invalid),
        ({"query": ""}, "VIEW-02", Invalid),
        ({"query": "q=" + "x" * 1500}, "VIEW-02", Invalid),
        ({"query": "q=中"}, "VIEW-02", Invalid),
        ({"wish": wish(is_shared=True)}, "VIEW-03", Denied),
    ],
)
def test_what_cannot_be_kept_is_refused(account, how, code, kind):
    with pytest.raises(kind) as refused:
        saving(account, **how)
    assert refused.value.code == code
    assert not kept().exists()
    assert saving(account).pk


def test_nobody_keeps_more_views_of_a_list_than_can_be_found_again(account):
    for number in range(MOST_VIEWS):
        saving(account, wish=wish(f"第{number}个"))
    with pytest.raises(Conflict, match="VIEW-04"):
        saving(account, wish=wish("多的"))
    saving(account, wish=wish("第3个"))  # overwriting is no further one
    saving(account, list_name="access:roles")
    assert kept().count() == MOST_VIEWS + 1


def test_a_name_is_one_view_and_what_is_gone_is_gone(account):
    first, second = saving(account), saving(account, wish=wish("乙"))
    by, now = Actor(account.person), timezone.now()
    with pytest.raises(Conflict, match="VIEW-05"):
        acts.change_view(view=second, wish=wish(), by=by, at=now)
    acts.remove_view(view=first, by=by, at=now)
    with pytest.raises(Conflict, match="VIEW-06"):
        acts.remove_view(view=first, by=by, at=now)
    with pytest.raises(Conflict, match="VIEW-06"):
        acts.change_view(view=first, wish=wish("丙"), by=by, at=now)
    with pytest.raises(Conflict, match="VIEW-06"):
        acts.restore_view(view=first, by=by, at=now + timedelta(days=2))
    saving(account)
    first.refresh_from_db()
    with pytest.raises(Conflict, match="VIEW-05"):
        acts.restore_view(view=first, by=by, at=now)


def test_deleted_views_go_for_good_after_a_day_and_all_of_them_with_their_owner(account):
    by, now = Actor(account.person), timezone.now()
    old = saving(account)
    acts.remove_view(view=old, by=by, at=now - timedelta(days=2))
    saving(account, wish=wish("乙"))
    assert not SavedView.objects.filter(pk=old.pk).exists()
    clear_account(account.person, by=SYSTEM, at=now)
    assert not SavedView.objects.exists()


def test_a_view_of_nobody_is_not_found(client):
    assert post(client, f"{uuid.uuid4()}/remove/").status_code == 404
    assert find_view(LIST, "甲", owner="person:nobody") is None
