"""S3-02: down to the village, whose people begin with a plain shell that lacks nothing."""

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from guiju.base.access.shells import note_shell
from guiju.base.org.actions import units
from guiju.base.org.models import Unit
from guiju.base.org.policies import shell_of
from guiju.base.org.reads.shells import begins_plain
from guiju.base.record.models import Event
from guiju.base.ui import plain
from guiju.base.ui.plain import PlainEntry
from guiju.core.errors import Invalid
from guiju.core.organisation.words import LeaderLevel, Shell, UnitKind
from guiju.core.sentence import zh
from guiju.core.terms import Role
from inbox_story import asked
from organised import ACT, TODAY, County, appoint, enter_person, found_post, found_unit, refusal
from readers import make_account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county():
    made = County()
    made.village = found_unit("C", "Z", kind=UnitKind.VILLAGE, name="柳林村")
    made.clerk = found_post("C-01", "C", level=LeaderLevel.HEAD, name="村支书")
    found_post("C-02", "C", name="报账员")
    made.villager = enter_person("P8", made.village, name="柳大林")
    appoint(made.villager, made.clerk)
    return made


def enter(person, *roles, unit=""):
    """Sign somebody in as the sign-in does: with the shell that their unit begins with."""
    browser = sign_in(make_account(*roles, unit=unit, person=person.reference))
    session = browser.session
    request = RequestFactory().get("/")
    request.session = session
    note_shell(request, person.reference, TODAY)
    session.save()
    return browser


def choose(unit, shell):
    units.choose_shell(unit=unit.reference, shell=shell, **ACT)


def test_s3_02_a_village_stands_four_levels_below_the_county_and_begins_plain(county):
    assert Unit.objects.get(code="C").path.count("/") == 3
    group = found_unit("C1", "C", kind=UnitKind.OFFICE)
    assert group.path.count("/") == 4
    assert begins_plain(county.villager.reference, TODAY)
    assert not begins_plain(county.people[0].reference, TODAY)
    assert not begins_plain("person:nobody", TODAY)


def test_s3_02_a_township_chooses_for_all_below_and_each_unit_for_itself(county):
    clerk = enter_person("P9", county.town)
    assert not begins_plain(clerk.reference, TODAY)
    choose(county.town, Shell.SIMPLE)
    assert begins_plain(clerk.reference, TODAY)
    choose(county.village, Shell.FULL)
    assert not begins_plain(county.villager.reference, TODAY)
    event = Event.objects.filter(kind="org.unit.shell.chosen").latest("id")
    assert event.object == county.village.reference
    call = (Invalid, choose, county.village, Shell.FULL)
    assert refusal(*call) == "ORG-66"


LINES = st.lists(
    st.tuples(st.sampled_from(UnitKind), st.sampled_from(["", "full", "simple"])),
    min_size=1,
    max_size=5,
)


@given(LINES)
def test_s3_02_the_nearest_choice_counts_and_a_village_is_plain_without_one(line):
    told = [(kind.value, chosen) for kind, chosen in line]
    chosen = [one for _, one in line if one]
    if line[0][1]:
        wanted = line[0][1]
    elif line[0][0] is UnitKind.VILLAGE:
        wanted = "simple"
    else:
        wanted = chosen[0] if chosen else "full"
    assert shell_of(told).value == wanted


def test_s3_02_the_first_page_has_what_needs_me_and_my_unit(county):
    asked(to=county.villager.reference, says="报送低保名单")
    page = enter(county.villager, Role.STAFF, unit=county.village.reference).get("/")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'data-shell="simple"' in text
    assert re.search(
        r"要我办的.*报送低保名单.*我的单位.*1 个空缺.*柳林村，2 个岗位", text, re.DOTALL
    )
    assert reverse("org:unit", args=[county.village.reference.partition(":")[2]]) in text


def test_s3_02_everything_that_a_right_opens_stays_in_the_menu(county):
    plainly = enter(county.villager, Role.STAFF)
    fully = sign_in(make_account(Role.STAFF))
    menus = [
        set(re.findall(r'href="([^"]+)"', re.search(r"<header.*</header>", text, re.DOTALL)[0]))
        for text in (one.get("/org/units/").content.decode() for one in (plainly, fully))
    ]
    assert menus[0] - {"/"} == menus[1] - {"/"}


