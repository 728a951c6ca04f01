"""Pages of profiles: what each reader sees, changing part by part, files, editions, the API."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from api_story import QUERIES_OF_DETAIL, QUERIES_OF_LIST, is_problem, program
from drafted import drafted
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.terms import Role
from guiju.define.lists.models import Edition
from guiju.define.profiles.models import OwnProfile, Version
from guiju.exchange.profile_files import built_in, profile_data, read_profile, write_profile
from organised import TODAY, County
from profiled import LATER, change, copied, own, relabelled, said, unapproved
from readers import reader
from recorded import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: (at or NOON).date())


@pytest.fixture
def county():
    return County()


@pytest.fixture
def watcher():
    return reader(Role.SUPERVISOR)


def at(profile, *more):
    return "/profiles/" + "/".join([profile.reference.partition(":")[2], *map(str, more)]) + "/"


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def filled(client, address, **changes):
    """Send the form as it stands, with changes; return the question and the answer."""
    page = shown(client, address)
    sent = standing_in(page) | changes
    question = client.post(address, sent)
    assert question.status_code == 200, question.content.decode()[-2500:]
    answer = client.post(address, sent | {"confirmed": "yes"})
    assert answer.status_code == 302, answer.content.decode()[-2500:]
    return question.content.decode()


def standing_in(page):
    """Return what stands in a form's fields, as a browser would send it."""
    main = page[page.index("<main") :]
    form = main[main.index('method="post"') :]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'{one}="([^"]*)"', tag) for one in ("name", "value"))
        if name is None or name[1] == "csrfmiddlewaretoken":
            continue
        if 'type="checkbox"' in tag:
            if "checked" in tag:
                sent.setdefault(name[1], []).append(value[1] if value else "on")
        else:
            sent[name[1]] = value[1] if value else ""
    for name, inner in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', inner)
        sent[name] = chosen[1] if chosen else ""
    for name, inner in re.findall(r'<textarea name="([^"]*)".*?>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = inner.strip("\n")
    return sent


def test_the_list_has_those_that_come_with_guiju_and_those_in_sight(county, watcher):
    made = own(county.bureau, name="教育系统")
    drafted(county.office)
    page = shown(watcher, "/profiles/")
    for text in ("系统自带", "教育系统", "第 1 版", "复制一套"):
        assert text in page
    assert at(made) in page
    staff = reader(Role.STAFF, unit=county.office.reference)
    assert at(made) in shown(staff, "/profiles/")  # a unit above: it holds for them too
    other = reader(Role.STAFF, unit=county.town.reference)
    page = shown(other, "/profiles/")
    assert at(made) not in page
    assert "/profiles/copy/" not in page
    assert other.get(at(made)).status_code == 404
    assert "教育系统" in shown(watcher, "/profiles/?search=教育")
    assert at(made) not in shown(watcher, "/profiles/?own=no")


def test_lists_and_pages_cost_the_same_for_many(county, watcher, django_assert_max_num_queries):
    own(county.bureau)
    with django_assert_max_num_queries(12):
        shown(watcher, "/profiles/")
    for unit in (county.county, county.town, county.office):
        own(unit)
        drafted(unit)
    made = own(county.bureau, origin="school", name="校本")
    for address in ("/profiles/", at(made), at(made, "versions", 1), at(made, "compare")):
        with django_assert_max_num_queries(13 if address != "/profiles/" else 12):
            shown(watcher, address)


@pytest.mark.parametrize("code", ["county", "bureau", "school"])
def test_k2_a_profile_that_comes_with_guiju_is_told_in_plain_words(code, watcher):
    page = shown(watcher, f"/profiles/built-in/{code}/")
    for text in ("审批链", "定级方法", "排查渠道", "风险来源", "公开和公示", "复制一套"):
        assert text in page
    assert f"/profiles/copy/?origin={code}" in page
    assert "改「" not in page
    staff = reader(Role.STAFF)
    assert "/profiles/copy/" not in shown(staff, f"/profiles/built-in/{code}/")
    assert watcher.get("/profiles/built-in/none/").status_code == 404


def test_a_supervisor_copies_a_profile_for_a_unit(county, watcher):
    address = "/profiles/copy/?origin=county"
    assert 'value="county" selected' in shown(watcher, address)
    question = filled(watcher, address, unit=county.bureau.name, name="教育系统")
    assert "新编的清单" in question
    made = OwnProfile.objects.get()
    assert (made.unit_id, made.name, made.base) == (county.bureau.number, "教育系统", "county")
    again = watcher.post(
        "/profiles/copy/",
        {
            "key": str(uuid.uuid4()),
            "origin": "county",
            "unit": county.bureau.name,
            "name": "又一套",
            "first_day": "2026-11-25",
            "confirmed": "yes",
        },
    )
    assert again.status_code == 400
    assert "PROFILE-19" in again.content.decode()
    refused = watcher.post("/profiles/copy/", {"key": str(uuid.uuid4()), "name": ""})
    assert refused.status_code == 400
    assert refused.content.decode().count("请填写「名称」") >= 2  # the field and the summary


def test_nobody_but_who_may_copies_changes_or_enforces(county):
    made = copied(county.bureau)
    for client in (
        reader(Role.LIST_KEEPER),
        reader(Role.LEADER),
        reader(Role.SUPERVISOR, unit=county.town.reference),
    ):
        for address in (
            at(made, "draft/in-force"),
            at(made, "draft/parts/grades"),
            at(made, "draft/parts/chains/0"),
            at(made, "draft/parts/rules/add"),
            at(made, "draft/parts/rules/0/remove"),
            at(made, "draft/chains/0/steps/0"),
            at(made, "draft/chains/0/steps/add"),
            at(made, "draft/chains/0/steps/0/remove"),
            at(made, "draft/upload"),
            at(made, "draft/discard"),
            at(made, "begin"),
            at(made, "end"),
        ):
            assert client.get(address).status_code == 404, address
    inside = reader(Role.SUPERVISOR, unit=county.bureau.reference)
    assert inside.get(at(made, "draft/parts/grades")).status_code == 200


def test_every_part_has_a_form_that_changes_nothing_when_sent_as_it_stands(county, watcher):
    for number, (base, unit) in enumerate(
        (("county", county.bureau), ("school", county.town), ("bureau", county.office)), 1
    ):
        made = copied(unit, origin=base, name=f"第{number}套")
        page = shown(watcher, at(made, "versions", 1))
        links = [
            link
            for link in re.findall(r'href="([^"]*/draft/(?:parts|chains)/[^"]*)"', page)
            if not link.endswith(("/add/", "/remove/"))
        ]
        assert len(links) > 30
        before = said(made)
        for link in dict.fromkeys(links):
            form = standing_in(shown(watcher, link))
            answer = watcher.post(link, form)
            assert answer.status_code == 200, (link, answer.content.decode()[-1500:])
            assert "没有改动。" in answer.content.decode(), link
        assert said(made) == before


def test_k1_a_grade_is_called_otherwise_by_a_form_with_a_preview(county, watcher):
    made = copied(county.bureau)
    address = at(made, "draft/parts/grades")
    question = filled(watcher, address, label_1="红级")
    assert "一级" in question
    assert "改为“红级" in question
    assert "只改草稿" in question
    assert said(made).grade_label(1) == "红级"
    sent = standing_in(shown(watcher, address))
    refused = watcher.post(address, sent | {"label_2": ""})
    assert refused.status_code == 400
    assert "请填写「第 2 等的名称」" in refused.content.decode()


def test_k4_a_chain_and_its_steps_are_changed_added_moved_and_taken_away(county, watcher):
    made = copied(county.bureau)
    steps = at(made, "draft/chains/4/steps")
    filled(
        watcher, f"{steps}add/",
        name="分管领导审核", action="examine", role="deputy", limit="3", order="1",
    )  # fmt: skip
    assert [one.name for one in said(made).chains[4].steps][:2] == ["分管领导审核", "合法性审核"]
    filled(watcher, f"{steps}0/", order="3", needs_all="on", is_joined="on")
    moved = said(made).chains[4].steps[2]
    assert (moved.name, moved.needs_all, moved.group) == ("分管领导审核", True, "review")
    filled(watcher, f"{steps}2/remove/")
    assert len(said(made).chains[4].steps) == 4
    question = filled(watcher, f"{steps}2/", action="examine")
    assert "要注意：" in question
    assert "没有审定或批准" in question
    wrong = standing_in(shown(watcher, f"{steps}2/"))
    refused = watcher.post(f"{steps}2/", wrong | {"role": "duty", "duty": ""})
    assert refused.status_code == 400
    assert "请选哪项法定职责" in refused.content.decode()
    filled(watcher, at(made, "draft/parts/chains/add"), name="乡镇清单", order="1")
    assert said(made).chains[0].code == "chains-6"
    filled(watcher, at(made, "draft/parts/chains/0/remove"))
    assert said(made).chains[0].code == "post-controls"
    for gone in ("draft/chains/9/steps/0", "draft/chains/0/steps/9", "draft/chains/9/steps/add"):
        assert watcher.get(at(made, gone)).status_code == 404


ADDED = [
    (
        ProfilePart.RULES,
        {"text": "涉及采购", "code": "buy", "grade": "1", "words": "采购、招标"},
        lambda told: told.rules[-1].words == ("采购", "招标"),
    ),
    (
        ProfilePart.CRITERIA,
        {"text": "单笔过百万", "code": "million", "grade": "1", "is_trigger": "on"},
        lambda told: told.criteria[-1].is_trigger,
    ),
    (
        ProfilePart.KINDS,
        {"word": "自定类", "code": "own"},
        lambda told: told.kinds["own"] == "自定类",
    ),
    (
        ProfilePart.SEPARATIONS,
        {
            "text": "收支分开", "code": "money",
            "name_1": "收", "words_1": "收款", "name_2": "支", "kinds_2": ["approve"],
        },
        lambda told: [one.name for one in told.separations[-1].groups] == ["收", "支"],
    ),
    (
        ProfilePart.LIMITS,
        {"kind": "levy", "amount": "30", "unit": "days", "source": "税收征收管理法"},
        lambda told: told.legal_limits["levy"].period.amount == 30,
    ),
    (
        ProfilePart.SEVERITIES,
        {"check": "GJ106", "severity": "warning"},
        lambda told: told.severities["GJ106"].value == "warning",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("part", "sent", "is_there"), ADDED)
def test_an_entry_is_added_and_taken_away_again(county, watcher, part, sent, is_there):
    made = copied(county.bureau)
    before = said(made)
    filled(watcher, at(made, "draft/parts", part.value, "add"), **sent)
    assert is_there(said(made))
    page = shown(watcher, at(made, "versions", 1))
    last = [
        link
        for link in re.findall(r'href="([^"]*)"', page)
        if f"/parts/{part.value}/" in link and link.endswith("/remove/")
    ][-1]
    filled(watcher, last)
    assert said(made) == before
    assert watcher.get(at(made, "draft/parts", part.value, 99)).status_code == 404
    assert watcher.get(at(made, "draft/parts", part.value, 99, "remove")).status_code == 404


def test_parts_that_are_changed_whole(county, watcher):
    made = copied(county.bureau)
    for part, sent, is_so in (
        ("name", {"name": "新名称"}, lambda told: told.name == "新名称"),
        ("methods", {"methods": ["rules", "matrix"]}, lambda told: len(told.methods) == 2),
        ("matrix", {"grade_0_0": "2"}, lambda told: told.matrix[0][0] == 2),
        ("counts", {"count_1": "6"}, lambda told: told.counts == ((6, 1),)),
        ("factors", {"weight_0": "2"}, lambda told: told.factors.weights[0] == 2),
        ("layers", {"layer_person": "个人"}, lambda told: "个人" in told.layers.values()),
        ("channels", {"channel_outside": "请人查"}, lambda told: len(told.channels) == 6),
        ("bounds", {"rotation": "6"}, lambda told: told.rotation_years == 6),
        ("publication", {"amount": "", "unit": ""}, lambda told: told.public_notice is None),
    ):
        filled(watcher, at(made, "draft/parts", part), **sent)
        assert is_so(said(made)), part
    filled(watcher, at(made, "draft/parts/levels/0"), people="4")
    filled(watcher, at(made, "draft/parts/dimensions/3"), word_morals="思想")
    assert said(made).least_people[1] == 4
    for gone in ("draft/parts/chains", "draft/parts/none", "draft/parts/levels/3"):
        assert watcher.get(at(made, gone)).status_code == 404
    address = at(made, "draft/parts/publication")
    sent = standing_in(shown(watcher, address))
    refused = watcher.post(address, sent | {"amount": "5", "unit": ""})
    assert refused.status_code == 400
    assert "以什么计" in refused.content.decode()


def test_two_windows_on_one_draft_do_not_overwrite_each_other(county, watcher):
    made = copied(county.bureau)
    address = at(made, "draft/parts/grades")
    old = standing_in(shown(watcher, address))
    filled(watcher, address, label_1="红级")
    late = watcher.post(address, old | {"label_1": "橙级", "confirmed": "yes"})
    assert late.status_code == 400
    assert "PROFILE-13" in late.content.decode()
    assert "橙级" in late.content.decode()  # what was typed is not lost
    assert said(made).grade_label(1) == "红级"


def test_faults_stand_on_the_draft_and_keep_it_from_force(county, watcher):
    made = copied(county.bureau)
    page = shown(watcher, at(made, "versions", 1))
    assert "检查没有查出问题" in page
    change(made, unapproved(said(made)))
    page = shown(watcher, at(made, "versions", 1))
    assert "PF203" in page
    address = at(made, "draft/in-force")
    opened = shown(watcher, address)
    assert "还有 1 处要改" in opened
    refused = watcher.post(address, standing_in(opened) | {"confirmed": "yes"})
    assert refused.status_code == 400
    assert "PROFILE-23" in refused.content.decode()


def test_a_draft_is_put_in_force_and_says_what_that_means(county, watcher):
    drafted(county.bureau)
    made = copied(county.bureau)
    change(made, relabelled(said(made)))
    question = filled(watcher, at(made, "draft/in-force"))
    assert "有 1 版清单已经开始" in question
    assert "红级" in question
    page = shown(watcher, at(made))
    assert "现行" in page
    assert "起草新版" in page
    assert watcher.get(at(made, "draft/parts/grades")).status_code == 404
    page = shown(watcher, at(made, "versions", 1))
    assert "/draft/" not in page
    assert Version.objects.get().digest in page
    history = shown(watcher, at(made, "history"))
    assert "启用配置「本县自定」第 1 版" in history
    assert "改配置「本县自定」的风险等级：1 处" in history


def test_a_next_version_is_begun_compared_and_given_up(county, watcher):
    made = own(county.bureau)
    filled(watcher, at(made, "begin"), first_day=str(LATER))
    change(made, relabelled(said(made), "橙级"))
    page = shown(watcher, at(made, "compare"))
    assert "1 处不同" in page
    assert re.search(r"<del>.*?红</del>", page)
    assert re.search(r"<ins>.*?橙</ins>", page)
    wide = shown(watcher, at(made, "compare") + f"?before=county&after={made.code}-1")
    assert "一" in wide
    same = shown(watcher, at(made, "compare") + "?before=county&after=county")
    assert "两版说的完全一样" in same
    assert shown(watcher, at(made, "compare") + "?before=x&after=y")
    staff = reader(Role.STAFF)
    assert "继续改草稿" not in shown(staff, at(made))
    filled(watcher, at(made, "draft/discard"), reason="先不改")
    assert made.versions.count() == 1
    filled(watcher, at(made, "end"), day=str(LATER), reason="机构改革")
    assert "自 2026年12月25日 起停用" in shown(watcher, at(made)).replace(" 12", "12")
    assert watcher.get(at(made, "versions", 9)).status_code == 404


def test_the_only_draft_is_given_up_with_its_profile(county, watcher):
    made = copied(county.bureau)
    question = filled(watcher, at(made, "draft/discard"), reason="选错了单位")
    assert "整套配置也一并删去" in question
    assert not OwnProfile.objects.exists()
    assert watcher.get(at(made)).status_code == 404


def test_a_file_goes_out_is_changed_and_comes_back(county, watcher):
    made = copied(county.bureau)
    answer = watcher.get(at(made, "versions/1/file"))
    assert answer["Content-Disposition"].startswith("attachment")
    told = read_profile(answer.content)
    assert told == said(made)
    content = write_profile(relabelled(told, "紫级"))
    address = at(made, "draft/upload")
    sent = standing_in(shown(watcher, address))
    sent["file"] = SimpleUploadedFile("配置.toml", content)
    question = watcher.post(address, sent)
    page = question.content.decode()
    assert question.status_code == 200, page[-1500:]
    assert "紫级" in page
    carried = standing_in(page[: page.index("<main")] + page[page.index("<main") :])
    assert read_profile(carried["text"].replace("&quot;", '"').replace("&#x27;", "'").encode())
    text = content.decode()
    confirmed_ = watcher.post(
        address, {"key": carried["key"], "seen": "0", "text": text, "confirmed": "yes"}
    )
    assert confirmed_.status_code == 302
    assert said(made).grade_label(1) == "紫级"
    builtin = watcher.get("/profiles/built-in/school/file/")
    assert read_profile(builtin.content) == built_in("school")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "PROFILE-01"),
        (b"code = ", "PROFILE-01"),
        (b"code = 'x'\nsurplus = 1", "PROFILE-02"),
        (b"code = 'x'\ncounts = [[5, 4]]", "PROFILE-03"),
        (b"x" * 300_001, "PROFILE-01"),
        (b"", "请选文件"),
    ],
)
def test_a_file_that_is_none_is_refused_and_changes_nothing(county, watcher, content, code):
    made = copied(county.bureau)
    before = said(made)
    address = at(made, "draft/upload")
    sent = standing_in(shown(watcher, address))
    sent["file"] = SimpleUploadedFile("配置.toml", content)
    refused = watcher.post(address, sent | {"confirmed": "yes"})
    assert refused.status_code == 400
    assert code in refused.content.decode()
    assert said(made) == before


