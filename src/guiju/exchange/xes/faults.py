"""The sentences with which a file is refused that is no readable XES log."""

from __future__ import annotations

from xml.parsers.expat import ExpatError, errors

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

_CODES = errors.codes
_WHAT: dict[int, Sentence] = {
    _CODES[errors.XML_ERROR_NO_ELEMENTS]: zh("文件到这里就完了，后面的内容缺失"),
    _CODES[errors.XML_ERROR_UNCLOSED_TOKEN]: zh("文件在一个标签中间断了"),
    _CODES[errors.XML_ERROR_PARTIAL_CHAR]: zh("文件在一个字的中间断了"),
    _CODES[errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: zh("文件在一段原文（CDATA）中间断了"),
    _CODES[errors.XML_ERROR_INVALID_TOKEN]: zh("有不合规则的字符，或与声明的编码不符的字节"),
    _CODES[errors.XML_ERROR_TAG_MISMATCH]: zh("结束标签与开始标签对不上"),
    _CODES[errors.XML_ERROR_DUPLICATE_ATTRIBUTE]: zh("同一个标签里有两个同名的项"),
    _CODES[errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: zh("日志结束之后还有内容"),
    _CODES[errors.XML_ERROR_UNDEFINED_ENTITY]: zh("引用了没有定义的实体（& 应写作 &amp;）"),
    _CODES[errors.XML_ERROR_BAD_CHAR_REF]: zh("引用了 XML 不允许的字符"),
    _CODES[errors.XML_ERROR_UNKNOWN_ENCODING]: zh("声明的编码无法识别"),
    _CODES[errors.XML_ERROR_INCORRECT_ENCODING]: zh("声明的编码与实际的不符"),
    _CODES[errors.XML_ERROR_UNBOUND_PREFIX]: zh("用了没有声明的命名空间前缀"),
}
_FLOWS = {"definitions": "BPMN", "pnml": "PNML"}


def malformed(error: ExpatError) -> Invalid:
    """Refuse what is not well-formed XML, or ends too early."""
    column = error.offset % (1 << 32) + 1  # on lines beyond 2 GB expat's number turns negative
    what = _WHAT.get(error.code, zh("内容不符合 XML 的规则"))
    return Invalid(
        "XES-02",
        zh(
            "第 {line} 行第 {column} 列：{what}。请确认文件是完整的 XES 日志，必要时重新导出。",
            line=error.lineno,
            column=column,
            what=what,
        ),
    )


def unreadable_encoding() -> Invalid:
    """Refuse an encoding that expat does not know."""
    return Invalid(
        "XES-02",
        zh("第 1 行声明的编码无法读取。请把文件另存为 UTF-8 编码，并相应改写第 1 行的声明。"),
    )


def forbidden(line: int) -> Invalid:
    """Refuse document types and entities, whether they are an attack or not."""
    return Invalid(
        "XES-03",
        zh(
            "第 {line} 行有文档类型声明（DOCTYPE）或实体定义。它们能让小文件膨胀成极大的内容，"
            "或引入外部文件，因此一律不读。请删去这一声明后再试。",
            line=line,
        ),
    )


def other_root(name: str, line: int) -> Invalid:
    """Refuse XML that is something else, and say what it is."""
    if name in _FLOWS:
        return Invalid(
            "XES-04",
            zh(
                "这是一份流程（{format}），不是日志。请把它作为流程给出，另选一份 XES 日志。",
                format=_FLOWS[name],
            ),
        )
    return Invalid(
        "XES-04",
        zh(
            "第 {line} 行：XES 日志的最外层应是「log」，这里是「{name}」。请另选一份 XES 日志。",
            line=line,
            name=_short(name),
        ),
    )


def misplaced(name: str, line: int) -> Invalid:
    """Refuse a trace or event where XES has none, instead of losing it."""
    return Invalid(
        "XES-06",
        zh(
            "第 {line} 行的「{name}」位置不对：日志（log）应在最外层，"
            "案件（trace）应直接在日志之下，事件（event）应直接在案件之下。请重新导出。",
            line=line,
            name=name,
        ),
    )


def nameless(case: str, ordinal: int, line: int) -> Invalid:
    """Refuse an event of which nobody can say what was done."""
    return Invalid(
        "XES-07",
        zh(
            "案件「{case}」的第 {ordinal} 个事件（到第 {line} 行为止）没有活动名。"
            "请给它补上「concept:name」，或在导出时指定哪一项是活动名。",
            case=_short(case),
            ordinal=ordinal,
            line=line,
        ),
    )


def unreadable_time(text: str, case: str, ordinal: int, line: int) -> Invalid:
    """Refuse a time that is not ISO 8601."""
    return Invalid(
        "XES-10",
        zh(
            "案件「{case}」的第 {ordinal} 个事件（到第 {line} 行为止）的时间「{text}」无法读取。"
            "请写成「2024-05-31T09:30:00+08:00」的样子。",
            case=_short(case),
            ordinal=ordinal,
            line=line,
            text=_short(text),
        ),
    )


def doubled(key: str, line: int) -> Invalid:
    """Refuse an attribute that says two things at once."""
    return Invalid(
        "XES-08",
        zh(
            "第 {line} 行又写了一次「{key}」：同一案件或事件的同一属性只能写一次。"
            "请删去多余的，或重新导出。",
            line=line,
            key=key,
        ),
    )


def too_long(key: str, length: int, line: int, limit: int) -> Invalid:
    """Refuse a name that is rather a text."""
    return Invalid(
        "XES-09",
        zh(
            "第 {line} 行「{key}」的值长达 {length} 字，上限为 {limit} 字。"
            "请检查导出时是否把正文填进了这一项。",
            line=line,
            key=key,
            length=length,
            limit=limit,
        ),
    )


def too_deep(name: str, line: int, limit: int) -> Invalid:
    """Refuse nesting without end."""
    return Invalid(
        "XES-09",
        zh(
            "第 {line} 行的标签「{name}」嵌套超过 {limit} 层。请检查文件，或重新导出。",
            line=line,
            name=_short(name),
            limit=limit,
        ),
    )


def endless(line: int, limit: int) -> Invalid:
    """Refuse a single tag or comment that would have to be held in memory whole."""
    return Invalid(
        "XES-09",
        zh(
            "从第 {line} 行开始的一个标签或注释超过 {limit} MB。请检查文件，或重新导出。",
            line=line,
            limit=limit >> 20,
        ),
    )


def too_many_words(line: int, limit: int) -> Invalid:
    """Refuse a flood of tag and prefix names, each of which the parser has to remember."""
    return Invalid(
        "XES-09",
        zh(
            "到第 {line} 行为止，不同的标签名已超过 {limit} 个，不像是日志。"
            "请检查文件，或重新导出。",
            line=line,
            limit=limit,
        ),
    )


def _short(text: str) -> str:
    """Keep a sentence readable whatever the file holds."""
    return text if len(text) <= 60 else text[:59] + "…"
