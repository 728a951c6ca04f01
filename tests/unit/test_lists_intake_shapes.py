"""The shapes in which offices keep their lists, each read as a person would."""

from __future__ import annotations

import pytest

from guiju.core.lists.words import BasisLevel, ControlPhase, DutyKind, ItemKind
from guiju.exchange.lists.words import TableKind
from listed import at, read, whys, workbook

POWERS = ["序号", "权力名称", "权力类型", "行使主体", "实施依据"]


def names(intake):
    return [power.name for power in intake.edition.powers]


def test_a_header_is_found_below_a_title_and_above_a_note():
    intake = read(
        workbook(
            [
                ["某局权责清单"],
                POWERS,
                [1, "取水许可", "许可", "某局", "《水法》第四十八条"],
                [2, "占河处罚", "行政处罚", "某局", "《防洪法》第五十五条"],
                ["填表人：张三"],
            ]
        )
    )
    assert names(intake) == ["取水许可", "占河处罚"]
    assert [power.kind for power in intake.edition.powers] == ["licence", "penalty"]
    assert [table.kind for table in intake.tables] == [TableKind.POWER]
    assert intake.tables[0].line == 2
    assert whys(intake) == ["表里的说明文字，没有采用。"]
    assert (intake.rows.seen, intake.rows.understood) == (2, 2)


def test_two_levels_of_headers_are_joined():
    intake = read(
        workbook(
            [
                ["序号", "风险点", "风险等级", "防控措施", None, None, "责任人"],
                [None, None, None, "前期预防", "中期监控", "后期处置", None],
                [1, "暗箱操作", "Ⅰ级", "公开条件", "抽查", "追责", "王五"],
            ],
            merged=["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"],
        )
    )
    assert intake.notes == ()
    (risk,) = intake.edition.risks
    assert (risk.text, risk.grade) == ("暗箱操作", 1)
    assert [(c.text, c.phase, c.person) for c in intake.edition.controls] == [
        ("公开条件", ControlPhase.PREVENT, "王五"),
        ("抽查", ControlPhase.WATCH, "王五"),
        ("追责", ControlPhase.HANDLE, "王五"),
    ]


def test_merged_cells_count_for_all_their_rows_without_a_doubt():
    intake = read(
        workbook(
            [
                ["权力名称", "风险点", "风险等级", "防控措施"],
                ["招生录取", "违规录取", "高", "集体研究"],
                [None, "泄露考题", "中", "专人保管"],
            ],
            merged=["A2:A3"],
        )
    )
    assert intake.notes == ()
    (power,) = intake.edition.powers
    assert [risk.power for risk in intake.edition.risks] == [power.code] * 2
    assert [risk.grade for risk in intake.edition.risks] == [1, 2]


def test_cells_left_empty_in_text_are_filled_with_a_doubt():
    intake = read("权力名称,风险点,风险等级\n招生录取,违规录取,高\n,泄露考题,中\n")
    (power,) = intake.edition.powers
    assert [risk.power for risk in intake.edition.risks] == [power.code] * 2
    assert "第 3 行空着" in str(at(intake, "A2").why)


def test_a_power_merged_over_its_bases_is_one_power():
    intake = read(
        workbook(
            [
                ["序号", "权力名称", "法律法规名称", "条款号"],
                [1, "取水许可", "《水法》", "第七条"],
                [None, None, "《取水条例》", "第二条"],
            ],
            merged=["A2:A3", "B2:B3"],
        )
    )
    (power,) = intake.edition.powers
    assert [(b.power, b.name, b.article) for b in intake.edition.bases] == [
        (power.code, "水法", "第七条"),
        (power.code, "取水条例", "第二条"),
    ]


def test_two_tables_on_one_sheet_are_told_apart_and_linked_by_name():
    intake = read(
        "一、权力目录\n序号\t权力名称\t授权依据\t负责人\n1\t管理权\t《章程》第一条\t书记\n"
        "二、权力风险\n序号\t权力名称\t风险点\t风险等级\t防范措施\n"
        "1\t管理权\t不民主\t\t1.开会 2.记录\n"
    )
    assert [table.kind for table in intake.tables] == [TableKind.POWER, TableKind.RISK]
    (power,) = intake.edition.powers
    assert power.leader == "书记"
    assert [risk.power for risk in intake.edition.risks] == [power.code]
    assert [risk.grade for risk in intake.edition.risks] == [None]
    assert [control.text for control in intake.edition.controls] == ["开会", "记录"]
    assert intake.notes == ()