def test_an_edition_tells_its_profile_and_takes_a_newer_one_up(county, watcher):
    edition = drafted(county.bureau)
    name = edition.reference.partition(":")[2]
    keeper = reader(Role.LIST_KEEPER, unit=county.bureau.reference)
    tab = f"/profiles/editions/{name}/"
    page = shown(keeper, f"/lists/{name}/")
    assert tab in page
    assert "按「县」编制" in shown(keeper, tab)
    assert keeper.get(f"{tab}take-up/").status_code == 404
    made = own(county.bureau, name="教育系统")
    page = shown(keeper, tab)
    assert "现在新编的清单改用「教育系统」" in page
    assert "红级" in page
    assert watcher.get(f"{tab}take-up/").status_code == 404
    question = filled(keeper, f"{tab}take-up/")
    assert "检查、定级和审批从此按新版办" in question
    assert Edition.objects.get().profile == f"{made.code}-1"
    page = shown(keeper, tab)
    assert "按「教育系统」编制" in page
    assert at(made, "versions", 1) in page
    assert f"{edition.title} · 第 1 版" in shown(watcher, at(made))


def test_whoever_begins_lists_gets_what_is_in_force(county, watcher):
    own(county.bureau, name="教育系统")
    keeper = reader(Role.LIST_KEEPER)
    filled(keeper, "/lists/begin/", unit=county.bureau.name, title="教育局清单")
    edition = Edition.objects.get()
    page = shown(keeper, f"/lists/{edition.reference.partition(':')[2]}/")
    assert "教育系统" in page


