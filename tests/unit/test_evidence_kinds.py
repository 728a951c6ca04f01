"""What comes in is told by its content; every kind is taken, every other is refused with advice."""

from __future__ import annotations

import gzip
import tarfile
from io import BytesIO

import pytest

from evidence import making
from evidence.examining import examined
from guiju.base.evidence import store
from guiju.base.evidence.kinds import ENDINGS, FileKind
from guiju.base.evidence.receive import receive
from guiju.base.evidence.scan import ScanState
from guiju.core.errors import Invalid

BPMN = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'
XES = b'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/"><trace/></log>'
GOOD = {
    "报告.pdf": (FileKind.PDF, making.pdf),
    "公文.ofd": (FileKind.OFD, making.ofd),
    "说明.docx": (FileKind.DOCX, making.docx),
    "台账.xlsx": (FileKind.XLSX, making.xlsx),
    "说明.odt": (FileKind.ODT, making.odt),
    "台账.ods": (FileKind.ODS, lambda: making.odt(kind="spreadsheet")),
    "说明.doc": (FileKind.DOC, making.doc),
    "说明.wps": (FileKind.DOC, making.doc),
    "台账.xls": (FileKind.XLS, making.xls),
    "台账.et": (FileKind.XLS, making.xls),
    "截图.png": (FileKind.PNG, making.picture),
    "照片.JPG": (FileKind.JPEG, making.photo),
    "照片.webp": (FileKind.WEBP, lambda: making.photo("WEBP")),
    "扫描.tif": (FileKind.TIFF, lambda: making.photo("TIFF")),
    "说明.txt": (FileKind.TEXT, lambda: "情况说明".encode("gb18030")),
    "记录.log": (FileKind.TEXT, lambda: "情况说明\n".encode("utf-16")),
    "台账.csv": (FileKind.CSV, "单位,金额\n某局,1".encode),
    "流程.bpmn": (FileKind.BPMN, lambda: BPMN),
    "日志.xes": (FileKind.XES, lambda: XES),
    "录音.mp3": (FileKind.MP3, making.mp3),
    "录音.wav": (FileKind.WAV, making.wav),
    "录像.mp4": (FileKind.MP4, making.mp4),
    "录音.m4a": (FileKind.MP4, lambda: making.mp4(brand=b"M4A ")),
}


def tar():
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return out.getvalue()


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_is_told_by_content_with_its_name_and_without(tmp_path, name):
    kind, make = GOOD[name]
    assert examined(tmp_path, make(), name).kind is kind
    bare = FileKind.TEXT if kind is FileKind.CSV else kind
    assert examined(tmp_path, make(), "没有后缀").kind is bare


def test_the_list_of_kinds_is_complete():
    taken = {kind for kind, _ in GOOD.values()} | {FileKind.PPTX}
    assert taken == set(FileKind) == set(ENDINGS)


def test_a_presentation_is_told_by_its_main_part(tmp_path):
    members = making.docx_members()
    types = members["[Content_Types].xml"]
    members["[Content_Types].xml"] = types.replace(
        "wordprocessingml.document", "presentationml.presentation"
    )
    assert examined(tmp_path, making.zipped(members), "汇报.pptx").kind is FileKind.PPTX


@pytest.mark.parametrize(
    ("name", "make", "really", "advice"),
    [
        ("报告.pdf", making.picture, "PNG 图片", "后缀改成 .png"),
        ("照片.jpg", making.picture, "PNG 图片", "后缀改成 .png"),
        ("说明.docx", making.xlsx, "Excel 工作簿", "后缀改成 .xlsx"),
        ("说明.docx", making.doc, "旧版 Word", "后缀改成 .doc"),
        ("程序.exe", making.pdf, "PDF 文件", "后缀改成 .pdf"),
        ("脚本.bat", lambda: b"echo hello", "纯文本", "后缀改成 .txt"),
        ("报告\u202efdp.exe", making.pdf, "PDF 文件", "后缀改成 .pdf"),
        ("录音.wav", making.mp3, "MP3 录音", "后缀改成 .mp3"),
        ("流程.txt", lambda: BPMN, "BPMN 流程文件", "后缀改成 .bpmn"),
    ],
)
def test_a_name_that_lies_is_told_the_truth(tmp_path, name, make, really, advice):
    with pytest.raises(Invalid, match="EVIDENCE-05") as said:
        receive(BytesIO(make()), declared_name=name, store=tmp_path)
    assert really in str(said.value)
    assert advice in str(said.value)
    assert list(store.walk(tmp_path)) == []


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: making.picture("GIF", mode="P"), "GIF 动图"),
        (lambda: making.picture("BMP"), "BMP 图片"),
        (lambda: making.box(b"ftyp", b"heic", bytes(4), b"mif1heic") + bytes(100), "HEIC 照片"),
        (lambda: making.box(b"ftyp", b"qt  ", bytes(4), b"qt  ") + bytes(100), "MOV 录像"),
        (lambda: making.zipped({"a.txt": b"a"}), "压缩包"),
        (lambda: gzip.compress(b"a"), "gzip 压缩包"),
        (tar, "tar 压缩包"),
        (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(50), "RAR 压缩包"),
        (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50), "7z 压缩包"),
        (lambda: b"MZ\x90\x00" + bytes(200), "程序"),
        (lambda: b"\x7fELF" + bytes(200), "程序"),
        (lambda: b"{\\rtf1 hello}", "RTF 文档"),
        (lambda: b"#!/bin/sh\necho", "脚本程序"),
        (lambda: b"<!DOCTYPE html><p>x", "网页"),
        (lambda: b"<html><body>x", "网页"),
        (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG 图片"),
        (lambda: b'<?xml version="1.0"?><a/>', "BPMN 和 XES 以外的 XML"),
        (lambda: bytes(range(256)), "认不出格式"),
        ("\ufffe\u0378".encode, "认不出格式"),
        (lambda: making.odt(kind="presentation"), "开放文档"),
        (lambda: making.compound({"PowerPoint Document": b"x"}), "旧版 PowerPoint"),
        (lambda: making.compound({"__properties_version1.0": b"x"}), "Outlook 邮件"),
        (lambda: making.compound({"Anything": b"x"}), "旧版 Office"),
    ],
)
def test_other_kinds_are_named_and_refused_with_advice(tmp_path, make, what):
    with pytest.raises(Invalid, match="EVIDENCE-04") as said:
        examined(tmp_path, make())
    assert what in str(said.value)
    assert "请" in str(said.value)


