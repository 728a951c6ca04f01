"""Unpacking what a power rests on: structured citations and 《…》第…条 in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.core.lists.words import BasisLevel
from guiju.core.sentence import Sentence, zh

_KEYS = {
    "法律法规名称": "name",
    "法律法规": "name",
    "依据名称": "name",
    "依据文号": "doc_no",
    "文号": "doc_no",
    "条款号": "article",
    "条款": "article",
    "条款内容": "text",
    "依据内容": "text",
    "颁布机关": "issuer",
    "制定机关": "issuer",
}
_KEYED = re.compile(
    r"(?:^|(?<=[;；,，、\n\s.．)）]))(" + "|".join(sorted(_KEYS, key=len, reverse=True)) + r")[:：]"
)
_N = "零〇一二三四五六七八九十百千0-9"
_ARTICLE = re.compile(
    rf"第[{_N}]+条(?:之[{_N}]+)?"
    rf"(?:[、和及至]?\s*第[{_N}]+(?:条(?:之[{_N}]+)?|款|项|目)|第?[（(][{_N}]+[)）]项?)*"
    rf"|附件\s*[{_N}]*第[{_N}]+项"
)
_NAMED = re.compile(r"《([^《》]{2,120})》")
_DOCUMENT = re.compile(
    r"[（(\[【]([^（）()【】]{0,60}?(?:号|令|通过|修正|修订|公布|发布|施行)[^（）()【】]{0,40})[)）\]】]"
)
_ENTRY = re.compile(
    rf"(?:^|[\n;；。])\s*(?:[【\[][^】\]]{{1,12}}[】\]])?\s*"
    rf"(?:[{_N}]{{1,3}}\s*[.、．]\s*|[（(][{_N}]{{1,3}}[)）]\s*|[①-⑳]\s*)?"
    r"(?:[【\[][^】\]]{1,12}[】\]])?\s*(?:依据|根据)?《"
)
_BARE_NAME = re.compile(
    r"[^《》。；;，,：:\n]{2,80}?(?:法|条例|规定|办法|意见|通知|制度|细则|方案|决定|规则|准则|章程|规程|指南)"
    r"(?:\s*[（(\[][^（）()]{1,60}[)）\]])?"
)
_SAYS_SOMETHING = re.compile(r"[^\W\d_]")
_EDGE = " \t\n;；,，、。：:"
_NO_MARKS = zh("没有书名号，按整段是文件名来读。")
_WHOLE = zh("看不出文件名，整段存为依据的内容。")


@dataclass(frozen=True, slots=True)
class Citation:
    """One document that something rests on, and where in it."""

    name: str = ""
    doc_no: str = ""
    article: str = ""
    text: str = ""
    issuer: str = ""
    doubt: Sentence | None = None

    @property
    def level(self) -> BasisLevel | None:
        """What sort of document the name itself tells; None where it does not."""
        if self.name.endswith(("法", "法典")) and not self.name.endswith("办法"):
            return BasisLevel.LAW
        if "三定" in self.name:
            return BasisLevel.STAFFING_PLAN
        return BasisLevel.REGULATION if self.name.endswith("条例") else None


def unpack(text: str) -> tuple[Citation, ...]:
    """Return the citations of a cell; every word of it stands in one of them."""
    if len(_KEYED.findall(text)) > 1:
        return _keyed(text)
    if _NAMED.search(text):
        return _running(text)
    plain = _LEADING.sub("", text).strip(_EDGE)
    if _BARE_NAME.fullmatch(plain):
        return (_without_marks(plain),)
    return (Citation(text=text.strip(), doubt=_WHOLE),)


def _keyed(text: str) -> tuple[Citation, ...]:
    found = list(_KEYED.finditer(text))
    before = re.sub(rf"^[{_N}]{{1,3}}\s*[.、．]?", "", text[: found[0].start()].strip()).strip(
        _EDGE
    )
    entries: list[dict[str, str]] = []
    for match, after in zip(found, [*found[1:], None], strict=True):
        value = text[match.end() : after.start() if after else len(text)]
        key = _KEYS[match[1]]
        if after and _KEYS[after[1]] == "name":
            value = re.sub(
                rf"[{_N}]{{1,3}}\s*[.、．)）]\s*$", "", value.rstrip(_EDGE.replace("、", ""))
            )
        if not entries or key in entries[-1] or key == "name":
            entries.append({})
        entries[-1][key] = value.strip(" \t\n;；,，")
    if before:
        entries[0]["text"] = "\n".join(filter(None, (before, entries[0].get("text", ""))))
    return tuple(_bare_names(entry) for entry in entries)


def _bare_names(entry: dict[str, str]) -> Citation:
    name = entry.get("name", "")
    whole = _NAMED.fullmatch(name)
    return Citation(
        whole[1] if whole else name,
        entry.get("doc_no", ""),
        entry.get("article", ""),
        entry.get("text", ""),
        entry.get("issuer", ""),
    )


def _running(text: str) -> tuple[Citation, ...]:
    """Split where an entry begins with 《; what stands before the first belongs to it."""
    starts = [match.end() - 1 for match in _ENTRY.finditer(text)]
    first = text.index("《")
    if not starts or starts[0] > first:
        starts.insert(0, first)
    cited = [_one(text[a:b]) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    before = _LEADING.sub("", text[: starts[0]]).strip(_EDGE)
    if _SAYS_SOMETHING.search(before):
        cited[0] = Citation(
            cited[0].name,
            cited[0].doc_no,
            cited[0].article,
            "\n".join(filter(None, (before, cited[0].text))),
        )
    return tuple(one for several in map(_several, cited) for one in several)


_LEADING = re.compile(
    rf"^\s*(?:[{_N}]{{1,3}}\s*[.、．]|[（(][{_N}]{{1,3}}[)）]|[①-⑳])?\s*(?:依据|根据|按照)?[:：]?"
)
_NEXT_NAME = re.compile(r"^[、和及，,]?\s*《")


def _one(text: str) -> Citation:
    named = _NAMED.match(text)
    if named is None:
        return Citation(text=text.strip(), doubt=_WHOLE)
    rest = text[named.end() :]
    document = _DOCUMENT.match(rest.lstrip())
    if document:
        rest = rest.lstrip()[document.end() :]
    article = _ARTICLE.match(rest.lstrip(" 的"))
    if article:
        rest = rest.lstrip(" 的")[article.end() :]
    tail = (
        re.sub(rf"[\s;；]*(?:[{_N}]{{1,3}}[.、．]|[（(][{_N}]{{1,3}}[)）]|[①-⑳])?\s*$", "", rest)
        if (rest.strip())
        else ""
    )
    return Citation(
        named[1],
        document[1] if document else "",
        article[0] if article else "",
        tail.strip(" \t\n;；,，：:、"),
    )


def _several(cited: Citation) -> tuple[Citation, ...]:
    """Part 「《甲法》、《乙法》第三条」 that stand in one entry."""
    found = []
    while _NEXT_NAME.match(cited.text):
        found.append(Citation(cited.name, cited.doc_no, cited.article))
        cited = _one(cited.text[cited.text.index("《") :])
    return (*found, cited)


def _without_marks(text: str) -> Citation:
    found = re.fullmatch(r"(.+?)\s*[（(\[]([^（）()]*)[)）\]]", text)
    if found:
        return Citation(found[1], found[2], doubt=_NO_MARKS)
    return Citation(text, doubt=_NO_MARKS)
