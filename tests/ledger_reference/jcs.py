"""Canonical JSON written out by hand from RFC 8785, section 3.2 (no floats)."""

SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def canonical(value):
    return write(value).encode("utf-8")


def write(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return format(value, "d")
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{','.join(map(write, value))}]"
    # 3.2.3: sorted by UTF-16 code units
    pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
    return f"{{{','.join(f'{quoted(name)}:{write(item)}' for name, item in pairs)}}}"


def quoted(text):
    """3.2.2.2: short escapes, \\u00xx in small letters for other controls, the rest as it is."""
    return f'"{"".join(escaped(ord(char)) for char in text)}"'


def escaped(code):
    if code in SHORT:
        return SHORT[code]
    return f"\\u{code:04x}" if code < 0x20 else chr(code)
