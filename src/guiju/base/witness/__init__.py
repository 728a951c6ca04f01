"""A witness by C2SP tlog-witness that another body runs, and how a log asks one.

``store`` remembers, ``cosigning`` decides and signs, ``web`` and ``server`` speak HTTP,
``folder`` is what the body keeps; ``client`` is the log's side; ``paper`` and ``sheet``
carry the same exchange by hand where no network leads.
"""
