"""Long lists of an edition: worked out once, kept by a worker, a page of them read by key."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from drafted import drafted
from guiju.core.lists.model import Control, Edition, Power, PowerFlow, Risk
from guiju.core.terms import Role
from guiju.define.lists import checking
from guiju.define.lists.actions import importing
from guiju.define.lists.models import Edition as Row
from guiju.define.views import keeping
from guiju.define.views.jobs import keep_outline
from guiju.define.views.models import KeptOutline
from guiju.define.views.reads import bound, outlines
from organised import ACT, County
from readers import reader
from small_edition import SOUND, in_a_row, step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
LISTS = ("coverage/", "coverage/?hole=any", "posts/", "flows/", "regulations/")


def many(count):
    """Return an edition of many powers, each with a flow, a risk and a control of one post."""
    codes = [f"{number:05}" for number in range(1, count + 1)]
    return Edition(
        powers=tuple(Power(code=code, name=f"第{code}项许可", post="窗口") for code in codes),
        flows=tuple(
            PowerFlow(
                code=f"F{code}", power=code, name=f"流程{code}",
                graph=in_a_row(step(1, "办", None, None, "窗口")),
            )
            for code in codes
        ),
        risks=tuple(
            Risk(code=f"R{code}", power=code, flow=f"F{code}", step="1", text="收受好处", grade=1)
            for code in codes
        ),
        controls=tuple(
            Control(code=f"C{code}", risk=f"R{code}", text="两人复核", post="窗口",
                    supervisor="局长", basis_rule="《复核办法》")
            for code in codes
        ),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_is_known(monkeypatch):
    monkeypatch.setattr(outlines, "_KEPT", type(outlines._KEPT)())


@pytest.fixture
def every_edition_is_large(monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 0)


@pytest.fixture
def county():
    return County()


def at(edition, page=""):
    return f"/views/{edition.reference.partition(':')[2]}/{page}"


def opened(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def queries(client, address):
    opened(client, address)
    with CaptureQueriesContext(connection) as captured:
        opened(client, address)
    return len(captured)


def test_lists_cost_the_same_queries_however_long_they_are(county):
    client = reader(Role.SUPERVISOR)
    small, large = drafted(county.bureau, many(3)), drafted(county.town, many(120))
    for page in (*LISTS, "risks/", "", "power/00001/", "regulations/复核办法/", "posts/窗口/"):
        cost = queries(client, at(small, page))
        assert cost == queries(client, at(large, page)), page
        assert cost <= (12 if page.endswith(("s/", "e/")) and "/" not in page[:-1] else 14), page


def test_of_a_list_no_more_items_are_read_than_stand_on_its_page(county):
    edition = drafted(county.bureau, many(120))
    client = reader(Role.SUPERVISOR)
    opened(client, at(edition, "coverage/"))
    with CaptureQueriesContext(connection) as captured:
        page = opened(client, at(edition, "coverage/?search=第000"))
    assert "第00050项许可" in page
    assert "第00051项许可" not in page
    (read,) = [one["sql"] for one in captured.captured_queries if '"content"' in one["sql"]]
    assert "R00050" in read
    assert "R00053" not in read


def test_what_a_worker_kept_is_shown_and_not_worked_out_again(
    county, every_edition_is_large, monkeypatch
):
    edition = drafted(county.bureau)
    client = reader(Role.SUPERVISOR)
    pages = [opened(client, at(edition, page)) for page in LISTS]
    assert keeping.keep(edition.reference)
    assert not keeping.keep(edition.reference)
    outlines._KEPT.clear()
    monkeypatch.setattr(outlines, "outline", lambda _lists: pytest.fail("worked out again"))
    assert [_rows(opened(client, at(edition, page))) for page in LISTS] == [*map(_rows, pages)]


def _rows(page):
    """Return a page without the tokens that differ each time."""
    return page[page.index("<main") : page.index("</main>")].partition("<table")[2]


def test_after_a_change_what_was_kept_before_is_not_shown(county, every_edition_is_large):
    edition = drafted(county.bureau)
    client = reader(Role.SUPERVISOR)
    keeping.keep(edition.reference)
    told = replace(SOUND, powers=(*SOUND.powers, Power(code="新-1", name="后来加的权力")))
    importing.import_lists(edition=edition.reference, told=told, file="1" * 64, revision=1, **ACT)
    assert "后来加的权力" in opened(client, at(edition, "coverage/?hole=no_flow"))
    assert KeptOutline.objects.get().revision == 1
    assert keeping.keep(edition.reference)
    kept = KeptOutline.objects.get()
    assert kept.revision == Row.objects.get().revision == 2


def test_a_worker_is_asked_only_for_large_editions_and_once_a_change(
    county, monkeypatch, django_capture_on_commit_callbacks
):
    def asked():
        return DBTaskResult.objects.filter(task_path=keep_outline.module_path).count()

    with django_capture_on_commit_callbacks(execute=True):
        drafted(county.bureau)
    assert asked() == 0
    assert not keeping.keep(Row.objects.get().reference)
    assert not KeptOutline.objects.exists()
    monkeypatch.setattr(checking, "AT_ONCE", 10)
    with django_capture_on_commit_callbacks(execute=True):
        edition = drafted(county.town)
    assert asked() == 2  # it was begun, and brought in
    assert keep_outline.call(edition.reference)
    assert not keep_outline.call("edition:gone")


def test_s4_03_of_very_many_things_that_bind_a_post_the_first_are_shown_and_all_counted(
    county, monkeypatch
):
    monkeypatch.setattr(bound, "MOST_EACH", 5)
    edition = drafted(county.bureau, many(12))
    page = opened(reader(Role.SUPERVISOR), at(edition, "posts/窗口/"))
    assert page.count("共 12 项，这里列出前 5 项。") == 3
    assert "第00005项许可" in page
    assert "第00006项许可" not in page
    assert "这里列出前" not in opened(
        reader(Role.SUPERVISOR), at(drafted(county.town, many(5)), "posts/窗口/")
    )


def test_outlines_in_memory_are_bounded(county, monkeypatch):
    editions = [drafted(unit, many(5)) for unit in (county.bureau, county.town)]
    monkeypatch.setattr(outlines, "MOST_ROWS", outlines.outline_of(editions[0]).size)
    outlines.outline_of(editions[1])
    assert [reference for reference, _ in outlines._KEPT] == [editions[1].reference]