def test_programs_read_copy_and_change_drafts(county, django_assert_max_num_queries):
    one = program(Role.SUPERVISOR)
    own(county.county, name="全县")
    with django_assert_max_num_queries(QUERIES_OF_LIST):
        rows = one.get("/profiles")["rows"]
    assert {row["name"] for row in rows} == {"县", "局", "校", "全县"}
    assert one.get("/profiles/built-in/county")["content"]["name"] == "县"
    wanted = {
        "unit": county.bureau.reference,
        "origin": "county",
        "name": "教育系统",
        "first_day": str(TODAY + timedelta(days=1)),
    }
    reference = one.post("/profiles", wanted)["reference"]
    made = OwnProfile.objects.get(reference=reference)
    here = "/profiles/" + reference.partition(":")[2]
    with django_assert_max_num_queries(QUERIES_OF_DETAIL):
        told = one.get(f"{here}/versions/1")
    assert told["findings"] == []
    assert [row["state"] for row in one.get(here)] == ["draft"]
    content = profile_data(unapproved(relabelled(said(made))))
    answer = one.ask("PUT", f"{here}/draft", {"content": content, "revision": 0})
    assert answer.status_code == 200, answer.content
    assert said(made).grade_label(1) == "红级"
    assert said(made).valid_from == TODAY + timedelta(days=1)
    assert [row["code"] for row in one.get(f"{here}/versions/1")["findings"]] == ["PF203"]
    for body, status, code in (
        ({"content": content, "revision": 0}, 409, "PROFILE-13"),
        ({"content": {"surplus": 1}, "revision": 1}, 400, "PROFILE-02"),
        ({"content": {"code": "x", "matrix": [[1, 1, 9]] * 3}, "revision": 1}, 400, "PROFILE-03"),
        ({"content": content | {"name": "\ud800x"}, "revision": 1}, 400, "PROFILE"),
    ):
        answer = one.ask("PUT", f"{here}/draft", body)
        if code == "PROFILE":
            assert answer.status_code < 500
        elif body["content"] == content:
            renamed = body | {"content": content | {"name": "别名"}}
            is_problem(one.ask("PUT", f"{here}/draft", renamed), status, code)
        else:
            is_problem(answer, status, code)
    staff = program(Role.STAFF)
    assert staff.ask("PUT", f"{here}/draft", {"content": {}, "revision": 1}).status_code in (
        403,
        404,
    )
    assert one.ask("GET", "/profiles/built-in/none").status_code == 404