def test_a_header_repeated_on_each_page_goes_on_with_the_table():
    intake = read("序号,权力名称,权力类型\n1,甲,许可\n序号,权力名称,权力类型\n2,乙,处罚\n")
    assert names(intake) == ["甲", "乙"]
    assert [table.rows for table in intake.tables] == [2]
    assert intake.notes == ()


def test_headings_of_groups_say_the_kind_and_are_doubted():
    intake = read(
        workbook(
            [
                ["序号", "权力名称", "行使主体"],
                ["一、行政许可（共1项）", None, None],
                [1, "取水", "某局"],
                ["二、行政处罚（共1项）", None, None],
                [1, "占河", "某局"],
            ],
            merged=["A2:C2", "A4:C4"],
        )
    )
    assert [(p.name, p.kind) for p in intake.edition.powers] == [
        ("取水", "licence"),
        ("占河", "penalty"),
    ]
    assert [note.state.value for note in intake.notes] == ["doubtful"] * 2
    assert [(s.kind_code, s.count) for s in intake.edition.stated] == [
        ("licence", 1),
        ("penalty", 1),
    ]
    assert intake.disagreements == ()


CARDS = """表2-1
序号 |
1 |
权力类型 |
行政许可 |
权力项目名称 |
办学审批 |
责任主体 |
政策科 |
责任事项 |
1.受理责任:公示条件。 2.审查责任:看材料。 |
监督电话 |
0000-1 |
表2-2
序号 |
2 |
权力类型 |
行政奖励 |
权力项目名称 |
表彰先进 |
"""


def test_cards_with_a_label_above_its_value_are_read():
    intake = read(CARDS)
    assert [(p.name, p.kind, p.office, p.phone) for p in intake.edition.powers] == [
        ("办学审批", "licence", "政策科", "0000-1"),
        ("表彰先进", "reward", "", ""),
    ]
    assert [(d.kind, d.text) for d in intake.edition.duties] == [
        (DutyKind.ACCEPTANCE, "公示条件。"),
        (DutyKind.EXAMINATION, "看材料。"),
    ]
    assert intake.notes == ()


def test_cards_with_labels_beside_their_values_are_read():
    intake = read(
        workbook(
            [
                ["权力名称", "办学审批", "权力类型", "行政许可"],
                ["实施依据", "《民办教育促进法》第十二条", None, None],
                ["权力名称", "表彰先进", "权力类型", "行政奖励"],
            ]
        )
    )
    assert names(intake) == ["办学审批", "表彰先进"]
    assert [b.level for b in intake.edition.bases] == [BasisLevel.LAW]


STACK = """廉政风险点及防控方法汇总表
风险点
风险等级
主管领导
防控方法
1、决策不科学
Ⅰ级
张某
建立制度。
2、用人不公
Ⅱ级
李某
集体研究。
3、只剩这一格
"""


def test_a_table_copied_one_cell_per_line_is_put_together_again():
    intake = read(STACK)
    assert [(r.text, r.grade) for r in intake.edition.risks] == [("决策不科学", 1), ("用人不公", 2)]
    assert [c.text for c in intake.edition.controls] == ["建立制度。", "集体研究。"]
    assert "表头有 4 项" in str(at(intake, "A14").why)


def test_columns_told_apart_by_blanks_follow_the_header():
    intake = read(
        "序号 行为类型 违法行为 行政处罚法律依据 违法情节 裁量基准\n"
        "1 办学 擅自办学 《促进法》第六十四条\n"
        "轻微的 处违法所得2倍以下罚款\n"
        "严重的 处违法所得3倍以上5倍以下罚款\n"
    )
    (standard,) = intake.edition.standards
    assert (standard.behaviour, standard.offence) == ("办学", "擅自办学")
    assert standard.base == "违法所得"
    assert [(t.conditions, t.lower, t.upper) for t in standard.tiers] == [
        ("轻微的", None, 200),
        ("严重的", 300, 500),
    ]
    assert all("可能错位" in why for why in whys(intake))


def test_a_row_that_lacks_a_merged_cell_is_moved_with_a_doubt():
    intake = read(
        "序号 | 岗位类别 | 风险名称 | 风险描述 | 防控措施 | 监测指标 |\n"
        "1 | 班子 | 不讲党课 | 1.1没有制度。 1.2没有体现。 | 1.1每年讲。 1.2提要求。 | 次数 |\n"
        "2 | 不报告 | 2.1不清楚。 2.2拖延。 | 2.1建制度。 2.2按时报。 | 次数二 | |\n"
    )
    assert [(r.post, r.text, r.indicator) for r in intake.edition.risks] == [
        ("班子", "不讲党课", "次数"),
        ("班子", "不报告", "次数二"),
    ]
    assert [c.text for c in intake.edition.controls] == [
        "每年讲。",
        "提要求。",
        "建制度。",
        "按时报。",
    ]
    assert "可能错位" in str(at(intake, "B3").why)


