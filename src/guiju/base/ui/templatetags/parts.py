"""Parts of pages that are described by data (``base.ui.parts``) or by a few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.forms import BoundField, Form
from django.template import Context
from django.utils.html import format_html

from guiju.base.ui import diffs
from guiju.base.ui.badges import Badge
from guiju.base.ui.box_charts import BoxChart
from guiju.base.ui.flow_pictures import FlowPicture
from guiju.base.ui.heat import Heat
from guiju.base.ui.history import MOST_STEPS, history_of
from guiju.base.ui.language import say
from guiju.base.ui.parts import Branch, Clock, Crumb, Definition, Step, Tab
from guiju.base.ui.plain import is_plain
from guiju.base.ui.tables import Value
from guiju.base.ui.templatetags.components import badge, day, thousands, when
from guiju.core.sentence import zh

register = template.Library()


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(shown: Sequence[Tab]) -> dict[str, object]:
    """Show pages about the same thing; the current one is marked."""
    return {"tabs": shown}


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(way: Sequence[Crumb]) -> dict[str, object]:
    """Show the way to this page; stands in the block ``crumbs``."""
    return {"crumbs": way}


@register.inclusion_tag("ui/parts/definitions.html")
def definitions(rows: Sequence[Definition]) -> dict[str, object]:
    """Show a sheet: what it is, and its value."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/steps.html")
def steps(shown: Sequence[Step], now: datetime | None = None) -> dict[str, object]:
    """Show what happened, the newest first."""
    return {"steps": shown, "now": now}


@register.inclusion_tag("ui/parts/history.html", takes_context=True)
def history(context: Context, reference: str) -> dict[str, object]:
    """Show what happened to the thing with that reference, from the record."""
    return {"history": history_of(context["request"], reference), "most": MOST_STEPS}


@register.inclusion_tag("ui/parts/tree.html")
def tree(branches: Sequence[Branch], label: object) -> dict[str, object]:
    """Show a tree, called ``label`` for those who do not see it."""
    return {"branches": branches, "label": label}


@register.inclusion_tag("ui/parts/diff.html")
def diff(old: str, new: str) -> dict[str, object]:
    """Show what has changed between two texts."""
    return {"pieces": diffs.pieces(old, new)}


@register.inclusion_tag("ui/parts/flow.html")
def flow(picture: FlowPicture) -> dict[str, object]:
    """Show the picture of a flow, and below it the same in words."""
    return {"picture": picture}


@register.inclusion_tag("ui/parts/chart.html")
def chart(shown: BoxChart) -> dict[str, object]:
    """Show a chart of boxes."""
    return {"chart": shown}


@register.filter
def unlocalized(number: float) -> str:
    """Return a place in a picture as SVG wants it."""
    return f"{number:.1f}".removesuffix(".0")


@register.inclusion_tag("ui/parts/clock.html")
def clock(shown: Clock) -> dict[str, object]:
    """Show how much of a time limit is used, as words and as a bar."""
    return {"clock": shown, "used": max(0, min(100, shown.used))}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: object, advice: object = "") -> dict[str, object]:
    """Show that there is nothing: what comes here, and how."""
    return {"title": title, "advice": advice}


@register.inclusion_tag("ui/parts/form.html", takes_context=True)
def form_part(context: Context, form: Form) -> dict[str, object]:
    """Show a form's summary of errors, its fields, and its key.

    In the plain shell what may be left empty is folded away; what is wrong never is.
    """
    problems = [
        (field.id_for_label or field.auto_id, text) for field in form for text in field.errors
    ]
    fields = list(form.visible_fields())
    folded: list[BoundField] = []
    if is_plain(context.get("request")) and not form.errors:
        folded = [field for field in fields if not field.field.required]
        if len(folded) == len(fields):
            folded = []
    return {
        "form": form,
        "fields": [field for field in fields if field not in folded],
        "folded": folded,
        "problems": problems,
        "key": getattr(form, "key", ""),
    }


@register.inclusion_tag("ui/parts/field.html")
def form_field(field: BoundField) -> dict[str, object]:
    """Show one field: label, hint, what is wrong, and where to type."""
    kind = getattr(field.field.widget, "input_type", "")
    return {"field": field, "is_tick": kind == "checkbox" and not field.use_fieldset}


@register.filter
def cell(value: Value) -> str:
    """Return what a cell of a list shows: badges, dates and numbers as people read them."""
    if value is None or value == "":
        return format_html('<span class="soft">{}</span>', "—")
    if isinstance(value, Badge | Heat):
        return badge(value) if isinstance(value, Badge) else heat(value)
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, bool):
        return say(zh("是") if value else zh("否"))
    if isinstance(value, date):
        return format_html('<span class="whole">{}</span>', day(value))
    return thousands(value) if isinstance(value, int) else say(value)


def heat(value: Heat) -> str:
    """Return a number with its bar, which is not read out."""
    form = '<span class="heat heat-{}"><span aria-hidden="true">{}</span> {}</span>'
    return format_html(form, value.level, value.shape, thousands(value.number))
