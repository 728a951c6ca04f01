"""What a clerk does with a bureau's lists on their pages, from an own workbook to submission."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from offices import examine

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def begin(clerk, office):
    """The clerk begins an edition of the bureau's lists."""
    assert clerk.goto(f"{office.base}/lists/").status == 200
    examine(clerk, "whole-lists")
    clerk.get_by_role("link", name="开始编制").first.click()
    clerk.get_by_label("单位", exact=True).fill("某县水利局")
    clerk.get_by_label("名称", exact=True).fill("水利局权责清单")
    clerk.get_by_label("配置").select_option(label="县")
    clerk.get_by_role("button", name="下一步：核对").click()
    look(clerk, "whole-begin", "多一版空白草稿")
    clerk.get_by_role("button", name="开始编制").click()
    expect(clerk.locator(".toast")).to_contain_text("已开始编制")
    examine(clerk, "whole-edition")


def bring_in(clerk, content):
    """The clerk imports the bureau's own workbook."""
    clerk.get_by_role("link", name="导入表格").click()
    look(clerk, "whole-import", "第 1 步，共 4 步")
    file = {"name": "水利局权责清单.xlsx", "mimeType": SHEET, "buffer": content}
    clerk.set_input_files("input[type=file]", files=[file])
    clerk.get_by_role("button", name="上传并识别").click()
    expect(clerk.get_by_text("第 2 步，共 4 步")).to_be_visible()
    examine(clerk, "whole-mapping")
    clerk.get_by_role("button", name="下一步：核对变动").click()
    expect(clerk.get_by_text("第 3 步，共 4 步")).to_be_visible()
    examine(clerk, "whole-changes")
    clerk.get_by_role("button", name="导入这").click()
    expect(clerk.get_by_text("第 4 步，共 4 步")).to_be_visible()
    examine(clerk, "whole-imported")
    clerk.get_by_role("link", name="看还有哪些要改").click()
    expect(clerk.get_by_text("送审前还有")).to_be_visible()


def look(page, name, words):
    """Wait for what a page says, then look at it."""
    expect(page.get_by_text(words).first).to_be_attached()
    examine(page, name)


def finding(page, *words):
    """Return the row of the checks that says all of these words."""
    row = page.get_by_role("row")
    for word in words:
        row = row.filter(has_text=word)
    return row.first


def mend(clerk):
    """The clerk mends what the checks found, each from its own line."""
    examine(clerk, "whole-checks")
    clerk.get_by_role("button", name="按规则编码").click()
    look(clerk, "whole-codes", "编为 5116020130100100")
    clerk.get_by_role("button", name="按规则编码").click()
    expect(clerk.locator(".toast")).to_contain_text("已编码")
    expect(clerk.get_by_role("cell", name="GJ105")).to_have_count(0)

    finding(clerk, "行使边界").get_by_role("link", name="去改").click()
    clerk.get_by_label("行使边界").fill("只限本县河道规划的可采区，不含禁采期")
    examine(clerk, "whole-form")
    clerk.get_by_role("button", name="保存", exact=True).last.click()
    expect(clerk.locator(".toast")).to_contain_text("已保存权力")
    expect(finding(clerk, "行使边界")).to_have_count(0)

    finding(clerk, "流程里一个步骤也没有").get_by_role("link", name="去改").click()
    write_steps(clerk)
    bind_in_the_grid(clerk, clerk.url.rstrip("/").rpartition("/")[2])
    checks(clerk)
    for table in ("流程", "防控措施"):
        publish_all(clerk, table)
    give_a_reason(clerk)
    expect(clerk.get_by_text("没有妨碍送审的问题。")).to_be_visible()
    examine(clerk, "whole-checks-good")


def checks(clerk):
    clerk.get_by_role("link", name="检查", exact=True).first.click()
    expect(clerk.get_by_role("columnheader", name="查出什么、怎么改")).to_be_visible()


