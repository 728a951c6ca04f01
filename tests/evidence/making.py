"""Real files, made on the spot by the programs' own libraries or byte by byte from the norms."""

from __future__ import annotations

import math
import struct
import wave
import zipfile
import zlib
from io import BytesIO

import openpyxl
import pikepdf
from openpyxl.comments import Comment
from PIL import Image

GPS = {1: "N", 2: (30.0, 16.0, 27.0), 3: "E", 4: (120.0, 9.0, 18.0)}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"


def picture(kind="PNG", size=(40, 20), mode="RGB", **options):
    image = Image.new(mode, size, 128 if mode in {"L", "P"} else 1 if mode == "1" else "white")
    if mode == "RGB":
        image.putpixel((0, 0), (255, 0, 0))
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def telling_exif(orientation=6):
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "华为", "Mate 60", "张三"
    exif[0x0112] = orientation
    exif.get_ifd(0x8769).update({0x9003: "2024:03:05 09:10:11", 0xA431: "SN12345678"})
    exif.get_ifd(0x8825).update(GPS)
    exif[0x8769] = exif[0x8825] = 0  # where Pillow's TIFF writer puts the offsets
    return exif


def photo(kind="JPEG", **options):
    return picture(kind, exif=telling_exif(), **options)


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def huge_png(width=50_000, height=50_000):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", body)
        + png_chunk(b"IEND", b"")
    )


def zipped(members, **options):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def members_of(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content, **members):
    """Return an archive with members put in or replaced; ``__`` in a name stands for a dot."""
    return zipped(members_of(content) | members)


def docx_members(text="情况说明", *, body="", types="", rels=""):
    main = f"{OFFICE}.wordprocessingml.document.main+xml"
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/x-rels"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        f'ContentType="{OFFICE}.extended-properties+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p w:rsidR="00A1B2C3">'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{rels}</Relationships>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        "<dc:creator>李四</dc:creator><cp:lastModifiedBy>王五</cp:lastModifiedBy>"
        "<t:created>2024-03-05T09:10:11Z</t:created></cp:coreProperties>",
        "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/'
        'officeDocument/2006/extended-properties"><Company>某局</Company>'
        "<Application>Microsoft Office Word</Application></Properties>",
    }


def docx(text="情况说明", **more):
    return zipped(docx_members(text, **more))


def telling_docx():
    """A document with tracked changes, a comment, a local template and a photo inside."""
    body = (
        '<w:p><w:ins w:id="1" w:author="赵六" w:date="2024-01-02T03:04:05Z"><w:r><w:t>新增'
        "</w:t></w:r></w:ins><w:del w:id=\"2\" w:author='钱七'><w:r><w:delText>删去"
        "</w:delText></w:r></w:del></w:p>"
    )
    rels = (
        f'<Relationship Id="r9" Type="{REL}/attachedTemplate" '
        'Target="file:///C:\\Users\\zhangsan\\Normal.dotm" TargetMode="External"/>'
    )
    members = docx_members(body=body, rels=rels)
    members["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="孙八" w:initials="SB">'
        "<w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment></w:comments>"
    )
    members["word/settings.xml"] = (
        f'<w:settings xmlns:w="{W}"><w:rsids><w:rsidRoot w:val="00A1"/><w:rsid w:val="00B2"/>'
        "</w:rsids><w:zoom w:percent='100'/></w:settings>"
    )
    members["word/media/image1.jpeg"] = photo()
    return zipped(members)


def xlsx(*, comment=False):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["单位", "金额"])
    sheet.append(["某局", 1200])
    book.properties.creator, book.properties.lastModifiedBy = "李四", "王五"
    if comment:
        sheet["A1"].comment = Comment("请核对", "赵六")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def odt(content="情况说明", *, more=None, kind="text"):
    office = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        mimetype = f"application/vnd.oasis.opendocument.{kind}"
        archive.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        members = {
            "content.xml": f"<office:document-content {office}><office:body><text:p>{content}"
            "<office:annotation><dc:creator>孙八</dc:creator></office:annotation></text:p>"
            "</office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {office}><office:meta>"
            "<meta:initial-creator>李四</meta:initial-creator><dc:creator>王五</dc:creator>"
            "</office:meta></office:document-meta>",
        }
        for name, body in (members | (more or {})).items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ofd(text="情况说明", *, signed=False, more=None):
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    signature = "<ofd:Signatures>Signs/Signatures.xml</ofd:Signatures>" if signed else ""
    members = {
        "OFD.xml": f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        "<ofd:DocID>0123</ofd:DocID><ofd:Author>李四</ofd:Author>"
        "<ofd:CreationDate>2024-03-05</ofd:CreationDate></ofd:DocInfo>"
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signature}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}/>",
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:TextObject><ofd:TextCode>"
        f"{text}</ofd:TextCode></ofd:TextObject></ofd:Page>",
    }
    return zipped(members | (more or {}))


