"""A tree grown again from its leaves, and compared with stored nodes and signed heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.base.record.audit.flaw import Flaw, blob
from guiju.base.record.models import Checkpoint, Node
from guiju.base.record.tree_store import Suite
from guiju.core.ledger.lines import HASH_SIZE, MOST_LEAVES
from guiju.core.ledger.tiles import WIDTH
from guiju.core.ledger.tree import Frontier, Run, TreeHead, grow
from guiju.core.sentence import zh

_LEVELS = 8
_MOST_LEVEL = MOST_LEAVES.bit_length() // _LEVELS


class TreeAudit:
    """Takes all leaf hashes of one suite in order.

    Attributes:
        suite: which of the trees.
    """

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self._frontier = Frontier()
        self._heads = iter(
            Checkpoint.objects.filter(suite=suite.name)
            .order_by("size", "id")
            .values_list("id", "size", "root")
            .iterator()
        )
        self._head = next(self._heads, None)

    def add(self, leaves: Sequence[bytes]) -> Iterator[Flaw]:
        """Take further leaf hashes; yield nodes and checkpoints that differ."""
        done = 0
        while done < len(leaves):
            until = len(leaves)
            if self._head is not None:
                until = min(until, done + max(0, self._head[1] - self._frontier.size))
            # A hash of another length was told by whoever read the leaf.
            fresh = [leaf.ljust(HASH_SIZE, b"\0")[:HASH_SIZE] for leaf in leaves[done:until]]
            self._frontier, runs = grow(self._frontier, fresh, self.suite.hasher)
            for run in runs:
                yield from self._compare(run)
            yield from self._signed()
            done = until

    def finish(self) -> Iterator[Flaw]:
        """Yield checkpoints of larger trees than there is, and nodes that belong to none."""
        size = self._frontier.size
        while self._head is not None:
            pk, signed, _ = self._head
            yield Flaw(
                "AUDIT-22",
                f"record_checkpoint id={pk}",
                zh(
                    "检查点签的是 {signed} 条，记录库只有 {size} 条：数据库被退回过，或记录被删。"
                    "请停止写入，恢复较新的备份，并报告见证方。",
                    signed=signed,
                    size=size,
                ),
            )
            self._head = next(self._heads, None)
        yield from self._strays(size)

    def _signed(self) -> Iterator[Flaw]:
        """Compare every checkpoint of the size that was just reached."""
        while self._head is not None and self._head[1] <= self._frontier.size:
            pk, size, root = self._head
            if TreeHead(size, blob(root)) != self._frontier.head(self.suite.hasher):
                yield Flaw(
                    "AUDIT-21",
                    f"record_checkpoint id={pk}",
                    zh(
                        "前 {size} 条算出的根摘要与检查点不符：其中的记录或检查点被改动过。"
                        "请保留现场，从备份核对，并报告见证方。",
                        size=size,
                    ),
                )
            self._head = next(self._heads, None)

    def _compare(self, run: Run) -> Iterator[Flaw]:
        level, rest = divmod(run.level, _LEVELS)
        if not level or rest:
            return
        stored = dict(
            Node.objects.filter(
                suite=self.suite.name,
                level=level,
                index__gte=run.start,
                index__lt=run.start + len(run.hashes),
            ).values_list("index", "hash")
        )
        for index, wanted in enumerate(run.hashes, run.start):
            if blob(stored.get(index)) != wanted:
                yield Flaw(
                    "AUDIT-23",
                    f"record_node {self.suite.name} {level}/{index}",
                    zh(
                        "第 {first} 至 {last} 条的节点摘要与算出的不符或缺失，"
                        "凭它出具的证明不成立。请保留现场，从备份核对后恢复。",
                        first=index * WIDTH**level,
                        last=(index + 1) * WIDTH**level - 1,
                    ),
                )

    def _strays(self, size: int) -> Iterator[Flaw]:
        """Yield nodes over leaves that there are not."""
        for level, index in (
            Node.objects.filter(suite=self.suite.name).order_by().values_list("level", "index")
        ).iterator():
            is_level = 0 < level <= _MOST_LEVEL  # no power of any number that stands there
            if not is_level or index < 0 or (index + 1) * WIDTH**level > size:
                yield Flaw(
                    "AUDIT-24",
                    f"record_node {self.suite.name} {level}/{index}",
                    zh("这个节点不属于现有的 {size} 条记录。请保留现场，从备份恢复。", size=size),
                )
