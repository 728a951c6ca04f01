"""Pictures of every part and page, for docs/pictures: ``make pictures``.

One sheet for each exhibit of the gallery and width (its six states; parts also in the dark
and as printed), and one for each area of the example county. ``--only flow,org`` (``make pictures
ONLY=flow,org``) redoes some.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Response, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 16_000_000
WIDTHS = {1280: (800, 0.5, 4), 360: (1000, 0.6, 8)}
"""By width of the screen: height at most, scale on the sheet, pictures in a row."""

QUALITY = 40
"""Of WebP: words stay legible, and colours true, which a small palette of PNG does not keep."""

GAP = 10
PAPER = 1280
"""At what width pages are shown as printed."""

DRAFT, REVIEWED = (
    f"/lists/?q={name}四单 > {name}四单" for name in ("示例县教育局", "示例县教育局计划财务科")
)
FLOW = f"{DRAFT} > 内容 > 流程 > #tbody a > 流程图与步骤表"
VIEWS, CAMPAIGN = f"{DRAFT} > 一览", "/campaigns/ > 2026 年廉政风险排查"
VIEWS_EN = f"{DRAFT} > Views > #tbody a"
PUBLISHED = "/open/ > #.open-units a"
SAMPLE = """\
序号\t权力名称\t权力类型\t行使主体\t实施依据\t承办科室说明\t风险等级
1\t民办学校设立审批\t行政许可\t示例县教育局\t《民办教育促进法》第十二条\t政务服务股\tⅠ级
2\t教师资格认定\t行政确认\t示例县教育局\t《教师资格条例》第十三条\t人事股\tⅡ级
3\t校车使用许可\t8\t示例县教育局\t《校车安全管理条例》第十五条\t安全股\t看情况
"""
"""What is pasted as somebody's own table."""

LOOKS = ("en:", "dark:", "print:")
PAGES = {
    "org": (
        "supervisor",
        ("/org/", "/org/chart/", "/org/units/", "@/org/units/", "/org/posts/", "@/org/posts/",
         "/org/people/", "@/org/people/"),
    ),
    "org-more": (
        "org_keeper",
        ("/org/bodies/", "@/org/bodies/", "/org/rotation/", "/org/vacancies/",
         "/org/concentration/", "/org/keys/", "/org/import/", "/org/duties/"),
    ),
    "inbox": (
        "org_keeper",
        ("/inbox/", "/inbox/notices/", "/org/delegations/", "/org/declarations/",
         "/account/", "/access/views/?list=org:people", "/help/", "/search/?q=教育"),
    ),
    "record": ("audit_admin", ("/record/", "/record/?period=month", "@/record/", "/record/state/")),
    "access": (
        "security_admin",
        ("/access/", "@/access/", "/access/roles/", "/access/matrix/",
         "/access/administrators/", "/access/open/"),
    ),
    "lists": (
        "list_keeper",
        ("/lists/", DRAFT, f"{DRAFT} > 内容", f"{DRAFT} > 内容 > 表格编辑",
         f"{DRAFT} > 检查", f"{DRAFT} > 内容 > #tbody a", f"{DRAFT} > 内容 > #tbody a > 修改",
         f"{DRAFT} > 导出"),
    ),
    "lists-import": (
        "list_keeper",
        (f"{DRAFT} > 导入表格", f"{DRAFT} > 导入表格 > +pasted > 识别粘贴的表格",
         f"{DRAFT} > 导入表格 > +pasted > 识别粘贴的表格 > 下一步：核对变动"),
    ),
    "flows": (
        "list_keeper",
        (FLOW, f"{FLOW} > 步骤表", f"{FLOW} > 画流程图", f"{FLOW} > 上传流程图"),
    ),
    "views": (
        "supervisor",
        (VIEWS, f"{VIEWS} > 权力标签 > #tbody a", f"{VIEWS} > 覆盖矩阵", f"{VIEWS} > 风险等级目录",
         f"{VIEWS} > 按岗位", f"{VIEWS} > 按流程", f"{VIEWS} > 按制度", "/views/risk-map/"),
    ),
    "views-mine": (
        "leader",
        ("/views/mine/", "/approval/", "/campaigns/mine/"),
    ),
    "approval": (
        "supervisor",
        (f"{REVIEWED} > 审核", f"{DRAFT} > 审核", f"{DRAFT} > 对比", f"{DRAFT} > 经过"),
    ),
    "campaigns": (
        "list_keeper",
        ("/campaigns/", CAMPAIGN, f"{CAMPAIGN} > 归并", f"{CAMPAIGN} > 四不放过",
         f"{CAMPAIGN} > 定级", f"{CAMPAIGN} > 表格"),
    ),
    "portal": (
        "staff",
        ("/open/", "/open/search/?q=盖房要什么手续", PUBLISHED, f"{PUBLISHED} > #.rows a",
         f"{PUBLISHED} > 核对这一版有没有被改过", "/open/ > 提意见", "/open/verify/",
         "/open/data/"),
    ),
    "looks": (
        "supervisor",
        (f"en:{REVIEWED} > Review", "en:/open/?lang=en", f"en:{VIEWS_EN}",
         f"dark:{REVIEWED} > 审核", "dark:/open/", f"dark:{VIEWS} > #tbody a",
         f"print:{REVIEWED} > 审核", "print:/open/", f"print:{VIEWS} > #tbody a"),
    ),
}  # fmt: skip
"""Sheets of the county: who looks, and at what.

``@`` opens the first thing of a list. What follows after `` > `` is followed by its name, ``#``
names it by a selector, ``+`` is a field that the sample is put into. A page may be asked for in
English (``en:``), in the dark or as printed.
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pictures that are put side by side."""

    name: str
    width: int
    shots: tuple[Image.Image, ...]

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.name}-{self.width}.webp"

    def write(self) -> None:
        """Scale the pictures down, put them in rows, and keep them small."""
        _, scale, across = WIDTHS[self.width]
        small = [
            one.resize(
                (round(one.width * scale), round(one.height * scale)), Image.Resampling.LANCZOS
            )
            for one in self.shots
        ]
        rows = [small[at : at + across] for at in range(0, len(small), across)]
        wide = max(sum(one.width + GAP for one in row) for row in rows) + GAP
        high = sum(max(one.height for one in row) + GAP for row in rows) + GAP
        sheet, y = Image.new("RGB", (wide, high), "#8a97a5"), GAP
        for row in rows:
            x = GAP
            for one in row:
                sheet.paste(one, (x, y))
                x += one.width + GAP
            y += max(one.height for one in row) + GAP
        sheet.save(self.path, quality=QUALITY, method=6)


