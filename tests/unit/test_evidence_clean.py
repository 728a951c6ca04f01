"""What a file says about people and places is listed, and is gone from the clean copy."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pikepdf
import pytest
from PIL import Image, IptcImagePlugin, PngImagePlugin

from evidence import making
from evidence.examining import cleaned, examined
from guiju.base.evidence.formats.picture_layout import stripped
from guiju.base.evidence.report import decoded, encoded
from guiju.core.errors import Invalid

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:p="http://ns.adobe.com/photoshop/1.0/"
 p:City="杭州"><dc:creator><rdf:Seq><rdf:li>周九</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def said(report):
    return {(str(row.label), row.value) for row in report.rows}


def iptc(**values):
    body = b"".join(
        b"\x1c\x02" + bytes([int(tag[1:])]) + len(v).to_bytes(2, "big") + v
        for tag, v in values.items()
    )
    part = b"8BIM\x04\x04\0\0" + len(body).to_bytes(4, "big") + body + bytes(len(body) % 2)
    part = b"Photoshop 3.0\0" + part
    return b"\xff\xed" + (len(part) + 2).to_bytes(2, "big") + part


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_photo_tells_place_time_and_camera_and_its_copy_nothing(tmp_path, kind):
    report, clean = cleaned(tmp_path, making.photo(kind))
    assert {
        ("拍摄地点（纬度，经度）", "30.274167, 120.155000"),
        ("拍摄时间", "2024:03:05 09:10:11"),
        ("相机序列号", "SN12345678"),
        ("相机型号", "Mate 60"),
    } <= said(report)
    with Image.open(BytesIO(clean)) as image:
        left = dict(image.getexif())
        told = {0x010F, 0x0110, 0x0112, 0x013B, 0x8769, 0x8825}
        assert told & set(left) == set()
        assert "xmp" not in image.info
    assert b"SN12345678" not in clean
    assert b"Mate 60" not in clean
    assert examined(tmp_path, clean).rows == ()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_the_copy_is_upright_without_needing_to_be_told(tmp_path, kind):
    """Orientation 6: the red pixel at the top left belongs at the top right."""
    image = Image.new("RGB", (48, 32), "white")
    image.paste((255, 0, 0), (0, 0, 16, 16))
    out = BytesIO()
    image.save(out, kind, exif=making.telling_exif(6))
    _, clean = cleaned(tmp_path, out.getvalue())
    with Image.open(BytesIO(clean)) as shown:
        assert shown.size == (32, 48)
        red, _, blue = shown.convert("RGB").getpixel((26, 5))
        assert red > 200
        assert blue < 60


def test_press_and_packet_metadata_of_a_photo_are_listed(tmp_path):
    plain = making.photo("JPEG", xmp=XMP.encode())
    content = plain[:2] + iptc(_80="吴十".encode(), _90="宁波".encode()) + plain[2:]
    with Image.open(BytesIO(content)) as image:
        assert IptcImagePlugin.getiptcinfo(image)
    report, clean = cleaned(tmp_path, content)
    assert {("作者", "吴十"), ("作者", "周九"), ("城市", "宁波"), ("城市", "杭州")} <= said(report)
    assert "吴十".encode() not in clean
    assert "周九".encode() not in clean


def test_text_of_a_png_is_listed_and_gone(tmp_path):
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Author", "郑一")
    info.add_text("Comment", "from phone", zip=True)
    report, clean = cleaned(tmp_path, making.picture(pnginfo=info))
    assert ("图片里的文字", "Author：郑一") in said(report)
    assert ("图片里的文字", "Comment：from phone") in said(report)
    assert b"tEXt" not in clean
    assert b"iTXt" not in clean


def test_names_in_chinese_are_read_from_exif(tmp_path):
    exif = Image.Exif()
    exif[0x013B] = "王小二".encode()
    exif[0x9C9D] = "李四".encode("utf-16-le") + b"\0\0"
    report = examined(tmp_path, making.picture("JPEG", exif=exif))
    assert {("作者", "王小二"), ("作者", "李四")} <= said(report)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_of_storing_pixels_survives_in_png(tmp_path, mode):
    _, clean = cleaned(tmp_path, making.picture("PNG", mode=mode))
    with Image.open(BytesIO(clean)) as image:
        assert image.size == (40, 20)
        assert image.mode == mode


def test_a_scan_keeps_all_its_pages(tmp_path):
    pages = [Image.new("1", (40 + n, 20), n % 2) for n in range(3)]
    out = BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    _, clean = cleaned(tmp_path, out.getvalue())
    with Image.open(BytesIO(clean)) as image:
        assert image.n_frames == 3
        image.seek(2)
        assert image.size == (42, 20)


def test_second_pictures_of_a_phone_are_told_and_left_out(tmp_path):
    report, clean = cleaned(tmp_path, making.photo() + making.picture("JPEG"))
    assert any("1 张副图" in str(remark) for remark in report.remarks)
    assert clean.count(b"\xff\xd8\xff") == 1


def test_stripping_a_jpeg_keeps_its_pixels_and_its_turn():
    content = making.photo()
    bare = stripped(content)
    assert b"SN12345678" not in bare
    with Image.open(BytesIO(content)) as before, Image.open(BytesIO(bare)) as after:
        assert before.tobytes() == after.tobytes()
        assert dict(after.getexif()) == {0x0112: 6}


def test_a_document_tells_its_people_and_its_copy_does_not(tmp_path):
    report, clean = cleaned(tmp_path, making.telling_docx())
    assert {
        ("作者", "李四"),
        ("最后修改者", "王五"),
        ("单位", "某局"),
        ("批注或修订者", "赵六"),
        ("批注或修订者", "钱七"),
        ("批注或修订者", "孙八"),
        ("本机路径", "file:///C:\\Users\\zhangsan\\Normal.dotm"),
        ("文中带拍摄信息的图片（张）", "1"),
    } <= said(report)
    every = b"".join(making.members_of(clean).values()).decode("utf-8", "replace")
    for name in ("李四", "王五", "某局", "赵六", "钱七", "孙八", "zhangsan", "SN12345678"):
        assert name not in every
    for word in ("rsid", "2024-01-02", 'w:initials="SB"'):
        assert word not in every
    for kept in ("情况说明", "新增", "删去", "请核实", 'w:author="作者"', "w:zoom"):
        assert kept in every
    again = examined(tmp_path, clean, "a.docx")
    assert said(again) == {("批注或修订者", "作者"), ("本机路径", "removed")}


def test_a_workbook_stays_readable(tmp_path):
    report, clean = cleaned(tmp_path, making.xlsx(comment=True))
    assert {("作者", "李四"), ("最后修改者", "王五"), ("批注或修订者", "赵六")} <= said(report)
    book = openpyxl.load_workbook(BytesIO(clean))
    assert [[cell.value for cell in row] for row in book.active] == [
        ["单位", "金额"],
        ["某局", 1200],
    ]
    assert book.active["A1"].comment.text.strip().endswith("请核对")
    assert book.properties.lastModifiedBy is None
    every = b"".join(making.members_of(clean).values()).decode("utf-8", "replace")
    assert "赵六" not in every
    assert "李四" not in every


def test_what_is_embedded_is_cleaned_too(tmp_path):
    content = making.changed(making.docx(), **{"word/embeddings/a.xlsx": making.xlsx()})
    _, clean = cleaned(tmp_path, content)
    inner = making.members_of(making.members_of(clean)["word/embeddings/a.xlsx"])
    assert "李四".encode() not in b"".join(inner.values())
    sheet = openpyxl.load_workbook(BytesIO(making.zipped(inner))).active
    assert sheet["A2"].value == "某局"


def test_an_open_document_keeps_its_text_and_loses_its_people(tmp_path):
    report, clean = cleaned(tmp_path, making.odt())
    assert {("作者", "李四"), ("最后修改者", "王五"), ("批注或修订者", "孙八")} <= said(report)
    with zipfile.ZipFile(BytesIO(clean)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    every = b"".join(making.members_of(clean).values()).decode()
    assert "情况说明" in every
    assert not any(name in every for name in ("李四", "王五", "孙八"))
    assert examined(tmp_path, clean, "a.odt").rows == ()


def test_an_ofd_without_a_seal_is_cleaned_and_one_with_a_seal_is_left(tmp_path):
    report, clean = cleaned(tmp_path, making.ofd())
    assert ("作者", "李四") in said(report)
    assert "李四".encode() not in making.members_of(clean)["OFD.xml"]
    assert b"DocID" in making.members_of(clean)["OFD.xml"]
    report, clean = cleaned(tmp_path, making.ofd(signed=True))
    assert clean is None
    assert any("电子签章" in str(remark) for remark in report.remarks)


def everything(pdf):
    page = pdf.pages[0].obj
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    pdf.Root.OpenAction = pdf.make_indirect(action)
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", action]))
    page.AA = pikepdf.Dictionary(O=launch)
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T="赵六",
        Contents="请核实", A=launch,
    )  # fmt: skip
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 9, 9], T="姓名"
    )
    movie = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia)
    field = pdf.make_indirect(field)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    page.Annots = pdf.make_indirect([note, field, movie])
    page.PieceInfo = pikepdf.Dictionary(Private="钱七")
    photo = pdf.make_stream(making.photo(), Filter=pikepdf.Name.DCTDecode, Width=40, Height=20)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=photo))
    pdf.attachments["证据.exe"] = b"MZ payload"
    pdf.Root.Metadata = pdf.make_stream(XMP.encode(), Type=pikepdf.Name.Metadata)


def test_a_pdf_tells_what_it_holds_and_could_do_and_its_copy_does_nothing(tmp_path):
    report, clean = cleaned(tmp_path, making.pdf(change=everything))
    assert {
        ("作者", "李四"),
        ("作者", "周九"),
        ("城市", "杭州"),
        ("附件", "证据.exe"),
        ("批注者", "赵六"),
        ("文中带拍摄信息的图片（张）", "1"),
    } <= said(report)
    remarks = "".join(map(str, report.remarks))
    assert "脚本程序" in remarks
    assert "启动程序" in remarks
    assert "附件" in remarks
    with pikepdf.open(BytesIO(clean)) as pdf:
        every = b"".join(
            one.unparse(resolved=True)
            + (one.read_raw_bytes() if isinstance(one, pikepdf.Stream) else b"")
            for one in pdf.objects
            if isinstance(one, pikepdf.Object)
        )
        assert not pdf.attachments
        assert "/Info" not in pdf.trailer
        annotations = pdf.pages[0].obj.Annots
        assert [str(one.get("/T", "")) for one in annotations] == ["", "姓名"]
        assert str(annotations[0].Contents) == "请核实"
    for gone in (b"app.alert", b"cmd.exe", b"MZ payload", b"SN12345678", b"PieceInfo", b"xmpmeta"):
        assert gone not in every
    assert said(examined(tmp_path, clean)) == set()


def test_a_signed_pdf_says_that_only_the_original_proves_anything(tmp_path):
    def sign(pdf):
        pdf.Root.Sig = pdf.make_indirect(pikepdf.Dictionary(ByteRange=[0, 1, 2, 3], Name="孙八"))

    report = examined(tmp_path, making.pdf(change=sign))
    assert ("电子签名人", "孙八") in said(report)
    assert any("核验签名请用原件" in str(remark) for remark in report.remarks)


def test_a_scanned_pdf_says_that_it_could_not_be_read(tmp_path):
    def remarks(content):
        return "".join(map(str, examined(tmp_path, content).remarks))

    assert "扫描件" in remarks(making.pdf())
    assert "扫描件" not in remarks(making.pdf_saying("情况说明"))


def test_recordings_lose_their_tags_and_keep_their_sound(tmp_path):
    report, clean = cleaned(tmp_path, making.mp3())
    assert said(report) == {("作者", "张三")}
    assert clean == making.mp3(tag=False)
    report, clean = cleaned(tmp_path, making.wav())
    assert said(report) == {("作者", "张三")}
    assert "张三".encode() not in clean
    assert examined(tmp_path, clean).rows == ()


def test_a_film_loses_place_and_time_and_not_one_byte_of_its_length(tmp_path):
    content = making.mp4()
    report, clean = cleaned(tmp_path, content)
    assert ("拍摄地点（纬度，经度）", "30.2741, 120.155") in said(report)
    assert any(label == "录制时间" for label, _ in said(report))
    assert len(clean) == len(content)
    assert b"+30.2741" not in clean
    assert clean.endswith(bytes(range(200)))
    assert examined(tmp_path, clean).rows == ()


def test_a_film_with_a_track_of_positions_has_no_clean_copy(tmp_path):
    report, clean = cleaned(tmp_path, making.mp4(handler=b"meta"))
    assert clean is None
    assert any("没有清洁副本" in str(remark) for remark in report.remarks)


def test_formulas_in_a_table_are_pointed_out(tmp_path):
    report = examined(tmp_path, "名称,值\n甲,1\n乙,=cmd|x".encode(), "a.csv")
    assert ["第 3 行" in str(remark) for remark in report.remarks] == [True]
    assert examined(tmp_path, "名称,值\n甲,1=1".encode(), "a.csv").remarks == ()


def test_rows_are_few_and_short(tmp_path):
    body = "".join(
        f'<w:ins w:author="人{n}{"长" * 500}"><w:r><w:t>x</w:t></w:r></w:ins>' for n in range(300)
    )
    report = decoded(encoded(examined(tmp_path, making.docx(body=body))))
    assert len(report.rows) == 60
    assert max(len(row.value) for row in report.rows) == 200
    assert str(report.rows[-1].label) == "其余信息（项）"


def test_a_mark_in_metadata_is_seen(tmp_path):
    with pytest.raises(Invalid, match="EVIDENCE-11"):
        examined(tmp_path, making.photo("JPEG", comment="机密★长期".encode()))
