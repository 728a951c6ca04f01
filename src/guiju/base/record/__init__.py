"""The record: the one door through which state changes, and the ledger that seals what passed.

``door.recording`` is how everything is written; ``sequencer`` seals events into the tree;
``checkpoints``, ``witnessing`` and ``floor`` see to it that nobody can rewrite it unseen.
"""