def test_a_profile_of_another_unit_is_neither_copied_nor_seen_by_programs(county):
    made = own(county.town, name="乡镇")
    near = program(Role.SUPERVISOR, unit=county.bureau.reference)
    here = "/profiles/" + made.reference.partition(":")[2]
    assert near.ask("GET", here).status_code == 404
    wanted = {
        "unit": county.bureau.reference,
        "origin": f"{made.code}-1",
        "name": "抄来的",
        "first_day": str(TODAY),
    }
    assert near.ask("POST", "/profiles", wanted).status_code == 404
    elsewhere = wanted | {"origin": "county", "unit": county.town.reference}
    assert near.ask("POST", "/profiles", elsewhere).status_code == 404


def test_an_unknown_word_in_a_form_is_refused_beside_its_field(county, watcher):
    made = copied(county.bureau)
    address = at(made, "draft/parts/methods")
    sent = standing_in(shown(watcher, address))
    refused = watcher.post(address, sent | {"methods": ["dice"]})
    assert refused.status_code == 400
    many = "、".join(["很长的词" * 12])
    address = at(made, "draft/parts/grades")
    sent = standing_in(shown(watcher, address))
    refused = watcher.post(address, sent | {"synonyms_1": many})
    assert "每个词最多" in refused.content.decode()
