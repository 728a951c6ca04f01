from __future__ import annotations

import pytest

from guiju.core.errors import Invalid
from guiju.exchange.bpmn import read_bpmn

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def definitions(inner: str) -> bytes:
    return (
        f'<definitions xmlns="{MODEL}" xmlns:guiju="https://guiju.org/bpmn/1">\n{inner}\n'
        "</definitions>"
    ).encode()


def refusal(inner: str, **options: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_bpmn(definitions(inner), **options)
    return caught.value


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        ('<transaction id="x" name="甲"/>', "事务子流程"),
        ('<adHocSubProcess id="x" name="甲"/>', "自由子流程"),
        ('<complexGateway id="x" name="甲"/>', "复杂网关"),
        ('<eventBasedGateway id="x" name="甲"/>', "事件网关"),
        ('<subProcess id="x" name="甲" triggeredByEvent="true"/>', "事件子流程"),
        ('<task id="x" name="甲" isForCompensation="true"/>', "补偿步骤"),
        ('<task id="x" name="甲" completionQuantity="2"/>', "令牌"),
        ('<receiveTask id="x" name="甲" instantiate="true"/>', "自行启动"),
        ('<choreographyTask id="x" name="甲"/>', "编排"),
        (
            '<task id="x" name="甲"><standardLoopCharacteristics testBefore="true"/></task>',
            "循环步骤",
        ),
        (
            '<task id="x" name="甲"><standardLoopCharacteristics loopMaximum="3"/></task>',
            "循环步骤",
        ),
        (
            '<startEvent id="x" name="甲"><signalEventDefinition/></startEvent>',
            "开始事件（信号）",
        ),
        ('<endEvent id="x" name="甲"><errorEventDefinition/></endEvent>', "结束事件（错误）"),
        ('<endEvent id="x" name="甲"><cancelEventDefinition/></endEvent>', "（取消）"),
        (
            (
                '<intermediateCatchEvent id="x" name="甲"><conditionalEventDefinition/>'
                "</intermediateCatchEvent>"
            ),
            "（条件）",
        ),
        (
            (
                '<intermediateThrowEvent id="x" name="甲"><compensateEventDefinition/>'
                "</intermediateThrowEvent>"
            ),
            "（补偿）",
        ),
        (
            (
                '<boundaryEvent id="x" name="甲" attachedToRef="t"><escalationEventDefinition/>'
                "</boundaryEvent>"
            ),
            "边界事件（升级）",
        ),
        (
            (
                '<endEvent id="x" name="甲"><terminateEventDefinition/><messageEventDefinition/>'
                "</endEvent>"
            ),
            "（多重触发）",
        ),
        (
            '<endEvent id="x" name="甲"><eventDefinitionRef>no</eventDefinitionRef></endEvent>',
            "不认识",
        ),
    ],
)
def test_what_cannot_run_is_named_with_what_to_use_instead(inner, kind):
    error = refusal(f'<process id="p"><task id="t"/>{inner}</process>')
    sentence = str(error.sentence)
    assert error.code == "BPMN-10"
    assert kind in sentence
    assert "「甲」（编号x，第 2 行）" in sentence
    assert "请" in sentence


def test_several_elements_that_cannot_run_are_named_together():
    inner = "".join(f'<complexGateway id="g{i}" name="网关{i}"/>' for i in range(5))
    sentence = str(refusal(f'<process id="p">{inner}</process>').sentence)
    assert all(f"网关{i}" in sentence for i in range(3))
    assert "等 5 处" in sentence


def test_an_element_in_a_called_process_that_cannot_run_is_found_too():
    called = '<process id="q"><complexGateway id="g"/></process>'
    error = refusal(f'<process id="p"><callActivity id="c" calledElement="q"/></process>{called}')
    assert error.code == "BPMN-10"