def test_a_negative_list_and_flow_steps_are_read():
    negative = read(
        "岗位,禁止行为,负面影响,防范措施,防范责任人,责任追究\n局长,不得直接管人事,集中,分权,书记,诫勉\n"
    )
    (item,) = negative.edition.negatives
    assert (item.post, item.act, item.owner, item.sanction) == (
        "局长",
        "不得直接管人事",
        "书记",
        "诫勉",
    )
    steps = read(
        "序号,步骤,岗位,时限,下一步\n1,受理,窗口,1个工作日,2\n2,决定,局长,3个工作日,结束\n"
    )
    (flow,) = steps.edition.flows
    assert [(n.name, n.post) for n in flow.steps] == [("受理", "窗口"), ("决定", "局长")]
    assert (negative.notes, steps.notes) == ((), ())


def test_a_step_table_without_an_end_is_told_and_not_made_up():
    intake = read("序号,步骤,岗位,下一步\n1,受理,窗口,2\n2,决定,局长,1\n")
    (flow,) = intake.edition.flows
    assert flow.graph is None
    assert all("走不通" in why for why in whys(intake))


def test_arrows_in_a_cell_are_a_flow_and_other_texts_are_not():
    intake = read("权力名称,行使主体,运行环节\n甲,局,受理→审核→决定\n乙,局,按规定办\n")
    (flow,) = intake.edition.flows
    assert [node.name for node in flow.steps] == ["受理", "审核", "决定"]
    assert "看不出步骤的先后" in str(at(intake, "C3").why)


def test_disclosure_headers_are_known_and_their_rows_are_no_items():
    intake = read("行政处罚决定书文号,处罚名称,处罚事由,处罚机关\nA1,罚款,违规,某局\n")
    assert [table.kind for table in intake.tables] == [TableKind.DISCLOSURE]
    assert list(intake.edition.items()) == []
    assert (intake.rows.seen, intake.rows.unread) == (1, 1)
    assert set(whys(intake)) == {"双公示是办理的结果，不是清单的内容，没有采用。"}


def test_codes_stay_texts_and_a_numbered_kind_is_doubted_once():
    intake = read(
        "部门,主项,事项名称,事项编码(itemCode),区划(areaCode),taskType\n"
        "甲局,未分类,登记,511A0130700000-00,511602000000,7\n"
        "甲局,养蜂证,换证,0012,511602000000,7\n"
    )
    codes = [power.code for power in intake.edition.powers]
    assert codes[0] == "511A0130700000-00"
    assert "0012" in codes
    main = next(p for p in intake.edition.powers if p.name == "养蜂证")
    assert [p.parent for p in intake.edition.powers if p.code == "0012"] == [main.code]
    assert intake.edition.area_code == "511602"
    assert len(intake.notes) == 1
    assert "事项类型代码" in whys(intake)[0]


def test_a_code_given_twice_is_kept_and_doubted():
    intake = read("事项编码,权力名称,权力类型\nA1,甲,许可\nA1,乙,许可\n")
    assert [(p.code, p.name) for p in intake.edition.powers] == [("A1", "甲"), ("A1", "乙")]
    assert "已经用过" in str(at(intake, "A3").why)


def test_importing_twice_gives_the_same_edition():
    content = (
        "序号,权力名称,权力类型,实施依据\n1,甲,许可,《水法》第一条\n2,甲,许可,《水法》第二条\n"
    )
    assert read(content).edition == read(content).edition
    assert len({power.code for power in read(content).edition.powers}) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_told_by_content(encoding):
    text = "序号,权力名称,权力类型\n1,河道采砂许可,许可\n"
    assert names(read(text.encode(encoding))) == ["河道采砂许可"]


def test_totals_that_the_rows_do_not_bear_out_are_told():
    intake = read(
        "廉政风险点:3个\nI级风险:1个\nII级风险:1个\n序号,风险点,风险等级\n1,甲风险,一级\n2,乙风险,二级\n"
    )
    told = [str(sentence) for sentence in intake.disagreements]
    assert len(told) == 2
    assert "实际有 2" in told[0]
    assert "合计 2，与总数 3 不符" in told[1]
    assert [(s.kind, s.grade, s.count) for s in intake.edition.stated] == [
        (ItemKind.RISK, None, 3),
        (ItemKind.RISK, 1, 1),
        (ItemKind.RISK, 2, 1),
    ]