def write_steps(clerk):
    """The steps that the sheet could not tell, since nothing led to their end."""
    clerk.get_by_label("先写一行").fill("受理→审查→决定→送达")
    clerk.get_by_role("button", name="生成步骤表").click()
    clerk.get_by_label("更多栏目").check()
    posts = ("窗口", "审批股长", "分管副局长", "送达岗")
    kinds = ("受理", "审核", "决定", "送达")
    phases = ("动议", "执行", "决策", "结果")
    for row, told in enumerate(zip(posts, kinds, phases, strict=True), 2):
        said = dict(zip(("岗位", "类型", "阶段"), told, strict=True), 时限="3个工作日")
        for column, text in said.items():
            clerk.get_by_label(f"第 {row} 行 {column}", exact=True).fill(text)
    expect(clerk.locator("#verdict")).to_contain_text("最少 4 人能办完")
    examine(clerk, "whole-steps")
    clerk.get_by_role("button", name="保存步骤表").click()
    expect(clerk.get_by_text("已保存步骤表。")).to_be_visible()
    examine(clerk, "whole-flow")


def bind_in_the_grid(clerk, flow):
    """Where one risk stands and how another was found, typed as in a spreadsheet."""
    checks(clerk)
    clerk.get_by_role("link", name=re.compile("^内容")).click()
    clerk.get_by_role("link", name=re.compile("^风险 ?3")).click()
    clerk.get_by_role("link", name="表格编辑").click()
    clerk.get_by_role("link", name="在哪里").click()
    row = row_of(clerk, "现场查勘走过场")
    row.locator("[data-path=flow]").fill(flow)
    row.locator("[data-path=step]").fill("2")
    save_all(clerk)
    examine(clerk, "whole-grid")
    clerk.get_by_role("link", name="查找和监测").click()
    row_of(clerk, "考察时只听").locator("[data-path=channels]").fill("群众提")
    save_all(clerk)


def row_of(clerk, text):
    """Return the row of the grid whose first cell begins so."""
    expect(clerk.locator("tr[data-code] [data-path=text]").first).to_be_editable()
    for row in clerk.locator("tbody tr[data-code]").all():
        if row.locator("[data-path=text]").input_value().startswith(text):
            return row
    raise AssertionError(text)


def save_all(clerk):
    clerk.get_by_role("button", name="全部保存").click()
    expect(clerk.locator("[data-status]")).to_have_text("全部已保存")


def publish_all(clerk, table):
    """Nothing said who may see these: the same for all that the check found, at once."""
    clerk.locator("select[name=table]").select_option(label=table)
    clerk.locator("select[name=check]").select_option("GJ701")
    clerk.get_by_role("button", name="筛选").last.click()
    expect(clerk.get_by_text("共 3 行")).to_be_visible()
    clerk.get_by_role("checkbox").first.check()
    clerk.get_by_role("button", name="统一填写这一栏").click()
    clerk.get_by_label("统一填成").fill("社会")
    examine(clerk, "whole-fill")
    confirm(clerk, "统一填写")


def give_a_reason(clerk):
    finding(clerk, "集体定").get_by_role("checkbox").check()
    clerk.get_by_role("button", name="说明为什么可以保留").click()
    clerk.get_by_label("为什么可以保留").fill("集体定安排在本月局党组会，会议纪要另行存档")
    examine(clerk, "whole-reason")
    confirm(clerk, "保留并说明")


def confirm(page, button):
    """Go on from a form to what it will do, and do it; return what was said."""
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("？")
    told = page.get_by_role("main").inner_text()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".toast")).to_be_visible()
    return told


def submit(clerk):
    clerk.get_by_role("main").get_by_role("link", name="送审", exact=True).click()
    look(clerk, "whole-submit", "希望从哪天起生效")
    assert "内容锁定" in confirm(clerk, "送审")
    look(clerk, "whole-submitted", "（所批即此）")


def open_task(page, office, name):
    """Go from the workbench to what a task is about."""
    assert page.goto(office.base + "/inbox/").status == 200
    examine(page, "whole-inbox")
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("link", name="打开办理页面").click()


def act(page, link, button, **filled):
    page.get_by_role("main").get_by_role("link", name=link, exact=True).click()
    for label, text in filled.items():
        page.get_by_label(label).fill(text)
    return confirm(page, button)
