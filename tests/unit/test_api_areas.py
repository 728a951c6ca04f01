"""The record, files, tasks, notices, accounts and tokens for programs."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from api_story import (
    QUERIES_OF_DETAIL,
    QUERIES_OF_LIST,
    a_file,
    is_problem,
    program,
    task_for,
)
from guiju.base.access.models import Account, ApiToken, RoleGrant
from guiju.base.evidence.models import StoredFile
from guiju.base.inbox.actions.notices import Telling, tell
from guiju.base.inbox.states import NoticeKind
from guiju.base.record import checkpoints, reads, sequencer
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.scopes import set_unit_source
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import Permission, Role
from readers import make_account, reader
from recorded import record_some

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def newest():
    return reads.timeline(reads.Filters()).rows[0]


def test_the_timeline_with_the_filters_of_its_page(django_assert_max_num_queries):
    one = program(Role.AUDIT_ADMIN)
    one.get("/access/me")
    record_some(60)
    with django_assert_max_num_queries(QUERIES_OF_LIST):
        first = one.get("/record/events?kind=record.quorum.set")
    assert len(first["rows"]) == 50
    rest = one.get(f"/record/events?kind=record.quorum.set&after={first['after']}")
    assert len(rest["rows"]) == 10
    assert rest["after"] == ""
    assert not {row["key"] for row in first["rows"]} & {row["key"] for row in rest["rows"]}
    with django_assert_max_num_queries(QUERIES_OF_DETAIL):
        row = one.get(f"/record/events/{first['rows'][0]['key']}")
    assert row == first["rows"][0]
    assert row["sentence"]
    for query, code in (
        ("since=x", "PAGE-03"),
        ("actor=张三", "RECORD-04"),
        ("after=x", "PAGE-02"),
    ):
        is_problem(one.ask("GET", f"/record/events?{query}"), 400, code)


def test_an_event_out_of_scope_is_missing(monkeypatch):
    record_some(1, by=Actor("person:x", unit="unit:other"))
    key = newest().key
    assert program(Role.SUPERVISOR).get(f"/record/events/{key}")["unit"] == "unit:other"
    monkeypatch.setattr("guiju.base.access.places._ONE", [{"unit:school": "1/14/"}.get])
    monkeypatch.setattr("guiju.base.access.places._MANY", [])
    monkeypatch.setattr("guiju.base.record.scopes._SOURCES", [])
    set_unit_source(lambda _scope: ["unit:school"])
    narrow = program(Role.SUPERVISOR, unit="unit:school")
    for more in ("", "/entry", "/proof"):
        is_problem(narrow.ask("GET", f"/record/events/{key}{more}"), 404, "API-01")
    assert narrow.get("/record/events?unit=unit:other")["rows"] == []


def test_s0_21_the_files_of_an_event_are_those_that_anyone_verifies(client):
    one = program(Role.AUDIT_ADMIN)
    record_some(3)
    key = newest().key
    is_problem(one.ask("GET", f"/record/events/{key}/proof"), 404, "API-01")  # not sealed yet
    is_problem(one.ask("GET", "/record/checkpoint"), 404, "API-01")
    sealed()
    browser = reader(Role.AUDIT_ADMIN)
    for name, page in (
        ("entry", f"/record/event/{key}.json"), ("proof", f"/record/event/{key}.tlog-proof"),
    ):  # fmt: skip
        answer = one.ask("GET", f"/record/events/{key}/{name}")
        assert answer.status_code == 200
        assert answer.content == browser.get(page).content
    assert one.ask("GET", "/record/checkpoint").content.startswith(b"tests.example/record\n")


def sealed():
    """Seal all events and sign a checkpoint."""
    sequencer.seal_waiting()
    assert checkpoints.sign_if_due(at=timezone.now()) is not None


def test_files_are_taken_in_described_and_taken_out(django_assert_max_num_queries):
    one = program(Role.SUPERVISOR)

    def send(name, content, **headers):
        sent = {"Authorization": f"Bearer {one.secret}"} | headers
        file = SimpleUploadedFile(name, content)
        return Client().post("/api/v1/files", {"file": file}, headers=sent)

    key = {"Idempotency-Key": "scan-1"}
    answer = send("说明.txt", "收到了".encode(), **key)
    assert answer.status_code == 201, answer.content.decode()
    made = answer.json()
    assert (made["name"], made["kind"], made["size"]) == ("说明.txt", "text", 9)
    is_problem(send("说明.txt", "收到了".encode(), **key), 409, "RECORD-05")
    assert StoredFile.objects.count() == 1
    is_problem(send("空.txt", b""), 400, "EVIDENCE-03")
    is_problem(one.ask("POST", "/files", {}), 422, "API-06")
    with django_assert_max_num_queries(QUERIES_OF_LIST):
        assert [row["key"] for row in one.get("/files")["rows"]] == [made["key"]]
    with django_assert_max_num_queries(QUERIES_OF_DETAIL):
        assert one.get(f"/files/{made['key']}") == made
    original = one.ask("GET", f"/files/{made['key']}/original")
    assert b"".join(original.streaming_content) == "收到了".encode()
    assert original["Content-Disposition"].startswith("attachment")
    is_problem(one.ask("GET", f"/files/{newest().key}"), 404, "API-01")
    reading = program(account=one.account, permissions={Permission.FILES_READ})
    sent = {"Authorization": f"Bearer {reading.secret}"}
    file = SimpleUploadedFile("a.txt", b"a")
    is_problem(Client().post("/api/v1/files", {"file": file}, headers=sent), 404, "API-01")


def test_a_file_of_another_unit_is_missing(monkeypatch):
    row = a_file(by=Actor("person:x", unit="unit:other"))
    assert program(Role.SUPERVISOR).get(f"/files/{row.key}")["unit"] == "unit:other"
    monkeypatch.setattr("guiju.base.record.scopes._SOURCES", [lambda _scope: ["unit:school"]])
    monkeypatch.setattr("guiju.base.access.places._ONE", [{"unit:school": "1/14/"}.get])
    monkeypatch.setattr("guiju.base.access.places._MANY", [])
    narrow = program(Role.SUPERVISOR, unit="unit:school")
    for more in ("", "/original", "/clean"):
        is_problem(narrow.ask("GET", f"/files/{row.key}{more}"), 404, "API-01")


def test_tasks_are_listed_done_and_refused(django_assert_max_num_queries):
    one, other = program(Role.STAFF), program(Role.STAFF)
    mine, second = (task_for(one.account.person, says) for says in ("核对", "签收"))
    one.get("/access/me")
    with django_assert_max_num_queries(QUERIES_OF_LIST):
        assert [row["says"] for row in one.get("/inbox/tasks")["rows"]] == ["核对", "签收"]
    with django_assert_max_num_queries(QUERIES_OF_DETAIL):
        assert one.get(f"/inbox/tasks/{mine}")["state"] == "open"
    for how in ("", "/complete", "/withdraw"):
        asked = (
            ("POST", f"/inbox/tasks/{mine}{how}", {}) if how else ("GET", f"/inbox/tasks/{mine}")
        )
        is_problem(other.ask(*asked), 404, "API-01")
    one.post(f"/inbox/tasks/{mine}/complete", {"note": "已核对"})
    assert one.get(f"/inbox/tasks/{mine}")["state"] == "done"
    is_problem(one.ask("POST", f"/inbox/tasks/{mine}/complete", {}), 409, "INBOX-02")
    long = {"note": "长" * 1999}
    is_problem(one.ask("POST", f"/inbox/tasks/{second}/complete", long), 400, "INBOX-03")
    hand_on = {"person": "person:x", "post": "post:x", "version": 1, "note": "请办"}
    is_problem(one.ask("POST", f"/inbox/tasks/{second}/reassign", hand_on), 400, "INBOX-04")
    is_problem(one.ask("POST", f"/inbox/tasks/{second}/withdraw", {"note": "x"}), 404, "API-01")
    given = task_for(other.account.person, by=Actor(one.account.person))
    one.post(f"/inbox/tasks/{given}/withdraw", {"note": "不用办了"})
    assert one.get("/inbox/colleagues") == []


def test_notices_are_listed_and_read(django_assert_max_num_queries):
    one, other = program(Role.STAFF), program(Role.STAFF)
    telling = Telling(one.account.person, next(iter(NoticeKind)), zh("请注意"), key="tests")
    tell(telling, by=SYSTEM, at=timezone.now())
    one.get("/access/me")
    with django_assert_max_num_queries(QUERIES_OF_LIST):
        (row,) = one.get("/inbox/notices")["rows"]
    assert (row["says"], row["is_unread"]) == ("请注意", True)
    sent = {"numbers": [row["number"], 7**30]}
    assert other.post("/inbox/notices/read", sent) == {"count": 0}
    assert one.post("/inbox/notices/read", sent) == {"count": 1}
    assert one.post("/inbox/notices/read", sent) == {"count": 0}
    assert one.get("/inbox/notices")["rows"][0]["is_unread"] is False


def test_who_asks_and_what_remains_of_it(django_assert_max_num_queries):
    one = program(Role.STAFF, Role.SUPERVISOR)
    told = one.get("/access/me")
    assert told["roles"] == ["staff", "supervisor"]
    assert {"permission": "record.read", "is_everywhere": True} in told["permissions"]
    few = program(
        account=one.account, permissions={Permission.OWN_ACCOUNT, Permission.INBOX_USE},
        is_read_only=True,
    )  # fmt: skip
    told = few.get("/access/me")
    assert [row["permission"] for row in told["permissions"]] == [
        "help.read", "inbox.use", "account.own",
    ]  # fmt: skip
    assert told["is_read_only"] is True
    assert told["token"] == few.token.reference


def test_own_tokens_are_listed_and_ended_and_those_of_others_are_missing():
    one, other = program(Role.STAFF), program(Role.STAFF)
    (row,) = one.get("/access/me/tokens")
    assert row["reference"] == one.token.reference
    assert (row["is_good"], row["last_used_day"]) == (True, str(timezone.localdate()))
    assert one.secret not in str(row)
    where = f"/access/me/tokens/{one.token.reference.partition(':')[2]}/revoke"
    is_problem(other.ask("POST", where), 404, "API-01")
    one.post(where, None)
    is_problem(one.ask("GET", "/access/me"), 401, "ACCESS-50")


def test_accounts_and_roles_for_those_who_may(django_assert_max_num_queries):
    one = program(Role.SECURITY_ADMIN)
    account = make_account(Role.STAFF, login_name="li.si")
    where = f"/access/accounts/{account.reference.partition(':')[2]}"
    one.get("/access/me")
    for address in ("/access/accounts", "/access/grants"):
        with django_assert_max_num_queries(QUERIES_OF_LIST):
            one.get(address)
    (row,) = one.get("/access/accounts?search=li.s")["rows"]
    with django_assert_max_num_queries(QUERIES_OF_DETAIL):
        shown = one.get(where)
    assert row["reference"] == shown["reference"] == account.reference
    assert [grant["role"] for grant in shown["grants"]] == ["staff"]
    today = str(timezone.localdate())
    made = one.post(f"{where}/grants", {"role": "leader", "start": today}, 201)["reference"]
    is_problem(
        one.ask("POST", f"{where}/grants", {"role": "leader", "start": today}), 409, "ACCESS-16"
    )
    wrong = {"role": "leader", "start": today, "unit": "unit:none"}
    is_problem(one.ask("POST", f"{where}/grants", wrong), 400, "ACCESS-13")
    end = f"/access/grants/{made.partition(':')[2]}/revoke"
    one.post(end, {"reason": "调离"})
    assert RoleGrant.objects.get(reference=made).revoked_at is not None
    assert one.ask("POST", end, {"reason": "调离"}).status_code == 409
    one.post(f"{where}/disable", {"reason": "停薪留职"})
    assert not Account.objects.get(pk=account.pk).is_active
    one.post(f"{where}/enable", {"reason": "回来了"})
    for role in (Role.STAFF, Role.SUPERVISOR, Role.SYSTEM_ADMIN):
        stranger = program(role)
        for address in ("/access/accounts", where, "/access/grants"):
            is_problem(stranger.ask("GET", address), 404, "API-01")
        is_problem(stranger.ask("POST", f"{where}/disable", {"reason": "x"}), 404, "API-01")


def test_nobody_grants_themselves_a_role_by_the_api():
    one = program(Role.SECURITY_ADMIN)
    where = f"/access/accounts/{one.account.reference.partition(':')[2]}/grants"
    sent = {"role": "leader", "start": str(timezone.localdate())}
    is_problem(one.ask("POST", where, sent), 403, "ACCESS-14")


def test_the_document_is_for_whoever_may_read_help():
    one = program(Role.STAFF, permissions={Permission.INBOX_USE})
    document = one.get("/openapi.json")
    assert document["openapi"].startswith("3.1")
    english = one.get("/openapi.json", Accept_Language="en")
    assert english["paths"].keys() == document["paths"].keys()
    assert reader(Role.STAFF).get("/api/v1/openapi.json").status_code == 200
    is_problem(Client().get("/api/v1/openapi.json"), 401, "ACCESS-50")
    is_problem(reader().get("/api/v1/openapi.json"), 404, "API-01")


def test_the_document_says_what_every_field_means():
    document = program(Role.STAFF).get("/openapi.json")
    names = []
    for methods in document["paths"].values():
        for operation in methods.values():
            names.append(operation["operationId"])
            assert operation["summary"]
            assert all(one.get("description") for one in operation["parameters"]), operation
            assert {"401", "404"} <= operation["responses"].keys()
            assert Permission.of(operation["x-permission"])
    assert len(names) == len(set(names)) >= 50
    for name, schema in document["components"]["schemas"].items():
        for field, told in schema.get("properties", {}).items():
            assert told.get("description"), (name, field)


def test_more_tokens_than_one_are_each_their_own():
    one = program(Role.STAFF)
    two = program(account=one.account, days=1)
    assert ApiToken.objects.count() == 2
    assert two.token.expires_at < one.token.expires_at
    with pytest.raises(Invalid):
        program(account=one.account, days=367)
    with pytest.raises(Invalid):
        program(account=one.account, at=timezone.now() - timedelta(days=2), days=0)
