"""The record's tables. Rows are only ever added; triggers on both databases see to it.

Events carry no foreign keys, so that nothing elsewhere can cascade into them or hold
them back (design.md, section 3; engine.md, section 4).
"""

from __future__ import annotations

from django.db import models

REFERENCE = 120
"""How long a reference such as ``unit:0190…`` may be."""


class Event(models.Model):
    """One thing that happened, as the bytes that are sealed, with columns to find it by.

    The columns repeat what ``entry`` says; ``doctor`` compares them.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=REFERENCE)
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=REFERENCE)
    post = models.CharField(max_length=REFERENCE, blank=True)
    unit = models.CharField(max_length=REFERENCE, blank=True)
    object = models.CharField(max_length=REFERENCE, blank=True)
    matter = models.CharField(max_length=REFERENCE, blank=True)
    request = models.UUIDField()
    entry = models.BinaryField()

    class Meta:
        db_table = "record_event"
        indexes = [
            models.Index(fields=["at", "id"], name="record_event_at"),
            models.Index(fields=["kind", "at", "id"], name="record_event_kind"),
            models.Index(fields=["actor", "at", "id"], name="record_event_actor"),
            models.Index(fields=["unit", "at", "id"], name="record_event_unit"),
            models.Index(fields=["object", "at", "id"], name="record_event_object"),
            models.Index(fields=["matter", "at", "id"], name="record_event_matter"),
            models.Index(fields=["request", "id"], name="record_event_request"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Outbox(models.Model):
    """An event that waits to be sealed; it may leave only when it has a leaf (by trigger).

    Attributes:
        sha256: the leaf hash of the entry as it was written, so that a change of a waiting
            event is found before it is sealed.
    """

    event_id = models.BigIntegerField(primary_key=True)
    sha256 = models.BinaryField(max_length=32)

    class Meta:
        db_table = "record_outbox"

    def __str__(self) -> str:
        return str(self.event_id)


class Leaf(models.Model):
    """An event's place in the tree: number, and leaf hashes by SHA-256 and by SM3."""

    seq = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    sha256 = models.BinaryField(max_length=32)
    sm3 = models.BinaryField(max_length=32)

    class Meta:
        db_table = "record_leaf"

    def __str__(self) -> str:
        return str(self.seq)


class Node(models.Model):
    """The root over a complete subtree of 256, 65,536, … leaves: what proofs are made from.

    ``level`` counts in steps of 256, as tiles do (C2SP tlog-tiles); lower nodes are computed.
    """

    pk = models.CompositePrimaryKey("suite", "level", "index")
    suite = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "record_node"

    def __str__(self) -> str:
        return f"{self.suite} {self.level}/{self.index}"


class Checkpoint(models.Model):
    """A tree head that this log has signed (C2SP tlog-checkpoint): the note, byte for byte."""

    id = models.BigAutoField(primary_key=True)
    suite = models.CharField(max_length=8)
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "record_checkpoint"
        indexes = [models.Index(fields=["suite", "size", "id"], name="record_checkpoint_size")]

    def __str__(self) -> str:
        return f"{self.suite} {self.size}"


class Cosignature(models.Model):
    """A witness's signature line under one of our checkpoints (C2SP tlog-cosignature)."""

    id = models.BigAutoField(primary_key=True)
    checkpoint_id = models.BigIntegerField(db_index=True)
    witness = models.CharField(max_length=REFERENCE)
    size = models.BigIntegerField()
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "record_cosignature"
        indexes = [models.Index(fields=["witness", "size"], name="record_cosignature_witness")]

    def __str__(self) -> str:
        return f"{self.witness} {self.size}"


class Sealed(models.Model):
    """A personal value of an event with its salt, under the key of the person it is about."""

    id = models.BigAutoField(primary_key=True)
    event_key = models.UUIDField()
    path = models.CharField(max_length=REFERENCE)
    person = models.CharField(max_length=REFERENCE, db_index=True)
    box = models.BinaryField()

    class Meta:
        db_table = "record_sealed"
        constraints = [
            models.UniqueConstraint(fields=["event_key", "path"], name="record_sealed_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_key} {self.path}"


class Witness(models.Model):
    """Another body that cosigns our checkpoints, and since when; changed by actions only."""

    name = models.CharField(primary_key=True, max_length=REFERENCE)
    vkey = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    registered_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20)

    class Meta:
        db_table = "record_witness"

    def __str__(self) -> str:
        return self.name


class Quorum(models.Model):
    """How many witnesses must have cosigned before a checkpoint counts as witnessed."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    count = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "record_quorum"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="record_quorum_one"),
        ]

    def __str__(self) -> str:
        return str(self.count)


KEPT = (Event, Leaf, Node, Checkpoint, Cosignature, Sealed)
"""Tables to which rows are only added."""