def test_s3_02_the_reader_switches_it_off_and_on_for_themselves(county):
    browser = enter(county.villager, Role.STAFF)
    assert browser.post("/shell/", {"shell": "full", "next": "/org/"}).url == "/org/"
    assert browser.get("/").status_code == 302
    assert "data-shell" not in browser.get("/org/units/").content.decode()
    browser.post("/shell/", {"shell": "simple"})
    assert browser.get("/").status_code == 200
    browser.post("/shell/", {"shell": "nonsense"})  # as the unit has it again
    assert browser.get("/").status_code == 200


def test_s3_02_what_one_reader_chose_is_not_chosen_for_the_next_at_that_computer(county):
    browser = sign_in(make_account(Role.STAFF))
    browser.post("/shell/", {"shell": "simple"})
    assert browser.get("/").status_code == 200
    browser.logout()
    again = sign_in(make_account(Role.STAFF), client=browser)
    assert again.get("/").status_code == 302


def test_s3_02_a_list_begins_with_fewer_columns_and_shows_those_that_are_chosen(county):
    browser = enter(county.villager, Role.ORG_KEEPER)
    heads = re.findall(r'<th scope="col"[^>]*>', browser.get("/org/units/").content.decode())
    chosen = browser.get("/org/units/?column=name&column=code&column=kind&column=state")
    assert len(heads) == 3
    assert len(re.findall(r'<th scope="col"[^>]*>', chosen.content.decode())) == 4
    rows = browser.get("/org/units/?format=csv")
    assert rows.getvalue().decode("utf-8-sig").splitlines()[0].count(",") == 2
    full = sign_in(make_account(Role.ORG_KEEPER)).get("/org/units/").content.decode()
    assert len(re.findall(r'<th scope="col"[^>]*>', full)) == 7


def test_s3_02_what_may_be_left_empty_is_folded_away_and_never_what_is_wrong(county):
    browser = enter(county.villager, Role.ORG_KEEPER)
    address = reverse("org:unit_founding", args=[county.village.reference.partition(":")[2]])
    folded = re.search(
        r"<details class=\"more\">.*?</details>", browser.get(address).content.decode(), re.DOTALL
    )
    assert "简称" in folded[0]
    assert "单位编号" not in folded[0]
    wrong = browser.post(address, {"code": "", "area_code": "1"}).content.decode()
    assert 'class="more"' not in wrong
    full = sign_in(make_account(Role.ORG_KEEPER)).get(address).content.decode()
    assert 'class="more"' not in full


def test_s3_02_whoever_keeps_the_organisation_chooses_on_a_page_that_says_what_follows(county):
    identity = county.town.reference.partition(":")[2]
    address = reverse("org:unit_shell", args=[identity])
    keeper = sign_in(make_account(Role.ORG_KEEPER))
    key = re.search(r'name="key" value="([^"]+)"', keeper.get(address).content.decode())[1]
    sent = {"shell": "simple", "key": key}
    assert "下次登录起使用简明界面" in keeper.post(address, sent).content.decode()
    assert Unit.objects.get(code="Z").shell == ""
    keeper.post(address, {**sent, "confirmed": "yes"})
    assert Unit.objects.get(code="Z").shell == "simple"
    assert sign_in(make_account(Role.STAFF)).get(address).status_code == 404


def test_s3_02_a_program_chooses_likewise_and_reads_what_was_chosen(county):
    identity = county.town.reference.partition(":")[2]
    keeper = sign_in(make_account(Role.ORG_KEEPER))
    path = f"/api/v1/org/units/{identity}"
    sent = keeper.post(f"{path}/shell", {"shell": "simple"}, content_type="application/json")
    assert sent.status_code == 200
    assert keeper.get(path).json()["shell"] == "simple"
    refused = sign_in(make_account(Role.STAFF)).post(
        f"{path}/shell", {"shell": "full"}, content_type="application/json"
    )
    assert refused.status_code == 404


def test_s3_02_another_area_puts_its_entry_on_the_first_page(county, monkeypatch):
    monkeypatch.setattr(plain, "_ENTRIES", dict(plain._ENTRIES))
    plain.add_entry("publish", 15, lambda _request: PlainEntry(zh("村务公开"), "/help/"))
    plain.add_entry("nothing", 16, lambda _request: None)
    text = enter(county.villager, Role.STAFF).get("/").content.decode()
    assert text.index("要我办的") < text.index("村务公开") < text.index("我的单位")


def test_s3_02_no_page_asks_for_the_shell_and_the_first_one_is_cheap(
    county, django_assert_num_queries
):
    browser = enter(county.villager, Role.STAFF)
    browser.get("/help/")
    with django_assert_num_queries(4):
        browser.get("/help/")
    with django_assert_num_queries(14):
        browser.get("/")
