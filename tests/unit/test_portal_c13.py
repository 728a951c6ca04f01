"""What users asked of programmes and education (C13), as far as the lists carry it."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.utils import timezone

from drafted import drafted
from guiju.base.inbox.models import Task
from guiju.core.lists.gaps import GapKind, gaps
from guiju.core.lists.model import Edition
from guiju.core.lists.words import BasisStatus, ControlState
from guiju.core.terms import Role
from organised import County, appoint, enter_person, found_post
from readers import make_account, reader, sign_in
from small_edition import FINE, LICENCE, SOUND, STAFF, changed, without


def on_database(test):
    return pytest.mark.django_db(pytest.mark.usefixtures("data_folder")(test))


def told(edition):
    return [(one.kind, one.title, one.powers, one.controls) for one in gaps(edition)]


BROKEN = changed(
    "controls", "C2", changed("bases", "Y3", status=BasisStatus.REPEALED), basis_rule="略"
)
"""河道管理条例 was repealed; nothing stands behind the control of 股长任免."""


def test_s1_25_documents_that_no_longer_hold_and_powers_without_one_are_gaps():
    assert told(SOUND) == []
    assert told(BROKEN) == [
        (GapKind.REPEALED, "河道管理条例", 1, 0),
        (GapKind.MISSING, "股长任免", 1, 1),
    ]
    amended = changed("bases", "Y1", BROKEN, status=BasisStatus.AMENDED)
    assert told(amended)[1] == (GapKind.AMENDED, "中华人民共和国水法", 1, 0)
    both = changed("controls", "C1", SOUND, basis_rule="")  # C4 of the same power names one
    assert told(both) == []
    assert told(changed("controls", "C4", both, basis_rule=" "))[0][1] == "河道采砂许可"
    assert told(changed("controls", "C2", BROKEN, state=ControlState.RETIRED))[1:] == []
    assert told(without("controls", "C2", BROKEN))[1:] == []  # that no control is there is GJ501
    assert told(Edition()) == []
    assert [one.number for one in gaps(amended)] == [1, 2, 3]
    assert {one.power for one in gaps(BROKEN) if one.power} == {STAFF}


@on_database
def test_s1_25_a_gap_is_in_the_register_and_becomes_a_task_with_a_limit(
    django_assert_max_num_queries,
):
    county = County()
    post = found_post("J-09", "J", name="法规股长")
    person = enter_person("P9", county.bureau)
    appoint(person, post)
    edition = drafted(county.bureau, BROKEN)
    identity = edition.reference.partition(":")[2]
    where = f"/views/{identity}/gaps/"
    client = reader(Role.SUPERVISOR)
    client.get(where)
    with django_assert_max_num_queries(14):
        page = client.get(where).content.decode()
    for said in ("制度已废止", "河道管理条例", "没有制度", "股长任免"):
        assert said in page
    only = client.get(where + "?kind=missing").content.decode()
    assert "股长任免" in only
    assert "河道管理条例" not in only
    (link,) = re.findall(r'href="([^"]*assigned/new/[^"]*)"', only)
    form = client.get(unescape(link)).content.decode()
    wanted = "为「股长任免」的防控措施建立制度，并写进清单"
    assert f'value="{wanted}"' in form
    sheet = f"/views/{identity}/power/{STAFF}/"
    assert f'value="{sheet}"' in form
    sent = {"to": "法规股长", "says": wanted, "link": sheet, "days": "10", "before": "1"}
    key = form.partition('name="key" value="')[2].partition('"')[0]
    answer = client.post("/inbox/assigned/new/", sent | {"key": key, "confirmed": "yes"})
    assert answer.status_code == 302
    task = Task.objects.get(person=person.reference)
    assert (task.view, task.limit_amount) == ("views:power", 10)
    assert task.due_at > timezone.now()
    own = sign_in(make_account(Role.STAFF, person=person.reference, unit=county.bureau.reference))
    assert wanted in own.get("/inbox/").content.decode()


@on_database
def test_s1_25_whoever_may_give_no_tasks_sees_the_register_alone_and_strangers_nothing():
    county = County()
    edition = drafted(county.bureau, replace(BROKEN, title="清单"))
    where = f"/views/{edition.reference.partition(':')[2]}/gaps/"
    page = reader(Role.STAFF, unit=county.bureau.reference).get(where).content.decode()
    assert "河道管理条例" in page
    assert "assigned/new/" not in page
    stranger = reader(Role.STAFF, unit=county.town.reference)
    assert stranger.get(where).status_code == 404
    sound = drafted(county.town, title="镇清单")
    none = reader(Role.SUPERVISOR).get(f"/views/{sound.reference.partition(':')[2]}/gaps/")
    assert "没有缺口" in none.content.decode()
    assert {LICENCE, FINE, STAFF} == {one.code for one in SOUND.powers}
