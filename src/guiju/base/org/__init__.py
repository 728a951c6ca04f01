"""The organisation over time: units, posts, people, and who holds what (有岗就有责)."""