def pdf(*, change=None, content=b"", **options):
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    page.obj.Contents = made.make_stream(content)
    made.docinfo["/Author"] = "李四"
    made.docinfo["/Producer"] = "WPS"
    if change:
        change(made)
    out = BytesIO()
    made.save(out, **options)
    return out.getvalue()


def pdf_saying(text):
    """A PDF whose font has a table to Unicode, as office programs write it."""
    codes = {character: index + 1 for index, character in enumerate(dict.fromkeys(text))}

    def change(made):
        table = b"begincmap\n" + b"".join(
            b"1 beginbfchar\n<%04X> <%s>\nendbfchar\n"
            % (code, character.encode("utf-16-be").hex().encode())
            for character, code in codes.items()
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name.SimSun,
            Encoding=pikepdf.Name("/Identity-H"),
            ToUnicode=made.make_stream(table),
        )
        made.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))

    shown = "".join(f"{codes[character]:04X}" for character in text)
    return pdf(change=change, content=b"BT /F1 12 Tf <" + shown.encode() + b"> Tj ET")


def compound(streams):
    """A compound file (MS-CFB, version 3) whose streams stand in the main sectors."""
    names = [*streams]
    padded = [streams[name].ljust(4096, b"\0") for name in names]
    padded = [body + bytes(-len(body) % 512) for body in padded]
    sizes = [len(body) // 512 for body in padded]
    folder_sectors = math.ceil((len(names) + 1) / 4)
    total = sum(sizes) + folder_sectors
    tables = math.ceil((total + math.ceil(total / 127)) / 128)
    table = [0xFFFFFFFD] * tables
    table += [tables + 1 + i for i in range(folder_sectors - 1)] + [0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 1 if names else 0xFFFFFFFF, 0xFFFFFFFE, 0)]
    for index, name in enumerate(names):
        start = len(table)
        table += [start + 1 + i for i in range(sizes[index] - 1)] + [0xFFFFFFFE]
        following = index + 2 if index + 1 < len(names) else 0xFFFFFFFF
        size = max(len(streams[name]), 4096)
        entries.append(_entry(name, 2, 0xFFFFFFFF, start, size, right=following))
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    head = struct.pack(
        "<8s16x5H6x9L", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6,
        0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    listed = [*range(tables)] + [0xFFFFFFFF] * (109 - tables)
    folder = b"".join(entries).ljust(folder_sectors * 512, b"\0")
    return (
        head
        + struct.pack("<109L", *listed)
        + struct.pack(f"<{len(table)}L", *table)
        + folder
        + b"".join(padded)
    )


def _entry(name, kind, child, start, size, right=0xFFFFFFFF):
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBLLL16xL8x8xLQ", text, len(text) + 2, kind, 1, 0xFFFFFFFF, right, child, 0,
        start, size,
    )  # fmt: skip


def summary(author):
    """A property set (MS-OLEPS) with a codepage and an author."""
    text = author.encode("gb18030") + b"\0"
    text += bytes(-len(text) % 4)
    values = struct.pack("<LHH", 2, 936, 0) + struct.pack("<LL", 30, len(text)) + text
    places = struct.pack("<4L", 1, 24, 4, 32)
    section = struct.pack("<LL", 24 + len(values), 2) + places + values
    return struct.pack("<HHL16xL16xL", 0xFFFE, 0, 0, 1, 48) + section


def doc(text="情况说明", *, flags=0, **streams):
    words = b"\xec\xa5" + bytes(8) + struct.pack("<H", flags) + bytes(500)
    return compound(
        {
            "WordDocument": words + text.encode("utf-16-le"),
            "\x05SummaryInformation": summary("李四"),
        }
        | streams
    )


def xls(*records):
    every = [(0x0809, bytes(16)), *records, (0x0A, b"")]
    body = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in every)
    return compound({"Workbook": body})


def mp3(frames=20, *, tag=True):
    title = b"TPE1" + struct.pack(">I", 7) + b"\0\0" + b"\x03" + "张三".encode()
    size = len(title)
    head = b"ID3\x04\0\0" + bytes([0, 0, size >> 7, size & 0x7F]) + title if tag else b""
    return head + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def wav(*, artist="张三"):
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    content = out.getvalue()
    text = artist.encode() + b"\0"
    text += bytes(len(text) % 2)
    info = b"INFOIART" + struct.pack("<I", len(text)) + text
    content += b"LIST" + struct.pack("<I", len(info)) + info
    return content[:4] + struct.pack("<I", len(content) - 8) + content[8:]


def box(name, *parts):
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def mp4(*, handler=b"soun", brand=b"isom"):
    place = b"+30.2741+120.1550/"
    words = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7), place))
    moved = box(b"mvhd", bytes(4), struct.pack(">II", 3_800_000_000, 3_800_000_000), bytes(80))
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(13))))
    return (
        box(b"ftyp", brand, bytes(4), b"isom")
        + box(b"moov", moved, track, words)
        + box(b"mdat", bytes(range(200)))
    )
