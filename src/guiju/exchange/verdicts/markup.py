"""HTML that is safe by construction: text is escaped unless it is already HTML."""

from __future__ import annotations

from guiju.exchange.picture.parts import said

_VOID = frozenset({"meta", "br", "hr"})
_LONGEST = 200


class Html(str):
    """A piece of finished HTML."""

    __slots__ = ()


def text(value: object) -> Html:
    """Return ``value`` as HTML text; HTML stays what it is."""
    if isinstance(value, Html):
        return value
    return Html(said(str(value)))


def el(tag: str, *children: object, **attributes: object) -> Html:
    """Return an element; ``cls`` means ``class``, ``_`` in names ``-``, None that it is absent."""
    named = "".join(
        f' {"class" if name == "cls" else name.replace("_", "-")}="{text(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Html(f"<{tag}{named}>")
    return Html(f"<{tag}{named}>{''.join(map(text, children))}</{tag}>")


def name(value: str) -> Html:
    """Return a name from a file."""
    return shortened(value, "name")


def shortened(value: str, kind: str, *, most: int = _LONGEST) -> Html:
    """Return a text of class ``kind``; a very long one is cut, and whole when pointed at."""
    if len(value) <= most:
        return el("span", value, cls=kind)
    return el("span", value[:most] + "…", cls=kind, title=value[:5000])
