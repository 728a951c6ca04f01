"""Writes docs/generated/matrix.md: every role, permission and address, as the program decides.

``make generated`` runs it; a test fails while the page is stale, or when an address says of
nobody that they may see it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

ROOT = Path(__file__).parents[1]
_WHOEVER = {"public": "anybody", "account.own": "whoever has signed in"}
PAGE = ROOT / "docs" / "generated" / "matrix.md"


def page() -> str:
    """Return the page; Django must be set up."""
    from guiju.core.terms import Permission  # noqa: PLC0415 - beside what needs Django

    lines = [
        "# Who may do what, and where",
        "",
        "Made by `make generated` from `core.access.ROLES` and the marks beside the views.",
        "",
        "## Permissions and the roles that give them",
        "",
        *_permissions(tuple(Permission)),
        "",
        "## Addresses and what they need",
        "",
        "Whoever has not signed in is led to the sign-in, or told 401 where an address answers "
        "with data. Whoever has not the permission gets the answer of an address that there "
        "is not.",
        "",
        *_addresses(),
    ]
    return "\n".join(lines) + "\n"


def _permissions(permissions: tuple[object, ...]) -> Iterator[str]:
    from guiju.base.access.policies import reach  # noqa: PLC0415 - needs Django set up
    from guiju.core.access import ROLES, SECOND_FACTOR  # noqa: PLC0415 - as above
    from guiju.core.terms import Permission, Role  # noqa: PLC0415 - as above

    marks = ["*" if role in SECOND_FACTOR else "" for role in Role]
    heads = [f"{role.label}{mark}" for role, mark in zip(Role, marks, strict=True)]
    yield f"| permission | what | reaches | {' | '.join(heads)} |"
    yield f"|---|---|---|{'---|' * len(heads)}"
    for one in permissions:
        assert isinstance(one, Permission)  # noqa: S101 - tells mypy what it is
        is_public = one is Permission.PUBLIC
        given = ["✓" if is_public or one in ROLES[role] else "" for role in Role]
        yield f"| `{one.value}` | {one.label} | {reach(one).label} | {' | '.join(given)} |"
    yield ""
    yield "\\* gives nothing before a second factor was shown."


def _addresses() -> Iterator[str]:
    from guiju.base.access.matrix import holders, routes  # noqa: PLC0415 - needs Django set up

    yield "| address | name | to open | to send | answers with | roles |"
    yield "|---|---|---|---|---|---|"
    for route in routes():
        needs = route.needs
        if needs is None:
            yield f"| `{route.pattern}` | {route.name} | nobody | nobody | | |"
            continue
        who = "、".join(str(one.label) for one in holders(needs.reading))
        who = _WHOEVER.get(needs.reading.value, who)
        kind = "data" if needs.is_data else "a page"
        yield (
            f"| `{route.pattern}` | {route.name} | `{needs.reading.value}` |"
            f" `{needs.changing.value}` | {kind} | {who} |"
        )


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "guiju.config.settings",
            "GUIJU_SECRET": "only to read the addresses " * 3,
            "GUIJU_DATA": folder,
        }
        django.setup()
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
