"""A citizen checks a published edition with what the portal gives and the command line alone."""

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from factories import guiju
from guiju.base.record import actions, sequencer
from guiju.base.record.actor import SYSTEM
from guiju.base.record.signing import log_key
from publishing import address, published, text_of
from record_story import CHIEF, cosign_latest, register_witness
from recorded import NOON
from reviewing import Chain, nothing_found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
LATER = NOON + timedelta(days=60)


@pytest.fixture
def witnesses(data_folder):
    actions.open_log(by=SYSTEM, at=NOON)
    keys = [register_witness(name, at=NOON) for name in ("audit.example/w1", "county.example/w2")]
    actions.set_quorum(count=2, by=CHIEF, at=NOON)
    return keys


@pytest.fixture
def issue(monkeypatch, witnesses):
    nothing_found(monkeypatch)
    return published(Chain())[0]


@pytest.fixture
def sealed(issue, witnesses):
    sequencer.seal_waiting()
    cosign_latest(witnesses, at=LATER)
    return issue


@pytest.fixture
def unpacked(sealed, tmp_path):
    response = Client().get(address(sealed, "proof.zip"))
    assert response.status_code == 200
    folder = tmp_path / "proof"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        archive.extractall(folder)
    return folder


def trusted(folder, witnesses):
    """Keys that the citizen got from elsewhere."""
    (folder / "elsewhere.txt").write_text("".join(f"{key.key}\n" for key in witnesses))
    return "--log-key", str(log_key().key), "--witness-keys", "elsewhere.txt"


def test_until_it_is_sealed_the_page_says_so(issue):
    assert "正在封存，约一分钟" in text_of(address(issue, ""))
    assert "约一分钟后可以下载" in text_of(address(issue, "proof", ""))
    assert "约一分钟后再下载" in text_of(address(issue, "proof.zip"), 503)


def test_what_is_numbered_but_under_no_checkpoint_yet_is_not_offered(issue):
    sequencer.seal_waiting()
    assert "约一分钟后可以下载" in text_of(address(issue, "proof", ""))
    text_of(address(issue, "proof.zip"), 503)


def test_the_page_shows_the_sealed_number_of_each_event_and_how_to_check(sealed):
    page = text_of(address(sealed, "proof", ""))
    for word in ("sha256sum lists.json", "guiju verify published.tlog-proof", sealed.digest):
        assert word in page
    assert page.count("记录第 ") == 2
    assert "guiju verify effective.tlog-proof" in page


def test_the_bundle_is_verified_by_the_command_line_alone(unpacked, witnesses):
    keys = trusted(unpacked, witnesses)
    for name in ("published", "effective"):
        found = guiju("verify", f"{name}.tlog-proof", *keys, cwd=unpacked)
        assert found.status == 0, found
        assert "核对无误" in found.out


def test_its_own_keys_prove_that_it_does_not_contradict_itself(unpacked):
    found = guiju("verify", "published.tlog-proof", cwd=unpacked)
    assert found.status == 0, found


def test_the_digest_of_the_download_is_the_one_in_the_record(unpacked, sealed):
    told = json.loads((unpacked / "published.json").read_bytes())["data"]
    lists = (unpacked / "lists.json").read_bytes()
    assert hashlib.sha256(lists).hexdigest() == told["digest"] == sealed.digest
    withheld = (unpacked / "withheld.json").read_bytes()
    assert hashlib.sha256(withheld).hexdigest() == told["withheld"]
    assert Client().get(address(sealed, "lists.json")).content == lists
    effective = json.loads((unpacked / "effective.json").read_bytes())["data"]
    assert effective["digest"] == told["source"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_the_command_that_the_page_names_gives_the_digest_that_the_page_shows(unpacked, sealed):
    done = subprocess.run(
        ["sha256sum", "lists.json"], cwd=unpacked, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == sealed.digest
    assert sealed.digest in text_of(address(sealed, "proof", ""))


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
@pytest.mark.parametrize("name", ["lists.json", "withheld.json", "published.tlog-proof"])
def test_all_files_are_checked_at_once_and_one_changed_byte_is_found(unpacked, name):
    def checked():
        command = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
        return subprocess.run(command, cwd=unpacked, capture_output=True, check=False).returncode

    assert checked() == 0
    content = bytearray((unpacked / name).read_bytes())
    content[-2] ^= 1
    (unpacked / name).write_bytes(content)
    assert checked() == 1


@pytest.mark.parametrize("name", ["published", "effective"])
def test_a_changed_entry_is_found_out(unpacked, witnesses, name):
    entry = unpacked / f"{name}.json"
    entry.write_bytes(entry.read_bytes().replace(b'"ordinal":1', b'"ordinal":2'))
    found = guiju("verify", f"{name}.tlog-proof", *trusted(unpacked, witnesses), cwd=unpacked)
    assert found.status == 1, found


def test_a_changed_list_has_another_digest(unpacked, sealed):
    lists = (unpacked / "lists.json").read_bytes()
    changed = lists.replace("采砂".encode(), "采石".encode(), 1)
    assert hashlib.sha256(changed).hexdigest() != sealed.digest


def test_the_download_is_read_by_the_product_s_own_commands(unpacked):
    found = guiju("lists", "export", "lists.json", "-o", "lists.csv", cwd=unpacked)
    assert found.status == 0, found
    assert "河道采砂许可" in (unpacked / "lists.csv").read_text("utf-8-sig")


def test_the_readme_says_how_in_words(unpacked, sealed):
    text = (unpacked / "README.txt").read_text("utf-8")
    assert sealed.digest in text
    assert "&" not in text.replace("&&", "")