@pytest.mark.parametrize(
    ("code", "inner", "shown"),
    [
        ("BPMN-02", "", "没有流程"),
        (
            "BPMN-05",
            '<process id="p"><task id="t"/>\n<task id="t" name="乙"/></process>',
            "第 3 行",
        ),
        ("BPMN-05", '<process id="p"><task id="p"/></process>', "编号相同"),
        (
            "BPMN-06",
            '<process id="p"><task id="t"/><sequenceFlow sourceRef="t" targetRef="u"/></process>',
            "终点（targetRef）「u」",
        ),
        (
            "BPMN-06",
            '<process id="p"><task id="t"/><sequenceFlow id="f" targetRef="t"/></process>',
            "起点（sourceRef）「」",
        ),
        (
            "BPMN-07",
            (
                '<process id="p"><task id="t"/><subProcess id="s"><task id="u"/></subProcess>'
                '<sequenceFlow id="f" sourceRef="t" targetRef="u"/></process>'
            ),
            "边界",
        ),
        ("BPMN-08", '<process id="p"><task id="t" guiju:step="fly"/></process>', "guiju:step"),
        ("BPMN-08", '<process id="p"><task id="t" guiju:phase="x"/></process>', "motion"),
        ("BPMN-08", '<process id="p"><task id="t" guiju:limit="3"/></process>', "guiju:limit"),
        ("BPMN-08", '<process id="p"><task id="t" guiju:limit="-3 days"/></process>', "-3 days"),
        ("BPMN-08", '<process id="p"><task id="t" guiju:signing="vote:x"/></process>', "vote:3"),
        ("BPMN-08", '<process id="p"><task id="t" guiju:recorded="yes"/></process>', "true、false"),
        (
            "BPMN-09",
            (
                '<process id="p"><task id="t"><multiInstanceLoopCharacteristics><loopCardinality>0'
                "</loopCardinality></multiInstanceLoopCharacteristics></task></process>"
            ),
            "999999",
        ),
        (
            "BPMN-09",
            (
                '<process id="p"><task id="t"><multiInstanceLoopCharacteristics><loopCardinality>'
                f"{'9' * 9000}</loopCardinality></multiInstanceLoopCharacteristics></task>"
                "</process>"
            ),
            "999999",
        ),
        ("BPMN-11", '<process id="p"><usertask id="t"/></process>', "「usertask」"),
        (
            "BPMN-12",
            (
                '<process id="p"><exclusiveGateway id="t"/><boundaryEvent id="b" attachedToRef="t">'
                "<timerEventDefinition/></boundaryEvent></process>"
            ),
            "依附",
        ),
        (
            "BPMN-12",
            (
                '<process id="p"><task id="t"/><subProcess id="s"><boundaryEvent id="b" '
                'attachedToRef="t"><timerEventDefinition/></boundaryEvent></subProcess></process>'
            ),
            "同一层",
        ),
        (
            "BPMN-13",
            '<process id="p"><callActivity id="c" calledElement="p"/></process>',
            "又调用了自己",
        ),
        (
            "BPMN-13",
            (
                '<process id="p"><callActivity id="c" calledElement="q"/></process>'
                '<process id="q"><callActivity id="d" calledElement="q"/></process>'
            ),
            "又调用了自己",
        ),
    ],
)
def test_each_fault_has_its_code_and_says_where(code, inner, shown):
    error = refusal(inner)
    assert error.code == code
    assert shown in str(error.sentence)


def test_several_processes_are_named_and_one_can_be_chosen():
    inner = (
        '<process id="p" name="甲"><task id="t"/></process><process id="q"><task id="u"/></process>'
    )
    error = refusal(inner)
    assert error.code == "BPMN-03"
    assert "p「甲」、q。请用「--process 编号」" in str(error.sentence)
    assert read_bpmn(definitions(inner), process="q").flow.nodes[0].id == "u"
    missing = refusal(inner, process="r")
    assert (missing.code, "p「甲」、q" in str(missing.sentence)) == ("BPMN-04", True)


def test_processes_that_call_each_other_in_a_circle_are_refused():
    inner = (
        '<process id="p"><callActivity id="c" calledElement="q"/></process>'
        '<process id="q"><callActivity id="d" calledElement="p"/></process>'
    )
    assert refusal(inner).code == "BPMN-03"
    assert refusal(inner, process="p").code == "BPMN-13"


def test_calls_that_double_at_each_level_are_refused_rather_than_unfolded():
    levels = "".join(
        f'<process id="p{i}"><callActivity id="a{i}" calledElement="p{i + 1}"/>'
        f'<callActivity id="b{i}" calledElement="p{i + 1}"/></process>'
        for i in range(40)
    )
    assert refusal(f'{levels}<process id="p40"><task id="t"/></process>').code == "BPMN-14"


def test_a_long_chain_of_calls_is_refused():
    levels = "".join(
        f'<process id="p{i}"><callActivity id="a{i}" calledElement="p{i + 1}"/></process>'
        for i in range(3000)
    )
    assert refusal(f'{levels}<process id="p3000"><task id="t"/></process>').code == "BPMN-14"


def test_subprocesses_nested_beyond_reason_are_refused():
    opening = "".join(f'<subProcess id="s{i}">' for i in range(70))
    assert refusal(f'<process id="p">{opening}{"</subProcess>" * 70}</process>').code == "BPMN-14"
