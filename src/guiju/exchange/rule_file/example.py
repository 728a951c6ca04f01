"""A rule file that explains itself."""

from __future__ import annotations


def example_rules() -> str:
    """Return a rule file that shows and explains every key."""
    return _EXAMPLE


_EXAMPLE = """\
# 规矩：规则文件示例。
# 井号之后是说明。步骤名称须与流程、日志里的写法一致。
# 每条规则都有：code 编号（不得重复）、kind 种类、name 名称、source 依据（可不写）。
# kind、unit、occurrence 写英文代码或中文名称都可以。

offset_minutes = 480          # 当地时间比世界时早多少分钟；不写就是中国标准时间 480
not_people = ["系统", "匿名"] # 日志里这些名字不指具体的人，当作没有写明办理人；可不写

[calendar]                    # 可不写；软件自带的节假日到不了的年份，照国务院办公厅的通知补在这里
years = []                    # 已有安排的年份，如 [2027]
off = []                      # 放假的日子，如 [2027-01-01]
worked = []                   # 调休上班的周末，如 [2027-02-06]

[[rules]]
code = "R01"
kind = "分人办理"             # 即 four_eyes：同一事项里，这些步骤两两不得由同一人办理
name = "审核与审批分离"
source = "S1-23"
steps = ["审核", "审批"]

[[rules]]
code = "R02"
kind = "最少人数"             # 即 min_people：至少几个人参与
name = "办结前至少两人同意"
source = "S0-27"
required = 2
steps = ["审核", "审批"]      # 只数办这些步骤的人；不写就数所有的人
before = "办结"               # 数到这一步首次出现为止，没有这一步的事项不判；不写就数整个事项

[[rules]]
code = "R03"
kind = "限定办理人"           # 即 performers：这些步骤只能由这些人办理
name = "付款由出纳办理"
steps = ["付款"]
people = ["张三", "李四"]     # 全名
prefixes = ["财务科-"]        # 或名字的开头；两项至少写一项

[[rules]]
code = "R04"
kind = "时限"                 # 即 limit：从一步到其后的另一步最多多久
name = "受理后二十个工作日内作出决定"
source = "行政许可法第42条"
from = "受理"
to = "决定"
within = 20
unit = "工作日"               # 小时 hours、天 days、工作日 working_days
occurrence = "每次"           # 从 from 的哪一次算起：每次 each（不写就是它）、首次 first、末次 last
unless = ["撤回申请"]         # 先出现这些步骤就不再等；可不写

# 以下是次序规则。只说一个步骤的，写 step：
#   不得出现 absence（times = 2 即少于 2 次）、必须出现 existence（至少 times 次）、
#   恰好几次 exactly、首步 init、末步 last
# 说两个步骤的，写 first 和 second：
#   其后必有 response、其前必有 precedence、前后相随 succession，
#   这三种可加「交替」alternate_ 或「紧接」chain_：
#     交替其后必有、交替其前必有、交替相随、紧接其后必有、紧接其前必有、紧接相随
#   有此必有彼 responded_existence、同有同无 coexistence、不得并存 not_coexistence、
#   其后不得有 not_succession、不得紧接 not_chain_succession

[[rules]]
code = "R05"
kind = "恰好几次"
name = "只作一次决定"
step = "决定"
times = 1

[[rules]]
code = "R06"
kind = "其前必有"             # 每次「second」之前都已有「first」
name = "先审核后决定"
first = "审核"
second = "决定"

[[rules]]
code = "R07"
kind = "其后必有"             # 每次「first」之后都有「second」
name = "决定后必须送达"
first = "决定"
second = "送达"
"""
