"""Names of people who do not exist, and identity numbers that nobody was given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle

_SURNAMES = (
    "孟苏沈陆韩姚范邱江尹黎段雷贺龚覃武戴莫孔向汤温康施牛樊葛邢安齐易庞颜鲁耿聂"
    "焦阮娄虞费柳杭岑蓝祁纪麦凌宁甄卓蔺佟闵欧"
)
_MEN = (
    "志明 文博 建平 立新 海涛 国栋 永强 宏伟 家兴 启明 德昌 少华 学军 振东 春生 长河 云峰 正平 "
    "光远 景林 承志 大勇 兆丰 玉山 金生 晓东 伟民 思源 子健 浩然 俊杰 天宇 明远 卫东 向阳 洪波 "
    "松涛 克俭 守信 世杰 建华 志刚 文斌 广田 有才 福海 连成 水根 宝根 树林 秋实 "
    "一鸣 嘉树 维新 仲良 伯言 润东 庆丰 新民 铁生 冬至 凯旋 鹏程 瑞祥 忠厚 立夏 元亮 昌盛 如松"
)
_WOMEN = (
    "丽华 秀兰 雅琴 晓燕 慧敏 玉珍 春梅 海燕 淑芬 文娟 佳宁 静怡 雪梅 红霞 月华 爱莲 桂英 素云 "
    "婉清 思雨 若楠 梦洁 诗涵 雨桐 晓蕾 凤仪 彩云 金凤 美玲 小满 秋菊 冬梅 亚男 莉莉 书瑶 "
    "佩兰 巧珍 翠英 锦绣 芳菲 采薇 念慈 语嫣 舒窈 含章 清如 映雪 乐怡 安然 知夏"
)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NOWHERE = "999999"
"""No 行政区划代码 begins with 99 (GB/T 2260), so that the numbers are nobody's."""


def names() -> Iterator[tuple[str, bool]]:
    """Yield full names without end of the list's length, each with whether it is a woman's."""
    surnames = cycle(_SURNAMES)
    men, women = cycle(_MEN.split()), cycle(_WOMEN.split())
    for turn in cycle((False, True, False, False, True)):
        yield next(surnames) + next(women if turn else men), turn


def id_number(born: date, serial: int, *, is_woman: bool) -> str:
    """Return an identity number (GB 11643-1999) of a place that does not exist."""
    order = 2 * serial + (0 if is_woman else 1)
    front = f"{_NOWHERE}{born:%Y%m%d}{order:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, front, strict=True))
    return front + _CHECKS[total % 11]


def credit_code(serial: int) -> str:
    """Return a 统一社会信用代码 (GB 32100-2015) of a body of that place."""
    organisation = f"99{serial:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = -sum(w * int(d) for w, d in zip(weights, organisation, strict=True)) % 11
    front = f"11{_NOWHERE}{organisation}{'X' if rest == 10 else rest}"
    total = sum(pow(3, place, 31) * _DIGITS.index(d) for place, d in enumerate(front))
    return front + _DIGITS[-total % 31]


_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
