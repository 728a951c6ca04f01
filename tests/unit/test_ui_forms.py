"""Forms in our words, the confirming step, and keys that make twice once."""

from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from guiju.base.ui.confirming import Confirmation, ask, is_confirmed
from guiju.base.ui.forms import Form, key_of, refuse, said
from guiju.core.errors import Conflict
from guiju.core.sentence import zh

KEY = "0190a1b2-0000-7000-8000-000000000001"


class Example(Form):
    name = forms.CharField(label=said(zh("姓名")), max_length=3, min_length=2)
    since = forms.DateField(label=said(zh("任职起")), help_text=said(zh("任命文件上的日期。")))
    kind = forms.ChoiceField(
        label=said(zh("方式")), choices=[("a", "任职"), ("b", "兼任")], widget=forms.RadioSelect
    )
    count = forms.IntegerField(label=said(zh("编制")), min_value=1, max_value=9, required=False)
    is_key = forms.BooleanField(label=said(zh("重点岗位")), required=False)


GOOD = {"name": "周晓岚", "since": "2026-11-21", "kind": "a", "key": KEY}


def shown(form):
    return Template("{% load parts %}{% form_part form %}").render(Context({"form": form}))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "请填写「姓名」。"),
        ("name", "周晓岚岚", "「姓名」最多 3 个字，现在有 4 个。请写短一些。"),
        ("name", "周", "「姓名」至少 2 个字，现在有 1 个。请写得详细些。"),
        ("name", "周\x00岚", "「姓名」里有控制字符。请删去后再提交。"),
        ("since", "2026-02-30", "「任职起」认不出来。请写成 2026-11-21。"),
        ("kind", "c", "「方式」里没有这一项。请重新选择。"),
        ("count", "x", "「编制」认不出来。请核对后重新填写。"),
        ("count", "0", "「编制」不能小于 1。请改大。"),
        ("count", "10", "「编制」不能大于 9。请改小。"),
    ],
)
def test_what_is_wrong_is_said_in_our_words_beside_the_field(field, value, says):
    assert Example(GOOD).is_valid()
    form = Example(GOOD | {field: value})
    assert list(form.errors) == [field]
    assert form.errors[field] == [says]
    html = shown(form)
    assert html.count(says) == 2
    anchor = form[field].id_for_label or form[field].auto_id
    assert f'<a href="#{anchor}">{says}</a>' in html
    assert f'id="{anchor}"' in html


def test_what_people_typed_is_kept_and_escaped():
    html = shown(Example(GOOD | {"name": "<b>100%</b>"}))
    assert "&lt;b&gt;100%&lt;/b&gt;" in html
    assert "<b>100%" not in html


def test_percent_signs_and_braces_in_labels_are_only_text():
    class Odd(Form):
        share = forms.CharField(label="比例 100% {x}")

    assert Odd({}).errors["share"] == ["请填写「比例 100% {x}」。"]


def test_words_of_a_fields_own_rule_are_left_as_they_are():
    class Even(Example):
        def clean_count(self):
            raise ValidationError("须为双数。")

    assert Even(GOOD | {"count": "3"}).errors["count"] == ["须为双数。"]


def test_an_actions_refusal_is_shown_above_or_beside():
    form = Example(GOOD)
    assert form.is_valid()
    refuse(form, Conflict("TEST-01", zh("局长已有 100% 的人选。请先免职。")))
    refuse(form, Conflict("TEST-02", zh("日期太早。请改晚。")), field="since")
    html = shown(form)
    assert "<li>局长已有 100% 的人选。请先免职。（TEST-01）</li>" in html
    assert '<a href="#id_since">日期太早。请改晚。（TEST-02）</a>' in html
    assert not form.is_valid()


def test_labels_and_hints_are_tied_to_their_fields():
    html = shown(Example())
    assert '<label for="id_name">姓名' in html
    assert 'id="id_since_helptext">任命文件上的日期。' in html
    assert 'aria-describedby="id_since_helptext"' in html
    assert "<legend>方式" in html
    assert html.count("（选填）") == 1
    assert "problems" not in html
    with translation.override("en"):
        assert '<label for="id_name">Name' in shown(Example())


def test_a_form_keeps_its_key_through_errors_and_a_new_one_gets_another():
    form = Example(GOOD | {"name": ""})
    assert form.key == UUID(KEY)
    assert f'name="key" value="{KEY}"' in shown(form)
    assert Example().key != Example().key
    assert Example(GOOD | {"key": "x"}).key.version == 4
    assert key_of(RequestFactory().post("/", GOOD)) == UUID(KEY)
    for wrong in ("", "x"):
        assert key_of(RequestFactory().post("/", {"key": wrong})) is None


ASKED = Confirmation(
    heading=zh("停用这个账号？"),
    verb=zh("停用账号"),
    consequences=(zh("立即退出登录。"),),
    back="/accounts/",
    things=("周晓岚", zh("李<b>")),
    is_grave=True,
)


@pytest.mark.django_db
def test_the_confirming_page_says_what_will_happen_and_sends_everything_again():
    sent = {"chosen": ["1", '2"'], "key": KEY, "csrfmiddlewaretoken": "t", "confirmed": "no"}
    request = RequestFactory().post("/accounts/stop/?a=1", sent)
    assert not is_confirmed(request)
    html = ask(request, ASKED).content.decode()
    for word in ("停用这个账号？", "立即退出登录。", "李&lt;b&gt;", 'href="/accounts/"'):
        assert word in html
    for name, value in (("chosen", "1"), ("chosen", "2&quot;"), ("key", KEY), ("confirmed", "yes")):
        assert f'name="{name}" value="{value}"' in html
    assert 'action="/accounts/stop/?a=1"' in html
    assert html.partition("<main")[2].count('name="csrfmiddlewaretoken"') == 1
    assert is_confirmed(RequestFactory().post("/", {"confirmed": "yes"}))
