"""The report in a real browser: it opens without a word on the console, and fits a phone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from browsing import CHROMIUM, QUIET
from factories import guiju, sample

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

PRINTED = ("--headless", "--hide-scrollbars", "--enable-logging=stderr", "--v=0")


def browse(address, folder, *flags):
    profile = folder / "profile"
    done = subprocess.run(
        [CHROMIUM, *QUIET, *PRINTED, f"--user-data-dir={profile}", *flags, address],
        capture_output=True,
        timeout=120,
        check=False,
    )
    shutil.rmtree(profile, ignore_errors=True)
    assert done.returncode == 0
    said = [line for line in done.stderr.decode(errors="replace").splitlines() if "CONSOLE" in line]
    return done.stdout.decode("utf-8", "replace"), said


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    sample(folder, cases=300)
    checked = guiju(
        "check", "log.xes", "--flow", "flow.bpmn", "--rules", "rules.toml", "--html", "r.html",
        cwd=folder,
    )  # fmt: skip
    assert checked.status == 1
    return folder / "r.html"


def test_the_report_opens_with_an_empty_console(report, tmp_path):
    dom, said = browse(report.as_uri(), tmp_path, "--dump-dom")
    assert said == []
    assert "件完全照流程办理" in dom
    assert dom.count("<svg") == 1


def test_a_variant_has_its_own_page(report, tmp_path):
    """The overview gives way to the variant whose link was followed."""
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe id="f" src="{report.as_uri()}#v2" width="1280" height="900"></iframe><p id="p">'
        "<script>f.onload = () => { const d = f.contentDocument, shown = e =>"
        " f.contentWindow.getComputedStyle(e).display !== 'none';"
        " p.textContent = [shown(d.querySelector('main')), shown(d.getElementById('v2')),"
        " shown(d.getElementById('v1'))].join() }</script>",
        "utf-8",
    )
    dom, _said = browse(
        frame.as_uri(), tmp_path, "--allow-file-access-from-files", "--dump-dom",
        "--virtual-time-budget=5000",
    )  # fmt: skip
    assert re.search(r'<p id="p">([^<]*)', dom)[1] == "false,true,false"


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(report, tmp_path, width):
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe id="f" src="{report.as_uri()}" width="{width}" height="900" frameborder="0">'
        '</iframe><p id="p"><script>f.onload = () => { p.textContent ='
        " f.contentDocument.documentElement.scrollWidth }</script>",
        "utf-8",
    )
    dom, _said = browse(
        frame.as_uri(), tmp_path, "--allow-file-access-from-files", "--dump-dom",
        "--virtual-time-budget=5000",
    )  # fmt: skip
    assert int(re.search(r'<p id="p">(\d+)', dom)[1]) <= width


def test_the_report_prints_on_paper(report, tmp_path):
    paper = tmp_path / "report.pdf"
    browse(report.as_uri(), tmp_path, f"--print-to-pdf={paper}", "--no-pdf-header-footer")
    assert paper.read_bytes().startswith(b"%PDF")
    assert paper.stat().st_size > 20_000
