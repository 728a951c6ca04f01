"""By which channel somebody's proposal comes (S0-15, S4-21)."""

from __future__ import annotations

from collections.abc import Collection

from guiju.core.lists.words import Channel

_RECORDED = (
    Channel.PUBLIC,
    Channel.ORGANISATION,
    Channel.COLLECTIVE,
    Channel.REVIEW,
    Channel.OUTSIDE,
)
"""What was said in a meeting or by the public is entered by whoever runs the campaign."""


def channels_of(
    campaign: Collection[Channel], *, is_leader: bool, may_run: bool
) -> tuple[Channel, ...]:
    """Return the channels that somebody may use: own post, another's, those below, a meeting.

    Args:
        campaign: those of the campaign.
        is_leader: whether they hold a leading post today.
        may_run: whether they run the campaign.
    """
    mine = {Channel.SELF, Channel.MUTUAL}
    if is_leader:
        mine.add(Channel.LEADER)
    if may_run:
        mine.update(_RECORDED)
    return tuple(one for one in Channel if one in mine and one in campaign)
