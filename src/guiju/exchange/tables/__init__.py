"""Event logs as tables: CSV and Parquet, with columns that the user names or Guiju guesses."""

from __future__ import annotations

from guiju.exchange.tables.columns import TableLog
from guiju.exchange.tables.guess import guess_mapping
from guiju.exchange.tables.mapping import ColumnMapping
from guiju.exchange.tables.parquet import read_parquet
from guiju.exchange.tables.separated import read_csv
from guiju.exchange.tables.writers import write_csv, write_parquet

__all__ = [
    "ColumnMapping",
    "TableLog",
    "guess_mapping",
    "read_csv",
    "read_parquet",
    "write_csv",
    "write_parquet",
]
