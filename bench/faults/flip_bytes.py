"""Random byte flips in the stored log: every one must be found.

10,000 flips in values of the log's tables (8,000 on SQLite, and 2,000 in its file), each
looked for by the whole of ``guiju doctor``'s audit over a record of about 300 entries;
one in fifty also by ``guiju doctor`` as a process; then 2,000 in the files of an export,
looked for by ``guiju verify`` and ``tools/guiju_verify.py``. About 35 minutes a database.
"""
