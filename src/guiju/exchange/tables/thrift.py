"""Just enough of Thrift's compact protocol to look into Parquet metadata.

Source: the Apache Thrift compact protocol specification.
"""

from __future__ import annotations

from dataclasses import dataclass

Struct = dict[int, object]

_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 11, 12
_INTEGERS = (4, 5, 6)
_DEEPEST = 32


class BrokenError(Exception):
    """The bytes are no Thrift struct."""


@dataclass(slots=True)
class Cursor:
    """Walks over ``data`` from ``at``; every method raises ``BrokenError`` on nonsense."""

    data: bytes
    at: int = 0
    depth: int = 0

    def struct(self) -> Struct:
        """Read one struct as field number to value."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BrokenError
        fields: Struct = {}
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._integer()
            kind = head & 15
            fields[field] = (kind == _TRUE) if kind in (_TRUE, _FALSE) else self._value(kind)
        self.depth -= 1
        return fields

    def _value(self, kind: int) -> object:
        if kind in _INTEGERS:
            return self._integer()
        if kind in (_BYTE, _TRUE, _FALSE):
            return self._byte()
        if kind == _BINARY:
            return self._take(self._natural())
        if kind in (_LIST, _SET):
            return self._list()
        if kind == _STRUCT:
            return self.struct()
        if kind == _DOUBLE:
            return self._take(8)
        raise BrokenError

    def _list(self) -> list[object]:
        head = self._byte()
        size = head >> 4 if head >> 4 < 15 else self._natural()
        if size > len(self.data):
            raise BrokenError
        return [self._value(head & 15) for _ in range(size)]

    def _integer(self) -> int:
        natural = self._natural()
        return (natural >> 1) ^ -(natural & 1)

    def _natural(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
            if shift > 63:
                raise BrokenError

    def _byte(self) -> int:
        if self.at >= len(self.data):
            raise BrokenError
        self.at += 1
        return self.data[self.at - 1]

    def _take(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self.data):
            raise BrokenError
        taken = self.data[self.at : end]
        self.at = end
        return taken
