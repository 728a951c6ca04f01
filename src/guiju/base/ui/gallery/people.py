"""Made-up people and units for the gallery; the same on every visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guiju.base.ui.badges import Badge
from guiju.core.sentence import zh

SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗"
GIVEN = ("晓岚", "志远", "文静", "建国", "敏", "海燕", "国强", "雪梅", "子涵", "永康", "丽华")
UNITS = ("教育局", "财政局", "民政局", "城关镇", "第二实验小学", "柳林村")
POSTS = ("经办岗", "财务审核岗", "出纳岗", "计财科科长", "分管副局长", "总务岗")
FIRST = date(2016, 3, 1)

LONG_UNIT = (
    "示例县人力资源和社会保障局城乡居民基本养老保险服务中心基金稽核与内部控制科"
    "（加挂社会保险基金监督举报受理办公室牌子）"
)
LONG_NAME = "买买提·阿卜杜热合曼·艾则孜·吾买尔江"
LONG_TEXT = (
    "依据《中华人民共和国政府采购法实施条例》第二十八条，在一个财政年度内，采购人将一个预算项目下的"
    "同一品目或者类别的货物、服务采用公开招标以外的方式多次采购，累计资金数额超过公开招标数额标准的，"
    "属于以化整为零方式规避公开招标，但项目预算调整或者经批准采用公开招标以外方式采购除外。"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A made-up person in a post."""

    number: int
    name: str
    unit: str
    post: str
    since: date
    matters: int
    is_due: bool

    @property
    def state(self) -> Badge:
        """Whether the person should move on."""
        return Badge("warn", zh("轮岗到期")) if self.is_due else Badge("good", zh("在任"))


def holders(count: int, *, is_long: bool = False) -> Sequence[Holder]:
    """Return so many made-up people."""
    return [_holder(number, is_long=is_long) for number in range(1, count + 1)]


def _holder(number: int, *, is_long: bool) -> Holder:
    name = SURNAMES[number * 7 % len(SURNAMES)] + GIVEN[number * 3 % len(GIVEN)]
    return Holder(
        number,
        LONG_NAME if is_long else name,
        LONG_UNIT if is_long else UNITS[number * 5 % len(UNITS)],
        POSTS[number % len(POSTS)],
        FIRST + timedelta(days=number * 37 % 3600),
        number * 13 % 240,
        number % 9 == 4,
    )
