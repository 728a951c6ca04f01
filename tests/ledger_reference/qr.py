"""A reader of clean QR codes by ISO/IEC 18004:2015: no error correction, alphanumeric mode."""

import re

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

# Table 9, level M: error-correction codewords per block, then (blocks, data codewords) groups
BLOCKS = {
    1: (10, [(1, 16)]),
    2: (16, [(1, 28)]),
    3: (26, [(1, 44)]),
    4: (18, [(2, 32)]),
    5: (24, [(2, 43)]),
    6: (16, [(4, 27)]),
    7: (18, [(4, 31)]),
    8: (22, [(2, 38), (2, 39)]),
    9: (22, [(3, 36), (2, 37)]),
    10: (26, [(4, 43), (1, 44)]),
    11: (30, [(1, 50), (4, 51)]),
    12: (22, [(6, 36), (2, 37)]),
    13: (22, [(8, 37), (1, 38)]),
    14: (24, [(4, 40), (5, 41)]),
    15: (24, [(5, 41), (5, 42)]),
    16: (28, [(7, 45), (3, 46)]),
}
# Annex E: centres of the alignment patterns
CENTRES = {
    1: [],
    **{version: [6, 4 * version + 10] for version in range(2, 7)},
    7: [6, 22, 38],
    8: [6, 24, 42],
    9: [6, 26, 46],
    10: [6, 28, 50],
    11: [6, 30, 54],
    12: [6, 32, 58],
    13: [6, 34, 62],
    14: [6, 26, 46, 66],
    15: [6, 26, 48, 70],
    16: [6, 26, 50, 74],
}
# Table 10: data mask patterns
MASKS = [
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _: i % 2 == 0,
    lambda _, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
]


def modules(svg):
    """The dark and light modules that an SVG of segno draws as strokes, without the quiet zone."""
    width = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    rows = [[0] * width for _ in range(width)]
    path = re.search(r'd="([^"]+)"', svg)[1]
    x = y = 0.0
    for order, numbers in re.findall(r"([Mmh])([-0-9. ]+)", path):
        values = [float(number) for number in re.findall(r"-?[0-9.]+", numbers)]
        if order == "h":
            for at in range(int(x), int(x + values[0])):
                rows[int(y)][at] = 1
            x += values[0]
        else:
            x, y = (0, 0) if order == "M" else (x, y)
            x, y = x + values[0], y + values[1]
    return [row[4:-4] for row in rows[4:-4]]


def is_function(version, size, i, j):
    """Whether a module belongs to a fixed pattern (7.3, 7.9, 7.10)."""
    corner = (i < 9 and (j < 9 or j >= size - 8)) or (i >= size - 8 and j < 9)
    timing = 6 in {i, j}
    told = version >= 7 and ((i < 6 and j >= size - 11) or (j < 6 and i >= size - 11))
    centres = CENTRES[version]
    aligned = any(
        abs(i - a) < 3 and abs(j - b) < 3
        for a in centres
        for b in centres
        if (a, b) not in {(6, 6), (6, centres[-1]), (centres[-1], 6)}
    )
    return corner or timing or told or aligned


def bits_of(rows):
    """The bits in the order in which they were placed (7.7.3), unmasked (7.8)."""
    size = len(rows)
    version = (size - 17) // 4
    # Format information, 7.9: five bits, of which level M is 00; masked by 101010000010010.
    told = int("".join(str(rows[8][j]) for j in range(5)), 2) ^ 0b10101
    assert told >> 3 == 0, "not level M"
    mask = MASKS[told & 7]
    up, column = True, size - 1
    while column > 0:
        column -= column == 6
        for i in range(size - 1, -1, -1) if up else range(size):
            for j in (column, column - 1):
                if not is_function(version, size, i, j):
                    yield rows[i][j] ^ mask(i, j)
        up, column = not up, column - 2


def read(rows):
    """What the code says."""
    version = (len(rows) - 17) // 4
    bits = "".join(map(str, map(int, bits_of(rows))))
    stream = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    lengths = [length for count, length in BLOCKS[version][1] for _ in range(count)]
    blocks = [[] for _ in lengths]
    words = iter(stream)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(words))
    data = "".join(f"{word:08b}" for block in blocks for word in block)
    assert data[:4] == "0010", "not alphanumeric"
    width = 9 if version < 10 else 11
    count = int(data[4 : 4 + width], 2)
    at, text = 4 + width, ""
    while len(text) < count:
        step = 11 if count - len(text) > 1 else 6
        value = int(data[at : at + step], 2)
        text += ALPHANUMERIC[value // 45] + ALPHANUMERIC[value % 45] if step == 11 else ""
        text += ALPHANUMERIC[value] if step == 6 else ""
        at += step
    return text
