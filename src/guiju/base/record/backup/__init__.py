"""Backups: a copy of the record taken under load, and the way back from it.

``take.take_backup`` writes the archive, ``restore.restore_backup`` brings it back only
where nothing can be lost, and asks the witnesses whether it is all that they have seen.
"""
