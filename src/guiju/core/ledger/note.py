"""Signed notes: a text and the signatures under it (C2SP signed-note, "Format").

Reading is strict: what the document refuses is refused, and base64 must be
canonical, so that what is read is written back byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.ledger.lines import is_text, read_base64, to_base64
from guiju.core.sentence import zh

MOST_BYTES = 1_000_000
"""How long a note may be; the document leaves the bound to the reader."""

MOST_SIGNATURES = 100
"""How many signatures a note may carry; the document demands that 16 be accepted."""

_DASH = "— "


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note: whose key, its 4-byte id, and what it signed with."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text that ends in a newline, and the signatures that stand under it, unverified.

    Raises:
        Invalid: LEDGER-38 for a text that no note may hold.
    """

    text: str
    signatures: tuple[SignatureLine, ...]

    def __post_init__(self) -> None:
        if not self.text.endswith("\n") or not is_text(self.text):
            raise Invalid(
                "LEDGER-38",
                zh("要签名的正文应以换行结尾，且不含控制字符。请改正正文后再签。"),
            )

    def encode(self) -> bytes:
        """Return the note's bytes."""
        return f"{self.text}\n{''.join(map(str, self.signatures))}".encode()


def parse_note(data: bytes) -> SignedNote:
    """Read a signed note; nothing in it is verified yet.

    Raises:
        Invalid: LEDGER-30 to LEDGER-34, LEDGER-11 for what is no note.
    """
    whole = read_text(data)
    text, blank, under = whole.rpartition("\n\n")
    if not blank or not under.endswith("\n"):
        raise Invalid(
            "LEDGER-31",
            zh("文件里没有「正文、空行、签名行」。请取回原来的文件，不要经过改写换行的软件。"),
        )
    return SignedNote(
        text + "\n", parse_signatures(under, first_line=whole.count("\n", 0, -len(under)) + 1)
    )


def read_text(data: bytes) -> str:
    """Return what the bytes of a note say.

    Raises:
        Invalid: LEDGER-30 for bytes that are too many, not UTF-8 or hold control characters.
    """
    try:
        text = data.decode("utf-8") if len(data) <= MOST_BYTES else None
    except UnicodeDecodeError:
        text = None
    if text is None or not is_text(text):
        raise Invalid(
            "LEDGER-30",
            zh(
                "文件不是签名文本：编码不是 UTF-8，含有控制字符，或超过 {most} 字节。"
                "请取回原来的文件再试。",
                most=MOST_BYTES,
            ),
        )
    return text


def parse_signatures(under: str, *, first_line: int = 1) -> tuple[SignatureLine, ...]:
    """Read signature lines, each ended by a newline, as under a note or in a witness's answer.

    Raises:
        Invalid: LEDGER-32 to LEDGER-34, LEDGER-11 for a line that is none, or too many.
    """
    *lines, rest = under.split("\n")
    if rest or not lines:
        raise _no_signature(first_line + len(lines), rest)
    if len(lines) > MOST_SIGNATURES:
        raise Invalid(
            "LEDGER-33",
            zh(
                "签名有 {count} 行，最多 {most} 行。请去掉不需要的签名行。",
                count=len(lines),
                most=MOST_SIGNATURES,
            ),
        )
    return tuple(_signature(text, line) for line, text in enumerate(lines, first_line))


def check_name(name: str) -> str:
    """Return a key's name if it is one.

    Raises:
        Invalid: LEDGER-34 for an empty name or one with spaces, plus signs or control characters.
    """
    if not name or "+" in name or not is_text(name) or any(map(str.isspace, name)):
        raise Invalid(
            "LEDGER-34",
            zh("密钥名称「{name}」为空，或含有空白或加号。请改正名称。", name=ascii(name[:80])),
        )
    return name


def _signature(text: str, line: int) -> SignatureLine:
    name, space, encoded = text.removeprefix(_DASH).partition(" ")
    if not text.startswith(_DASH) or not space:
        raise _no_signature(line, text)
    data = read_base64(encoded, line=line)
    if len(data) < 5:
        raise _no_signature(line, text)
    return SignatureLine(check_name(name), data[:4], data[4:])


def _no_signature(line: int, text: str) -> Invalid:
    return Invalid(
        "LEDGER-32",
        zh(
            "第 {line} 行应是签名行（— 名称 签名），却写着「{text}」。请取回原来的文件再试。",
            line=line,
            text=text[:40],
        ),
    )
