"""The example county's lists: powers, flows, risks and controls of its bureaus and schools.

What is written by hand stands in ``data`` (TOML, one power a line); rules of this package make
complete editions of it, the same each time.
"""
