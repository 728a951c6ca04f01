"""No writer bypasses the door: found in the source, and stopped while running.

What the source shows is checked here; ``wall`` stops the rest (tests/unit/test_record_wall.py).
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "guiju"
RECORD = PACKAGE / "base" / "record"
GROUND = {RECORD / f"{name}.py" for name in ("door", "sequencer", "checkpoints", "witnessing")}
"""The record's own machinery, which writes ledger rows that are no state of the product."""

PROGRESS = {
    PACKAGE / "base" / "org" / "actions" / "import_runs.py",
    PACKAGE / "base" / "access" / "answered.py",
    PACKAGE / "publish" / "portal" / "actions" / "everything.py",
    PACKAGE / "publish" / "portal" / "actions" / "looked.py",
    PACKAGE / "publish" / "portal" / "slowing.py",
    PACKAGE / "define" / "lists" / "checking.py",
    PACKAGE / "define" / "views" / "keeping.py",
}
"""How far a workbook or a search has come, what a program was answered, a file made of what was
published, counts of an hour, what the checks said and the outline of large lists: tables that are
exempt from the wall, and no act on anything."""

BY_QUERYSET = {
    "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create",
    "update_or_create", "raw_delete", "acreate", "aupdate", "adelete",
}  # fmt: skip
BY_INSTANCE = {"save", "delete", "save_base", "asave", "adelete"}
WRITES = ("INSERT ", "UPDATE ", "DELETE ", "REPLACE ", "TRUNCATE ", "MERGE ", "COPY ")


def writes_outside_the_door(source):
    """Return the lines that write rows without standing inside ``with recording(...)``."""
    found = []

    def visit(node, *, is_inside):
        if isinstance(node, ast.With):
            is_inside = is_inside or any(_opens(item.context_expr) for item in node.items)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            is_inside = False  # it may be called from anywhere
        if isinstance(node, ast.Call) and not is_inside and _is_write(node):
            found.append(node.lineno)
        for child in ast.iter_child_nodes(node):
            visit(child, is_inside=is_inside)

    visit(ast.parse(source), is_inside=False)
    return found


def _opens(expression):
    name = ast.unparse(expression.func) if isinstance(expression, ast.Call) else ""
    return name.rpartition(".")[2] == "recording"


def _is_write(call):
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver, name = ast.unparse(call.func.value), call.func.attr
    if name in BY_QUERYSET and ".objects" in receiver:
        return True
    if name in BY_INSTANCE and "objects" not in receiver:
        return not receiver.endswith(("image", "picture", "document", "workbook", "book", "pdf"))
    text = call.args[0] if call.args and name in {"execute", "executemany"} else None
    sql = text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""
    return sql.lstrip().upper().startswith(WRITES)


def database_sources():
    """Every module that may know a Django model; the witness's own store knows none."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts and path not in GROUND | PROGRESS:
            source = path.read_text("utf-8")
            if "django" in source or ".models" in source:
                yield path, source


def test_every_writer_stands_inside_the_door():
    found = {
        str(path.relative_to(ROOT)): lines
        for path, source in database_sources()
        if (lines := writes_outside_the_door(source))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "Unit.objects.create(name=1)",
        "Unit.objects.filter(pk=1).update(name=1)",
        "unit.save()",
        "unit.delete()",
        "Unit.objects.bulk_create([])",
        "cursor.execute('UPDATE unit SET name = 1')",
        "cursor.execute(' insert into unit values (1)')",
        "with transaction.atomic():\n    Unit.objects.create(name=1)",
        "with recording(X(), by=a, at=b):\n    def later():\n        unit.save()",
    ],
)
def test_a_bypass_is_found(line):
    assert writes_outside_the_door(line)


@pytest.mark.parametrize(
    "line",
    [
        "with recording(X(), by=a, at=b):\n    Unit.objects.create(name=1)",
        "with suppress(Conflict), door.recording(X(), by=a, at=b) as passage:\n    unit.save()",
        "Unit.objects.filter(pk=1).first()",
        "cursor.execute('SELECT 1')",
        "names.update(other)",
    ],
)
def test_what_goes_through_the_door_or_only_reads_is_not(line):
    assert writes_outside_the_door(line) == []


def test_the_event_is_a_required_argument_of_the_door():
    tree = ast.parse((RECORD / "door.py").read_text("utf-8"))
    door = next(n for n in ast.walk(tree) if getattr(n, "name", "") == "recording")
    assert [argument.arg for argument in door.args.args] == ["draft"]
    assert door.args.defaults == []
    assert [argument.arg for argument in door.args.kwonlyargs][:2] == ["by", "at"]
    assert door.args.kw_defaults[:2] == [None, None]


def test_no_event_type_is_made_without_saying_how_personal_data_is_shed():
    tree = ast.parse((RECORD / "event_types.py").read_text("utf-8"))
    made = next(n for n in ast.walk(tree) if getattr(n, "name", "") == "EventType")
    fields = {n.target.id: n.value for n in made.body if isinstance(n, ast.AnnAssign)}
    assert fields["personal"] is None
    assert fields["sentence"] is None
    assert fields["fields"] is None
