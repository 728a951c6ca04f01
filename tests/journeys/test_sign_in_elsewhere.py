"""Signing in elsewhere as an office meets it: doctor's word, the button, nothing loaded in vain."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from directory_house import BASE, READER, READER_PASSWORD, SLAPD, directory_house
from installation import free_port, installed
from openid_house import CLIENT, SECRET, provider_house

ROOT = Path(__file__).parents[2]

STORY = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from signing_in import an_account
an_account()
"""
LOADED = """
import sys
from django.urls import get_resolver
get_resolver().url_patterns
print([name for name in ("jwt", "ldap3") if name in sys.modules])
"""


@pytest.fixture(scope="module")
def house():
    with provider_house() as running:
        yield running


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded, house):
    with installed(tmp_path_factory.mktemp("elsewhere"), template=founded) as made:
        made.variables |= {
            "GUIJU_OIDC_ISSUER": house.issuer,
            "GUIJU_OIDC_CLIENT": CLIENT,
            "GUIJU_OIDC_SECRET": SECRET,
            "GUIJU_OIDC_NAME": "县政务统一身份认证",
        }
        assert made.in_django(STORY).status == 0
        yield made


def test_what_is_not_configured_is_not_loaded(tmp_path):
    with installed(tmp_path) as made:
        assert made.in_django(LOADED).out.strip().endswith("[]")


def test_doctor_says_whether_the_provider_answers(office, house):
    assert "登录服务「县政务统一身份认证」：有答复，签名密钥 2 把" in office.run("doctor").out
    away = office.run("doctor", GUIJU_OIDC_ISSUER=f"http://127.0.0.1:{free_port()}")
    assert away.status == 1
    assert "登录服务「县政务统一身份认证」：连接不上" in away.out


@pytest.mark.skipif(SLAPD is None, reason="slapd (OpenLDAP) is not installed")
def test_doctor_says_whether_the_directory_answers(office, tmp_path):
    with directory_house(tmp_path) as directory:
        said = {
            "GUIJU_LDAP_URL": directory.secure,
            "GUIJU_LDAP_BASE": BASE,
            "GUIJU_LDAP_USER": READER,
            "GUIJU_LDAP_PASSWORD": READER_PASSWORD,
        }
        trusted = office.run("doctor", **said, GUIJU_LDAP_AUTHORITIES=directory.authorities)
        assert "有答复，可以查找人员" in trusted.out
        untrusted = office.run("doctor", **said)
        assert untrusted.status == 1
        assert "证书不可信" in untrusted.out


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_button_leads_to_the_provider_and_back_inside(office, house, width, scheme):
    said = []
    with office.serving("--no-worker", "--workers", "2") as server, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        page.on("console", lambda message: said.append(message.text))
        base = f"http://127.0.0.1:{server.port}"
        assert page.goto(f"{base}/account/sessions/", wait_until="networkidle").status == 200
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if AXE.exists():
            assert serious(page) == []
        page.get_by_role("link", name="用「县政务统一身份认证」登录").click()
        page.wait_for_url(f"{base}/account/sessions/")
        expect(page.get_by_text("正在使用的这一处")).to_be_visible()
        browser.close()
    assert said == []
