"""The organisation as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui import plain
from guiju.base.ui.gallery import add_exhibits_of
from guiju.base.ui.navigation import Entry, add_entry
from guiju.base.ui.palette import add_provider
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class OrgConfig(AppConfig):
    """Registers the event types of the organisation; tells access where units lie, who acts."""

    name = "guiju.base.org"
    label = "org"
    verbose_name = "组织"

    def ready(self) -> None:
        from guiju.base.access import grants, persons, places, posts, shells  # noqa: PLC0415 - needs loaded apps
        from guiju.base.org import events  # noqa: F401, PLC0415 - as above
        from guiju.base.org.actions.erasing import on_erased  # noqa: PLC0415 - as above
        from guiju.base.org.reads import standing  # noqa: PLC0415 - as above
        from guiju.base.org.reads.shells import begins_plain  # noqa: PLC0415 - as above
        from guiju.base.record import naming, scopes, wall  # noqa: PLC0415 - as above
        from guiju.base.record.events import ERASED  # noqa: PLC0415 - as above
        from guiju.base.record.guards import add_listener  # noqa: PLC0415 - as above

        places.set_path_source(standing.path_of, standing.paths_of)
        places.set_name_source(standing.names_of, standing.offered)
        persons.set_person_source(standing.person_of)
        scopes.set_unit_source(standing.units_within)
        naming.name_by(standing.called)
        posts.set_post_source(standing.acting_post)
        shells.set_shell_source(begins_plain)
        grants.add_source(standing.grants_from_delegations)
        wall.exempt(
            "org_import_run",
            "how far a worker is with a workbook; what it changes goes through the door",
        )
        add_listener("org.erased", on_erased, kinds=[ERASED.kind])
        _add_pages()


def _add_pages() -> None:
    """Put the area into the top bar, the palette and the gallery."""
    from guiju.base.org.pages import searching, shell  # noqa: PLC0415 - needs loaded apps

    add_entry(Entry("org:tree", zh("组织"), 20, Permission.ORG_READ))
    for own in (
        Entry("org:delegations_own", zh("我的委托"), 1, Permission.DELEGATE_OWN, is_own=True),
        Entry("org:declarations", zh("我的申报"), 2, Permission.DECLARE_OWN, is_own=True),
    ):
        add_entry(own)
    plain.add_entry("org.unit", 20, shell.own_unit)
    plain.add_entry("org.lending", 40, shell.lending)
    add_provider("org.people", zh("人员"), searching.find_people)
    add_provider("org.posts", zh("岗位"), searching.find_posts)
    add_provider("org.units", zh("单位"), searching.find_units)
    add_exhibits_of(
        *(f"guiju.base.org.{part}" for part in ("exhibits", "exhibits_lists", "exhibits_more"))
    )
