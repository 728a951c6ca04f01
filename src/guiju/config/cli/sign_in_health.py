"""What ``guiju doctor`` says of signing in elsewhere: whether the provider and directory answer."""

from __future__ import annotations

import os
from collections.abc import Iterator

from guiju.base.access.sign_in.directory import asking as directory_asking
from guiju.base.access.sign_in.openid.metadata import Silent, metadata, signing_keys
from guiju.config.cli.record_health import Health
from guiju.config.cli.speak import say, tr
from guiju.config.environment import read_environment
from guiju.core.errors import Refusal


def sign_in_health() -> Iterator[Health]:
    """Ask what is configured; yield nothing where nothing is, or where the rest is in disorder."""
    try:
        environment = read_environment(os.environ)
    except Refusal:
        return  # what is wrong with it is said with the record
    if (provider := environment.provider) is not None:
        where = tr("登录服务「{name}」", name=provider.name)
        try:
            count = len(signing_keys(metadata(provider)))
        except Silent as silent:
            yield Health(where, is_well=False, found=say(silent.reason))
        else:
            found = tr("有答复，签名密钥 {count} 把", count=count)
            yield Health(where, is_well=count > 0, found=found)
    if (directory := environment.directory) is not None:
        where = tr("单位目录「{name}」", name=directory.url)
        try:
            directory_asking.require_answer(directory)
        except directory_asking.DirectorySilent as silent:
            yield Health(where, is_well=False, found=say(silent.reason))
        else:
            yield Health(where, is_well=True, found=tr("有答复，可以查找人员"))