def main() -> int:
    """Make the sheets that are asked for, and the list of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="beginnings of names, with commas between")
    parser.add_argument("--data", type=Path, default=ROOT / "out" / "demo")
    parser.add_argument("--port", type=int, default=8461)
    asked = parser.parse_args()
    only = tuple(filter(None, asked.only.split(",")))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with county(asked.data, asked.port) as base, sync_playwright() as playwright:
        names = ("chromium", "chromium-browser", "chromium-headless-shell")
        executable = next(filter(None, map(shutil.which, names)), None)
        chinese = {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox"], env=chinese
        )
        cookies = sign_ins(base, asked.data)
        for sheet in sheets(browser, base, cookies, only):
            sheet.write()
            print(sheet.path.relative_to(ROOT), sheet.path.stat().st_size // 1000, "kB")
        browser.close()
    return write_index()


@contextmanager
def county(data: Path, port: int) -> Iterator[str]:
    """Serve the example county, which is made where it is not there."""
    base = f"http://127.0.0.1:{port}"
    guiju = Path(sys.executable).with_name("guiju")
    command = [guiju, "demo", "--data", data, "--bind", f"127.0.0.1:{port}"]
    serving = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{base}/account/sign-in/", timeout=5)  # noqa: S310 - ours
                break
            except OSError:
                time.sleep(0.5)
        yield base
    finally:
        serving.terminate()
        serving.wait()


def sign_ins(base: str, data: Path) -> dict[str, dict[str, str]]:
    """Return a cookie for each role of the county's cast."""
    from guiju.config.cli.ground import stand_on_ground  # noqa: PLC0415 - chooses the data first
    from guiju.config.home import make_secret  # noqa: PLC0415 - as above
    from guiju.demo.county.sign_ins import read_sign_ins  # noqa: PLC0415 - as above

    os.environ["GUIJU_DATA"] = str(data)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright runs a loop in this thread
    make_secret(data)
    stand_on_ground()
    from django.test import Client  # noqa: PLC0415 - needs Django set up

    from guiju.base.access.middleware import SECOND_FACTOR  # noqa: PLC0415 - as above
    from guiju.base.access.models import Account  # noqa: PLC0415 - as above

    cookies = {}
    for line in read_sign_ins(data):
        client = Client()
        client.force_login(Account.objects.get(login_name=line.login_name))
        session = client.session
        session[SECOND_FACTOR] = True
        session.save()
        key = {"name": "guiju_session", "value": str(session.session_key), "url": base}
        cookies.setdefault(line.role.value, key)
    return cookies


