"""独立验证一份公布的记录：只用 Python 3.8 以上自带的库，不用规矩本身的任何代码。

用法：python3 guiju_verify.py 导出目录 --log-key 公钥 --witness-keys 文件
      python3 guiju_verify.py 某条.tlog-proof --entry 某条.json --log-key 公钥 --witness-keys 文件
退出状态：0 核对无误，1 不成立，2 无法读取。

它要回答三个问题：
一、检查点（checkpoint）写着共有几条、总摘要是什么。它真由记录方和各见证方签过名吗？
二、目录里的每一条记录合起来算出的总摘要，正是检查点上的那一个吗？改动一个字节，总摘要就不同。
三、记录的写法规范吗？同样的内容只许有一种写法，才谈得上同一个摘要。
格式均为公开标准：RFC 8032（签名）、RFC 6962（记录树）、RFC 8785（写法）、C2SP tlog-*（文件）。
"""
# ruff: noqa: D103, D415 - its readers read Chinese; what a name says needs no sentence

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Callable, Iterator  # noqa: UP035 - Python 3.8


class BadError(Exception):
    """不成立：内容不对，退出状态 1。"""


class UnreadableError(Exception):
    """无法读取：没有可核对的东西，退出状态 2。"""


def demand(holds: object, otherwise: str) -> None:
    if not holds:
        raise BadError(otherwise)


# 一、Ed25519 签名（RFC 8032，5.1 节）。点写成 (X, Y, Z, T)：x = X/Z，y = Y/Z，T = XY/Z。
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(p: tuple, q: tuple) -> tuple:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(number: int, point: tuple) -> tuple:
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(packed: int) -> tuple | None:
    """由 y（低 255 位）和 x 的奇偶（最高位）求曲线上的点；没有这样的点则返回 None。"""
    y, odd = packed & (1 << 255) - 1, packed >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def is_signature(public: bytes, message: bytes, signature: bytes) -> bool:
    """是否 R = S·B - k·A，其中 k = SHA-512(R ‖ A ‖ 正文)，A 是公钥，(R, S) 是签名。"""
    owner, s = point_of(int.from_bytes(public, "little")), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or owner is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    base = point_of(4 * pow(5, P - 2, P) % P)
    x, y, z, _ = add(multiply(s, base), multiply(ORDER - k % ORDER, owner))
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# 二、公钥与检查点（C2SP signed-note、tlog-checkpoint、tlog-cosignature）。
LOG, WITNESS = 1, 4  # 两类公钥：记录方的，见证方的


def unbase64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = b""
    fits = data and base64.b64encode(data).decode() == text  # 只认唯一的规范写法
    demand(fits, "编码（Base64）不规范：" + ascii(text[:60]))
    return data


