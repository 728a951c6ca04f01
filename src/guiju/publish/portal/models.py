"""What is published: of each edition its public form, made once, and by what it is found.

Pages for the public read these tables and no others of the lists, so that what is not public is
not even near them. Whether something is shown today says the edition's own state.
"""

from __future__ import annotations

from django.db import models

from guiju.define.lists.models import CODE, NAME

GRAM = 64


class Issue(models.Model):
    """An edition as it was published.

    Attributes:
        state: in which state the edition was then: public notice, or effective.
        source: digest of the whole edition, which was approved.
        digest: of ``content``, which is what everybody may take away.
        head: unit, title and the like, as they were then.
        groups: kinds of power with their names and how many there are, in their order.
        withheld: what is not public, and why (``core.lists.public``).
        changes: what it changes in the unit's edition before: items before and after.
        content: canonical bytes of the public form, compressed.
        event: key of the event of its publication.
        effect: key of the event by which it took effect.
        notice_from, notice_to: first and last day of its public notice.
        closed: what was taken out since, because a later edition closed it: table, code, and the
            class of its exemption (audience, reason, review date); nothing of what it said.
        closings: keys of the events by which that was done, in their order; each says the digest
            before and after.
        closed_at: when that was done last.
    """

    number = models.BigAutoField(primary_key=True)
    edition = models.OneToOneField("lists.Edition", models.CASCADE, related_name="issue")
    state = models.CharField(max_length=20)
    source = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    head = models.JSONField()
    groups = models.JSONField(default=list)
    withheld = models.JSONField(default=list)
    changes = models.JSONField(null=True)
    content = models.BinaryField()
    event = models.UUIDField()
    effect = models.UUIDField(null=True)
    published_at = models.DateTimeField()
    notice_from = models.DateField(null=True)
    notice_to = models.DateField(null=True)
    closed = models.JSONField(default=list)
    closings = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "portal_issue"
        indexes = [
            models.Index(fields=["published_at", "number"], name="portal_issue_at"),
        ]

    def __str__(self) -> str:
        return self.digest


class OpenItem(models.Model):
    """An item of a published edition in its public form.

    Attributes:
        place: where it stands among those of its table.
        title: what it is called, cut where it is long.
        power: code of the power to which it belongs; a power's own.
        group: the kind of a power.
        content: the item, as ``core.plain`` writes it.
    """

    number = models.BigAutoField(primary_key=True)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items", db_index=False)
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=CODE)
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=NAME, blank=True)
    power = models.CharField(max_length=CODE, blank=True)
    group = models.CharField(max_length=40, blank=True)
    content = models.JSONField()

    class Meta:
        db_table = "portal_item"
        constraints = [
            models.UniqueConstraint(fields=["issue", "kind", "code"], name="portal_item_code"),
        ]
        indexes = [
            models.Index(fields=["issue", "power", "kind"], name="portal_item_power"),
            models.Index(fields=["issue", "kind", "group", "place"], name="portal_item_group"),
            models.Index(fields=["issue", "kind", "place"], name="portal_item_place"),
        ]

    def __str__(self) -> str:
        return self.title


class Gram(models.Model):
    """By what a power in use is found (``core.lists.asking``), and how much that counts."""

    number = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(OpenItem, models.CASCADE, related_name="grams")
    gram = models.CharField(max_length=GRAM)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "portal_gram"
        indexes = [
            models.Index(fields=["gram", "item", "weight"], name="portal_gram_found"),
        ]

    def __str__(self) -> str:
        return self.gram


class OpenFile(models.Model):
    """A file that everybody may take away, made when its edition was published.

    Attributes:
        issue: of which edition; None for what holds all lists in use.
        form: csv or xlsx; JSON is the issue's own content.
        etag: says whether it is still the same.
    """

    number = models.BigAutoField(primary_key=True)
    issue = models.ForeignKey(Issue, models.CASCADE, null=True, related_name="files")
    form = models.CharField(max_length=8)
    etag = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    content = models.BinaryField()

    class Meta:
        db_table = "portal_file"
        constraints = [
            models.UniqueConstraint(fields=["issue", "form"], name="portal_file_form"),
        ]

    def __str__(self) -> str:
        return self.form


class Looked(models.Model):
    """Against which edition in use an older one was looked through for what is closed now.

    Attributes:
        current: number of that edition.
    """

    issue = models.OneToOneField(Issue, models.CASCADE, primary_key=True, related_name="looked")
    current = models.BigIntegerField()

    class Meta:
        db_table = "portal_looked"

    def __str__(self) -> str:
        return str(self.current)


class SendingHour(models.Model):
    """An hour in which strangers sent something: the key under which they are counted.

    Attributes:
        number: hours since 1970.
        key: destroyed with the hour.
    """

    number = models.BigIntegerField(primary_key=True)
    key = models.BinaryField()

    class Meta:
        db_table = "portal_hour"

    def __str__(self) -> str:
        return str(self.number)


class Sender(models.Model):
    """How often something was sent from one address within an hour (``slowing``).

    Attributes:
        mark: keyed hash of what was sent and from where.
    """

    id = models.BigAutoField(primary_key=True)
    hour = models.ForeignKey(SendingHour, models.CASCADE, related_name="+", db_index=False)
    mark = models.CharField(max_length=64)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "portal_sender"
        constraints = [
            models.UniqueConstraint(fields=["hour", "mark"], name="portal_sender_once"),
        ]

    def __str__(self) -> str:
        return str(self.count)