def test_a_received_file_says_everything_about_itself(tmp_path):
    content = making.photo()
    got = receive(BytesIO(content), declared_name="C:\\fakepath\\现场", store=tmp_path)
    assert (got.kind, got.name, got.size) == (FileKind.JPEG, "现场.jpg", len(content))
    assert got.scan is ScanState.NOT_SCANNED
    assert any("没有查过病毒" in str(remark) for remark in got.remarks)
    assert any("30.274" in row.value for row in got.rows)
    assert got.clean_sha256 not in {None, got.sha256}
    assert sorted(store.walk(tmp_path)) == sorted([got.sha256, got.clean_sha256])
    with store.open_stored(tmp_path, got.sha256) as stream:
        assert stream.read() == content


def test_a_text_is_its_own_clean_copy(tmp_path):
    got = receive(BytesIO(b"text"), declared_name="a.txt", store=tmp_path)
    assert got.clean_sha256 == got.sha256
    assert list(store.walk(tmp_path)) == [got.sha256]


def test_an_old_document_has_no_clean_copy_and_says_why(tmp_path):
    got = receive(BytesIO(making.doc()), declared_name="a.doc", store=tmp_path)
    assert got.clean_sha256 is None
    assert any("没有清洁副本" in str(remark) for remark in got.remarks)
    assert [row.value for row in got.rows] == ["李四"]


@pytest.mark.parametrize("name", ["秘密★10年 纪要.txt", "纪要（机密★长期）.txt", "绝密*10年.txt"])
def test_a_marked_name_is_refused_before_anything_is_read(tmp_path, name):
    with pytest.raises(Invalid, match="EVIDENCE-11"):
        receive(BytesIO(b"text"), declared_name=name, store=tmp_path)
    assert list(store.walk(tmp_path)) == []


MARK = "秘密★10年"
MARKED = {
    "文本": lambda: f"会议纪要\n{MARK}".encode("gb18030"),
    "CSV": f"密级\n{MARK}\n".encode,
    "PDF": lambda: making.pdf_saying(MARK),
    "PDF 属性": lambda: making.pdf(change=lambda pdf: pdf.docinfo.__setitem__("/Title", MARK)),
    "DOCX": lambda: making.docx(MARK),
    "DOCX 分段": lambda: making.docx("秘</w:t></w:r><w:r><w:t>密★</w:t></w:r><w:r><w:t>10年"),
    "DOCX 页眉": lambda: making.changed(
        making.docx(), **{"word/header1.xml": f"<w:hdr xmlns:w='{making.W}'>{MARK}</w:hdr>"}
    ),
    "XLSX 转义": lambda: making.docx("&#31192;&#23494;&#9733;10&#24180;"),
    "ODT": lambda: making.odt(MARK),
    "OFD": lambda: making.ofd(MARK),
    "OFD 分字": lambda: making.ofd(
        "秘</ofd:TextCode></ofd:TextObject><ofd:TextObject><ofd:TextCode>密★"
    ),
    "DOC": lambda: making.doc(MARK),
    "PNG 说明": lambda: making.photo("JPEG", comment=MARK.encode()),
}


@pytest.mark.parametrize("name", MARKED)
def test_a_mark_inside_is_seen(tmp_path, name):
    with pytest.raises(Invalid, match="EVIDENCE-11"):
        examined(tmp_path, MARKED[name]())


@pytest.mark.parametrize(
    "make", [making.docx, making.odt, making.ofd, making.doc, making.pdf_saying]
)
def test_speaking_of_secrecy_is_allowed(tmp_path, make):
    assert examined(tmp_path, make("应当保守秘密，不得泄露商业秘密")).kind