def sheets(
    browser: Browser, base: str, cookies: dict[str, dict[str, str]], only: tuple[str, ...]
) -> Iterator[Sheet]:
    """Give every sheet that is asked for."""
    from guiju.base.ui.gallery import STATES, exhibits  # noqa: PLC0415 - needs Django set up

    for one in exhibits():
        name = f"part-{one.name}"
        if only and not one.name.startswith(only):
            continue
        for width in WIDTHS:
            with looking(browser, width, cookies["supervisor"]) as page:
                shots = [shot(page, f"{base}/gallery/{one.name}/{state}/") for state in STATES]
                if not one.is_screen:  # a screen consists of parts, which are shown so
                    page.emulate_media(color_scheme="dark")
                    shots.append(shot(page, f"{base}/gallery/{one.name}/typical/"))
                    page.emulate_media(color_scheme="light", media="print")
                    shots.append(shot(page, page.url))
            yield Sheet(name, width, tuple(shots))
    for name, (role, paths) in PAGES.items():
        if only and not name.startswith(only):
            continue
        for width in WIDTHS:
            with looking(browser, width, cookies[role]) as page:
                shown = [one for one in paths if width == PAPER or not one.startswith("print:")]
                yield Sheet(f"page-{name}", width, tuple(opened(page, base, one) for one in shown))


@contextmanager
def looking(browser: Browser, width: int, cookie: dict[str, str]) -> Iterator[Page]:
    """Open a window of that width in which somebody has signed in."""
    size = {"width": width, "height": WIDTHS[width][0]}
    context = browser.new_context(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
    context.add_cookies([cookie])  # type: ignore[list-item]
    yield context.new_page()
    context.close()


def opened(page: Page, base: str, path: str) -> Image.Image:
    """Return the picture of a page that is reached as ``PAGES`` says."""
    how, _, path = path.rpartition(":") if path.startswith(LOOKS) else ("", "", path)
    page.emulate_media(color_scheme="dark" if how == "dark" else "light", media="screen")
    language = {"name": "guiju_language", "value": "en" if how == "en" else "zh-hans", "url": base}
    page.context.add_cookies([language])  # type: ignore[list-item] # as playwright has it
    start, *steps = path.removeprefix("@").split(" > ")
    go(page, base + start)
    if path.startswith("@"):
        steps = ["#tbody a, .says a"]
    for step in steps:
        follow(page, step)
    if how == "print":
        page.emulate_media(media="print")
    return taken(page)


def follow(page: Page, step: str) -> None:
    """Go where a step of a path leads."""
    main = page.locator("main")
    if step.startswith("+"):
        main.locator(f"#{step[1:]}").fill(SAMPLE)
        return
    named = main.get_by_role("link", name=step).or_(main.get_by_role("button", name=step))
    found = main.locator(step[1:]) if step.startswith("#") else named
    with page.expect_navigation(wait_until="load") as answer:
        found.first.click()
    check(page.url, answer.value)


def shot(page: Page, address: str) -> Image.Image:
    """Return the picture of the page at an address."""
    go(page, address)
    return taken(page)


def go(page: Page, address: str) -> None:
    """Open an address."""
    check(address, page.goto(address, wait_until="load"))


def check(address: str, answer: Response | None) -> None:
    """Stop at a page that does not open.

    Raises:
        SystemExit: for one.
    """
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address}: {answer and answer.status}")


def taken(page: Page) -> Image.Image:
    """Return the picture of the upper part of the page that is open."""
    width = page.evaluate("document.documentElement.clientWidth")
    most = WIDTHS[width][0]
    high = min(most, page.evaluate("document.body.scrollHeight"))
    size = {"x": 0, "y": 0, "width": width, "height": high}
    data = page.screenshot(clip=size, full_page=True)  # type: ignore[arg-type]
    return Image.open(io.BytesIO(data)).convert("RGB")


def write_index() -> int:
    """List the sheets; return 1 when they have grown too large."""
    names = sorted({one.stem.rpartition("-")[0] for one in FOLDER.glob("*.webp")})
    lines = [
        "# Pictures",
        "",
        "Made by `make pictures` from the gallery and the example county; all contents are made",
        "up. Sheets of parts show, from left to right: empty, typical, long text, 200 items,",
        "error, forbidden; parts also in the dark and as printed. `page-looks` are three pages in",
        "English, in the dark and as printed.",
        "",
        "| what | 1280 px | 360 px |",
        "|---|---|---|",
        *(f"| {one} | [sheet]({one}-1280.webp) | [sheet]({one}-360.webp) |" for one in names),
    ]
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n", "utf-8")
    total = sum(one.stat().st_size for one in FOLDER.glob("*.webp"))
    print(f"{total / 1e6:.1f} MB of at most {MOST_BYTES / 1e6:.0f}")
    return int(total > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
