"""Addresses of profiles."""

from __future__ import annotations

from django.urls import path

from guiju.define.profiles.pages import (
    changing,
    comparing,
    content,
    copying,
    enforcing,
    files,
    of_edition,
    overview,
    profiles,
)

app_name = "profiles"
urlpatterns = [
    path("", profiles.profiles_page, name="profiles"),
    path("copy/", copying.copy_page, name="copy"),
    path("editions/<uuid:identity>/", of_edition.of_edition_page, name="of_edition"),
    path("editions/<uuid:identity>/take-up/", of_edition.take_up_page, name="take_up"),
    path("built-in/<slug:code>/", content.built_in_page, name="built_in"),
    path("built-in/<slug:code>/file/", files.built_in_file, name="built_in_file"),
    path("<uuid:identity>/", overview.profile_page, name="profile"),
    path("<uuid:identity>/history/", overview.history_page, name="history"),
    path("<uuid:identity>/compare/", comparing.compare_page, name="compare"),
    path("<uuid:identity>/begin/", copying.begin_page, name="begin"),
    path("<uuid:identity>/end/", enforcing.end_page, name="end"),
    path("<uuid:identity>/versions/<int:ordinal>/", content.version_page, name="version"),
    path("<uuid:identity>/versions/<int:ordinal>/file/", files.file_page, name="file"),
    path("<uuid:identity>/draft/in-force/", enforcing.enforce_page, name="enforce"),
    path("<uuid:identity>/draft/upload/", files.upload_page, name="upload"),
    path("<uuid:identity>/draft/discard/", copying.discard_page, name="discard"),
    path("<uuid:identity>/draft/parts/<slug:part>/", changing.part_page, name="part"),
    path("<uuid:identity>/draft/parts/<slug:part>/add/", changing.add_page, name="add"),
    path("<uuid:identity>/draft/parts/<slug:part>/<int:at>/", changing.entry_page, name="entry"),
    path(
        "<uuid:identity>/draft/parts/<slug:part>/<int:at>/remove/",
        changing.remove_page,
        name="remove",
    ),
    path(
        "<uuid:identity>/draft/chains/<int:at>/steps/add/", changing.add_step_page, name="add_step"
    ),
    path(
        "<uuid:identity>/draft/chains/<int:at>/steps/<int:step>/", changing.step_page, name="step"
    ),
    path(
        "<uuid:identity>/draft/chains/<int:at>/steps/<int:step>/remove/",
        changing.remove_step_page,
        name="remove_step",
    ),
]
