"""Help: the keys, and the words of the domain in both languages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.ui.needs import needs
from guiju.base.ui.words_known import find_words
from guiju.core.sentence import zh
from guiju.core.terms import Permission

SHORTCUTS = (
    (("Ctrl", "K"), zh("搜索，去任何一页")),
    (("/",), zh("到本页的筛选框")),
    (("J",), zh("列表里往下一行")),
    (("K",), zh("列表里往上一行")),
    (("Enter",), zh("打开所在的一行")),
    (("X",), zh("选中或取消所在的一行")),
    (("?",), zh("看全部快捷键")),
    (("Esc",), zh("关上弹出的窗口")),
)
"""What the keys do; ``static/ui/keys.js`` does it."""

_MOST_TYPED = 80


@needs(Permission.HELP_READ)
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the keys and the words, those that were typed where something was."""
    typed = request.GET.get("q", "")[:_MOST_TYPED]
    shown = {"typed": typed, "shortcuts": SHORTCUTS, "sets": find_words(typed)}
    return render(request, "ui/help.html", shown)
