"""Handing files in by the page, and taking them out: never shown inside our own origin."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.base.evidence import actions
from guiju.base.evidence.models import StoredFile
from guiju.base.evidence.store import path_of, walk
from guiju.core.terms import Role
from pictures import picture
from readers import QUERIES, make_account, reader, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    return reader(Role.SUPERVISOR)


def hand_in(client, content=None, name="现场.jpg", **form):
    sent = SimpleUploadedFile(name, picture() if content is None else content)
    return client.post("/files/", {"file": sent, "key": str(uuid.uuid4()), **form})


def text(response):
    return response.content.decode()


def test_an_empty_list_says_what_to_do(data_folder, client):
    response = client.get("/files/")
    assert response.status_code == 200
    assert "还没有收存文件" in text(response)


def test_a_file_is_handed_in_and_shown(data_folder, client, django_assert_max_num_queries):
    response = hand_in(client)
    assert response.status_code == 302
    with django_assert_max_num_queries(3 + QUERIES):
        page = client.get(response["Location"])
    assert page.status_code == 200
    assert "现场.jpg" in text(page)
    assert "Zhang San" in text(page)
    with django_assert_max_num_queries(3 + QUERIES):
        assert "现场.jpg" in text(client.get("/files/"))


@pytest.mark.parametrize("which", ["clean", "original"])
def test_content_is_a_download_that_no_page_can_run(data_folder, client, which):
    response = client.get(hand_in(client)["Location"] + which)
    body = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert (b"Zhang San" in body) == (which == "original")


def test_a_name_cannot_break_the_header(data_folder, client):
    row = StoredFile.objects.get(
        key=hand_in(client, name='a"\r\nSet-Cookie: x=1\r\n.jpg')["Location"].split("/")[2]
    )
    response = client.get(f"/files/{row.key}/original")
    response.close()
    assert "Set-Cookie" not in response.headers
    assert "\n" not in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>", "x.txt"),
        (b"MZ\x90\x00", "x.jpg"),
        (b"", "x.txt"),
        (b"%PDF-1.4", "x.pdf"),
    ],
)
def test_a_refusal_is_a_page_with_one_sentence_and_status_400(data_folder, client, content, name):
    response = hand_in(client, content, name)
    assert response.status_code == 400
    assert "文件没有收下" in text(response)
    assert "代码 EVIDENCE-" in text(response)
    assert list(walk(actions.store_folder())) == []


def test_a_path_in_a_name_is_only_words(data_folder, client):
    address = hand_in(client, b"words", "../../etc/passwd")["Location"]
    assert "passwd.txt" in text(client.get(address))
    assert ".." not in StoredFile.objects.get().name


def test_no_file_at_all_is_said(data_folder, client):
    response = client.post("/files/", {"key": str(uuid.uuid4())})
    assert response.status_code == 400
    assert "没有选文件" in text(response)


def test_the_same_form_twice_is_a_conflict(data_folder, client):
    key = str(uuid.uuid4())
    assert hand_in(client, key=key).status_code == 302
    assert hand_in(client, key=key).status_code == 409
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("length", [str(2 * 1024**3), str(10**30), "-1", "x"])
def test_a_body_that_is_too_large_is_refused_unread(data_folder, client, length):
    class Unreadable(io.RawIOBase):
        def read(self, *_size):
            raise AssertionError

    response = client.generic(
        "POST", "/files/", CONTENT_LENGTH=length, **{"wsgi.input": Unreadable()}
    )
    assert response.status_code == 413
    assert "没有收下" in text(response)


def test_a_form_from_another_site_is_refused(data_folder):
    strict = sign_in(make_account(Role.SUPERVISOR), client=Client(enforce_csrf_checks=True))
    assert hand_in(strict).status_code == 403
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("address", ["", "clean", "original"])
def test_unknown_files_are_missing(data_folder, client, address):
    assert client.get(f"/files/{uuid.uuid4()}/{address}").status_code == 404


def test_content_that_is_gone_is_said(data_folder, client):
    address = hand_in(client)["Location"]
    path_of(actions.store_folder(), StoredFile.objects.get().sha256).unlink()
    response = client.get(address + "original")
    assert response.status_code == 400
    assert "用备份找回" in text(response)


def test_names_and_metadata_are_escaped(data_folder, client):
    page = client.get(hand_in(client, name="<b>a & 'b'.jpg")["Location"])
    assert "<b>a" not in text(page)
    assert "_b_a &amp; &#x27;b&#x27;.jpg" in text(page)


@pytest.mark.parametrize("query", ["older=x", "older=1.2.3", "older=1&newer=2"])
def test_bad_places_in_the_list_are_refused(data_folder, client, query):
    assert client.get(f"/files/?{query}").status_code == 400
