"""A file's name is shown, never obeyed; a classification mark is seen, ordinary words are not."""

from __future__ import annotations

import pytest

from guiju.base.evidence.marks import mark_in, refuse_marked
from guiju.base.evidence.names import MOST_BYTES, MOST_CHARACTERS, clean_name, ending_of
from guiju.core.errors import Invalid
from guiju.core.sentence import zh


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("报告.pdf", "报告.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/cron.d/x.txt", "x.txt"),
        ("C:\\Users\\张三\\报告.docx", "报告.docx"),
        ("\\\\server\\share\\a.txt", "a.txt"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("a\x00b\x1b[31m.txt", "ab[31m.txt"),
        ("零\u200b宽\ufeff.txt", "零宽.txt"),
        ("第一行\n第二行.txt", "第一行 第二行.txt"),
        ("a\u2028b.txt", "a b.txt"),
        ('<"a":b|c?*>.txt', "__a__b_c___.txt"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("  ..隐藏.. ", "隐藏"),
        ("...", "未命名"),
        ("", "未命名"),
        ("folder/", "folder"),
        ("\ud800坏.txt", "坏.txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
    ],
)
def test_a_name_becomes_fit_to_be_shown(declared, shown):
    assert clean_name(declared) == shown
    assert clean_name(shown) == shown


@pytest.mark.parametrize("declared", ["长" * 300 + ".docx", "x" * 5000 + ".pdf", "😀" * 200])
def test_a_long_name_is_cut_and_keeps_its_ending(declared):
    shown = clean_name(declared)
    assert len(shown) <= MOST_CHARACTERS
    assert len(shown.encode()) <= MOST_BYTES
    assert ending_of(shown) == ending_of(declared)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.PDF", "pdf"),
        ("a.tar.gz", "gz"),
        ("会议纪要2024.5", ""),
        ("v1.2 说明", ""),
        ("无", ""),
        (".docx", ""),
        ("a.mp3", "mp3"),
    ],
)
def test_the_ending_is_what_follows_the_last_dot(name, ending):
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("秘密★10年", "秘密★10年"),
        ("密级：机密★20年", "密级：机密★20年"),
        ("绝密★启用前", "绝密★启用前"),
        ("绝密★", "绝密★"),
        ("000001\n机 密 ★ 长 期", "机密★长期"),
        ("秘　密★１０年", "秘密★１０年"),
        ("秘\u200b密★5年", "秘密★5年"),
        ("秘密☆三年", "秘密☆三年"),
        ("秘密*10年", "秘密*10年"),
        ("机密 10年\n某某局文件", "机密10年"),
        ("保密要求机密★20年", "机密★20年"),
        ("密级：绝密", "密级：绝密"),
        ("密  级: 秘密\n", "密级:秘密"),
    ],
)
def test_a_classification_mark_is_seen(text, mark):
    assert mark_in(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "保守秘密",
        "保守国家秘密法",
        "商业秘密",
        "涉及商业秘密 10年内不得公开",
        "机密性、完整性、可用性",
        "绝密文件不得带出",
        "★秘密武器",
        "保守秘密★服务群众",
        "在保守秘密10年的期限内",
        "密级分为秘密、机密、绝密三级",
        "密级：秘密、机密、绝密",
        "密级：秘密/机密/绝密",
        "密级：无",
        "评为 ★★★ 单位",
        "机密年限由定密责任人确定",
        "",
    ],
)
def test_ordinary_words_are_no_mark(text):
    assert mark_in(text) is None


def test_marked_text_is_refused_with_advice():
    refuse_marked("保守秘密", zh("文件名"))
    with pytest.raises(Invalid, match=r"文件名里有密级标志「秘密★10年」.*保密工作机构") as said:
        refuse_marked("内部资料 秘密★10年", zh("文件名"))
    assert said.value.code == "EVIDENCE-11"
