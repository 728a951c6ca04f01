"""The refusals that several formats share: one code and one sentence for each."""

from __future__ import annotations

import errno

from guiju.base.evidence.kinds import ENDINGS, FileKind
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import reason

DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors that say nothing about the file that is examined."""


def not_accepted(what: Sentence, advice: Sentence) -> Invalid:
    """Say that this kind of file is not taken in, and what to send instead."""
    return Invalid(
        "EVIDENCE-04", zh("不接收这类文件（{what}），没有保存。{advice}", what=what, advice=advice)
    )


def require_ending(kind: FileKind, ending: str) -> None:
    """Hold a name's ending against the content.

    Raises:
        Invalid: EVIDENCE-05 when the ending promises another kind of file.
    """
    if ending and ending not in ENDINGS[kind]:
        raise Invalid(
            "EVIDENCE-05",
            zh(
                "文件名以「.{ending}」结尾，内容却是{kind}，没有保存。"
                "请核对是否选错了文件；没有选错时，请把后缀改成 .{right} 再上传。",
                ending=ending,
                kind=kind.label,
                right=ENDINGS[kind][0],
            ),
        )


def damaged(kind: Sentence) -> Invalid:
    """Say that a file is cut short or broken."""
    return Invalid(
        "EVIDENCE-06",
        zh(
            "这个文件（{kind}）已损坏或不完整，读不出来，没有保存。请用原来的软件打开，另存一份再上传。",
            kind=kind,
        ),
    )


def hidden(kind: Sentence, what: Sentence) -> Invalid:
    """Say that something else is hidden in a file."""
    return Invalid(
        "EVIDENCE-07",
        zh(
            "这个文件（{kind}）夹带了别的内容（{what}），没有保存。"
            "请用原来的软件打开，另存或重新导出一份再上传。",
            kind=kind,
            what=what,
        ),
    )


def active(kind: Sentence, what: Sentence) -> Invalid:
    """Say that a file carries a program."""
    return Invalid(
        "EVIDENCE-08",
        zh(
            "这个文件（{kind}）里有{what}，打开时可能运行有害程序，没有保存。"
            "请去掉它另存一份，或导出为 PDF 再上传。",
            kind=kind,
            what=what,
        ),
    )


def locked(kind: Sentence) -> Invalid:
    """Say that a file needs a password."""
    return Invalid(
        "EVIDENCE-09",
        zh(
            "这个文件（{kind}）加了打开密码，无法检查，没有保存。请去掉密码另存一份再上传。",
            kind=kind,
        ),
    )


def bomb(kind: Sentence, what: Sentence) -> Invalid:
    """Say that a file would unfold to more than is safe."""
    return Invalid(
        "EVIDENCE-10",
        zh(
            "这个文件（{kind}）{what}，超过安全上限，没有保存。请缩小或拆开它，再上传。",
            kind=kind,
            what=what,
        ),
    )


def scripted(kind: Sentence, found: str) -> Invalid:
    """Say that a file carries what a browser would run."""
    return Invalid(
        "EVIDENCE-18",
        zh(
            "这个文件（{kind}）里有网页代码「{found}」，浏览器打开时可能运行它，没有保存。"
            "请导出为 PDF，或截图为 PNG 再上传。",
            kind=kind,
            found=found,
        ),
    )


def remote(kind: Sentence, target: str) -> Invalid:
    """Say that a file would load something from elsewhere when it is opened."""
    return Invalid(
        "EVIDENCE-19",
        zh(
            "这个文件（{kind}）打开时会从别处加载内容（{target}），没有保存。"
            "请把外部模板或链接的对象改成嵌入的，或导出为 PDF 再上传。",
            kind=kind,
            target=target,
        ),
    )


def entities(kind: Sentence) -> Invalid:
    """Say that XML declares a document type, which may pull in files or explode."""
    return Invalid(
        "EVIDENCE-21",
        zh(
            "这个文件（{kind}）里有文档类型声明（DTD）或实体定义，可能藏有攻击，没有保存。"
            "请用原来的软件打开，另存一份再上传。",
            kind=kind,
        ),
    )


def unwritable(error: OSError) -> Invalid:
    """Say that the disk does not take a file."""
    return Invalid(
        "EVIDENCE-02",
        zh(
            "文件存不下：{why}，没有保存。请告诉系统管理员，处理好后重新上传。",
            why=reason(error),
        ),
    )


def unfinished() -> Invalid:
    """Say that an examination came to no end within its time and memory, or broke down."""
    return Invalid(
        "EVIDENCE-12",
        zh(
            "检查这个文件时超出了时间或内存的限度，没有保存。请稍后再试一次；还不行时，"
            "请用原来的软件另存一份，或缩小、拆开后再上传；一直这样时请告诉系统管理员。"
        ),
    )