def key_id(name: str, kind: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def parse_key(text: str, kind: int) -> tuple:
    """公钥写成“名称+标识+密钥”；标识由名称和密钥算出，抄错一个字就对不上。"""
    name, wanted, encoded = [*text.split("+", 2), "", ""][:3]
    material = unbase64(encoded)
    fits = len(material) == 33 and material[0] == kind
    fits = fits and key_id(name, kind, material[1:]).hex() == wanted
    demand(fits, "公钥不完整，或不是所要的一类：" + ascii(text[:60]))
    return name, material[1:]


def parse_checkpoint(data: bytes, origin: str, keys: tuple, quorum: int) -> tuple:
    """核对签名；返回（条数，总摘要，各见证方的名称和时间）。keys = (记录方公钥, 见证方公钥)。"""
    try:
        text, under = data.decode("utf-8").rsplit("\n\n", 1)
        lines = text.split("\n")
        size, root = lines[1], unbase64(lines[2])
    except (ValueError, IndexError):
        raise BadError("检查点应依次是正文、空行、签名。") from None
    fits = re.fullmatch("0|[1-9][0-9]{0,18}", size) and len(root) == 32 and under[-1:] == "\n"
    demand(fits, "检查点的条数、摘要或末行不合规范。")
    demand(lines[0] == origin, "检查点属于另一份记录：" + ascii(lines[0][:60]))
    known = {(n, key_id(n, k, p)): (k, p) for k in (LOG, WITNESS) for n, p in keys[k == WITNESS]}
    body, by_log, seen = text + "\n", False, {}
    for line in under[:-1].split("\n"):
        dash, name, encoded = [*line.split(" "), "", ""][:3]
        demand(dash == "—" and line.count(" ") == 2, "签名行不合规范：" + ascii(line[:60]))
        raw = unbase64(encoded)
        kind, public = known.get((name, raw[:4]), (0, b""))
        if kind == LOG:
            message, signature, by_log = body, raw[4:], True
        elif kind == WITNESS:  # 见证签名连同时间一起签；时间占 8 个字节
            at = int.from_bytes(raw[4:12], "big")
            message, signature = f"cosignature/v1\ntime {at}\n{body}", raw[12:]
            seen[public] = (name, at)
        else:
            continue  # 标准规定：不认识的签名不算数，也不算错
        demand(is_signature(public, message.encode(), signature), name + " 的签名不成立。")
    demand(by_log, "检查点没有记录方自己的签名。")
    demand(len(seen) >= quorum, f"检查点需要 {quorum} 家见证，实有 {len(seen)} 家。")
    return int(size), root, list(seen.values())


# 三、记录树（RFC 6962，2.1 节）：叶子是 H(0 ‖ 记录)，往上每个结点是 H(1 ‖ 左 ‖ 右)。
def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


def tile_path(level: object, index: int, width: int) -> str:
    """每 256 个一个文件，序号三位一段，如 tile/0/x001/234；不满的写明有几个。"""
    name, index = f"{index % 1000:03d}", index // 1000
    while index:
        name, index = f"x{index % 1000:03d}/{name}", index // 1000
    return f"tile/{level}/{name}" + ("" if width == 256 else f".p/{width}")


class Tree:
    """由记录逐条重建的树；每攒满一个摘要文件就与目录里的比对。"""

    def __init__(self, folder: Path, prefix: str, digest: Callable, size: int, root: bytes) -> None:
        self.folder, self.prefix, self.digest = folder, prefix, digest
        self.size, self.signed_root = size, root
        self.waiting, self.rows, self.done = {}, {}, {}  # 每一层：等右邻的结点；攒着的摘要；文件数

    def push(self, node: bytes, level: int = 0) -> None:
        if level % 8 == 0:  # 每八层存一次
            self.rows.setdefault(level // 8, []).append(node)
            if len(self.rows[level // 8]) == 256:
                self.compare(level // 8)
        if level in self.waiting:
            self.push(self.digest(b"\x01" + self.waiting.pop(level) + node), level + 1)
        else:
            self.waiting[level] = node

    def compare(self, level: int) -> None:
        row, index = self.rows[level], self.done.get(level, 0)
        path, wanted = self.prefix + tile_path(level, index, len(row)), b"".join(row)
        stored = read(self.folder, path, len(wanted))
        bad = [n for n, one in enumerate(row) if stored[32 * n : 32 * n + 32] != one]
        demand(not bad, f"{path} 与记录不符，首个不符的序号是 {256 * index + min(bad or [0])}。")
        self.rows[level], self.done[level] = [], index + 1

    def finish(self) -> None:
        for level in [level for level, row in self.rows.items() if row]:
            self.compare(level)
        root = None
        for _, left in sorted(self.waiting.items()):
            root = left if root is None else self.digest(b"\x01" + left + root)
        fits = (self.digest(b"") if root is None else root) == self.signed_root
        demand(fits, f"由记录算出的总摘要与 {self.prefix}checkpoint 所签的不符。")


def climb(index: int, size: int, leaf: bytes, path: list) -> bytes:
    """由一条记录和它一路的旁支（path，自下而上）算出总摘要。"""
    if size == 1 or not path:
        demand(size == 1 and not path, "证明的长度不对。")
        return leaf
    left = 1 << (size - 1).bit_length() - 1  # 左半棵有几条：小于 size 的最大的 2 的幂
    if index < left:
        return sha256(b"\x01" + climb(index, left, leaf, path[:-1]) + path[-1])
    return sha256(b"\x01" + path[-1] + climb(index - left, size - left, leaf, path[:-1]))


# 四、记录的写法（RFC 8785，并且更严：名称只用 ASCII，数字只用 2^53 以内的整数，不过 32 层）。
def is_plain(value: object, levels: int = 32) -> bool:
    if isinstance(value, (dict, list)):
        inside = value.values() if isinstance(value, dict) else value
        ascii_names = isinstance(value, list) or all(
            max(name, default="") < "\x80" for name in value
        )
        return levels > 0 and ascii_names and all(is_plain(item, levels - 1) for item in inside)
    return not isinstance(value, float) and not (isinstance(value, int) and abs(value) >= 2**53)


def is_canonical(entry: bytes) -> bool:
    try:
        text = entry.decode("utf-8")
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict) or len(entry) > 60 * 1024 or not is_plain(value):
        return False
    return text == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# 五、导出目录与证明文件。只读目录之内的普通文件，不跟随链接，不多读。
def is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def read(folder: Path, path: str, most: int) -> bytes:
    full = folder.resolve() / path
    demand(is_there(full), "缺少文件 " + path)
    fits = not full.is_symlink() and full.resolve() == full and full.is_file()
    demand(fits, path + " 不是普通文件，或要经过链接才能到达，没有读取。")
    with full.open("rb") as stream:
        data = stream.read(most + 1)
    demand(len(data) <= most, f"{path} 超过应有的 {most} 字节。")
    return data


def read_entries(folder: Path, size: int) -> Iterator[bytes]:
    """逐个文件取出全部记录；每条记录前有两个字节写着它的长度。"""
    for start in range(0, size, 256):
        width = min(256, size - start)
        path = tile_path("entries", start // 256, width)
        data, at = read(folder, path, 256 * (2 + 65535)), 0
        for number in range(start, start + width):
            end = at + 2 + int.from_bytes(data[at : at + 2], "big")
            entry, at = data[at + 2 : end], end
            fits = end <= len(data) and is_canonical(entry)
            demand(fits, f"{path}：序号 {number} 的记录被截断，或写法不规范。")
            yield entry
        demand(at == len(data), path + " 末尾多出内容。")


def verify_export(folder: Path, keys: tuple, quorum: int) -> tuple:
    origin = keys[0][0][0]  # 记录的名称，就是记录方公钥的名称
    data = read(folder, "checkpoint", 10**6)
    size, root, seen = parse_checkpoint(data, origin, keys, quorum)
    trees = [Tree(folder, "", sha256, size, root)]
    if is_there(folder / "sm3" / "checkpoint"):  # 国密副本：同样的记录，另一种摘要
        data = read(folder, "sm3/checkpoint", 10**6)
        also = [*keys[0], *((origin + "/sm3", public) for _, public in keys[0])]
        sm3_size, sm3_root, _ = parse_checkpoint(data, origin + "/sm3", (also, keys[1]), 0)
        demand(sm3_size <= size, "sm3/checkpoint 的条数多于记录。")
        if "sm3" in hashlib.algorithms_available:
            trees.append(Tree(folder, "sm3/", sm3, sm3_size, sm3_root))
        else:
            print("说明：本机的 Python 没有 SM3 算法，国密副本没有核对。")
    for number, entry in enumerate(read_entries(folder, size)):
        for tree in trees:
            if number < tree.size:
                tree.push(tree.digest(b"\x00" + entry))
    for tree in trees:
        tree.finish()
    return f"全部 {size} 条记录与检查点相符", size, root, seen


def verify_proof(proof: Path, entry_file: Path, keys: tuple, quorum: int) -> tuple:
    """证明文件依次是：首行、附加数据（可无）、序号、旁支摘要，空行，检查点。"""
    data = read(proof.parent, proof.name, 10**6)
    entry = read(entry_file.parent, entry_file.name, 65535)
    head, _, checkpoint = data.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    if lines[1:2] and lines[1].startswith("extra "):
        unbase64(lines.pop(1)[6:])  # 附加数据没有签名，不采信
    number = re.fullmatch("index (0|[1-9][0-9]{0,18})", "".join(lines[1:2]))
    demand(lines[0] == "c2sp.org/tlog-proof@v1" and number, "文件不是记录证明。")
    path = [unbase64(line) for line in lines[2:]]
    demand(len(path) < 64 and all(len(one) == 32 for one in path), "证明里的摘要不合规范。")
    size, root, seen = parse_checkpoint(checkpoint, keys[0][0][0], keys, quorum)
    index = int(number.group(1))
    demand(index < size, "序号超出检查点的条数。")
    demand(climb(index, size, sha256(b"\x00" + entry), path) == root, "记录不在这棵记录树里。")
    demand(is_canonical(entry), "记录的写法不规范。")
    return f"这条记录在册，序号 {index}（从 0 数起）", size, root, seen


# 六、取公钥。别处取得的公钥才可信；导出自带的公钥，只能说明它没有自相矛盾。
def told_keys(told: str, kind: int) -> list:
    """命令行给出的公钥，或写有公钥的文件；空行和 # 开头的行不算。"""
    try:
        if not re.match(r"[^+]+\+[0-9a-f]{8}\+", told):
            file = Path(told).resolve()
            told = read(file.parent, file.name, 10**5).decode("utf-8-sig")
        lines = [line.strip() for line in told.split("\n")]
        keys = [parse_key(line, kind) for line in lines if line and line[0] != "#"]
        demand(keys, "里面没有公钥。")
    except (BadError, ValueError, RuntimeError) as error:
        raise UnreadableError(f"给出的公钥不能用：{error}") from None
    return keys


def own_keys(folder: Path, name: str, kind: int) -> list:
    """导出自带的公钥：每行一个，别无其他。"""
    if not is_there(folder / name):
        return []
    text = read(folder, name, 10**5).decode("utf-8", "replace")
    return [parse_key(line, kind) for line in re.sub(r"\n\Z", "", text).split("\n")]


def choose_keys(folder: Path, options: argparse.Namespace) -> tuple:
    own, claimed = own_keys(folder, "log.vkey", LOG), own_keys(folder, "witnesses.vkey", WITNESS)
    log = told_keys(options.log_key, LOG) if options.log_key else own
    witnesses = told_keys(options.witness_keys, WITNESS) if options.witness_keys else claimed
    demand(all(key in log for key in own), "log.vkey 不是您给的那把公钥。")
    if not log:
        raise UnreadableError("没有记录方的公钥，请用 --log-key 给出。")
    if not options.log_key or (claimed and not options.witness_keys):
        print("说明：有公钥取自导出本身，不能证明对方是谁。请从别处取得公钥再验证。")
    if not witnesses:
        print("说明：没有见证方的公钥，见证没有核对。")
    count = len({public for _, public in witnesses})
    quorum = (count and count // 2 + 1) if options.quorum is None else options.quorum
    if quorum > count:
        raise UnreadableError(f"要求 {quorum} 家见证，却只有 {count} 家的公钥。")
    return (log, witnesses), quorum


def beijing(seconds: int) -> str:
    if seconds >= 253402214400:  # 公元 9999 年
        return "时间不可信"
    at = datetime.fromtimestamp(seconds, timezone(timedelta(hours=8)))
    return f"北京时间 {at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def main() -> None:
    parser = argparse.ArgumentParser(description="独立验证一份公布的记录。")
    parser.add_argument("export", help="导出目录，或 .tlog-proof 文件")
    parser.add_argument("--log-key", help="记录方的公钥，或写有公钥的文件")
    parser.add_argument("--witness-keys", help="写有见证方公钥的文件")
    parser.add_argument("--quorum", type=int, help="至少几家见证；不写则须过半数")
    parser.add_argument("--entry", help="与证明相配的记录；不写则取同名的 .json 文件")
    options = parser.parse_args()
    export = Path(options.export)
    if not is_there(export / "checkpoint" if export.is_dir() else export):
        raise UnreadableError("不是导出目录，也不是证明文件：" + ascii(options.export))
    if export.is_dir():
        keys, quorum = choose_keys(export, options)
        what, size, root, seen = verify_export(export, keys, quorum)
    else:
        keys, quorum = choose_keys(export.parent, options)
        entry = Path(options.entry) if options.entry else export.with_suffix(".json")
        what, size, root, seen = verify_proof(export, entry, keys, quorum)
    print(f"核对无误：{what}。\n记录名称：{keys[0][0][0]}")
    print(f"条数：{size}\n总摘要：{base64.b64encode(root).decode()}")
    for name, at in seen:
        print(f"见证：{name}，{beijing(at)}")


def run() -> int:
    try:
        main()
    except BadError as error:
        print(f"不成立：{error}")
        return 1
    except (UnreadableError, OSError) as error:
        print(f"无法读取：{error}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(run())
