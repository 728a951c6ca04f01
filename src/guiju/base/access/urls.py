"""Addresses of accounts and roles, and those of signing in."""

from __future__ import annotations

from django.urls import include, path

from guiju.base.access.pages import (
    account,
    accounts,
    administrators,
    closing,
    granting,
    home,
    interface,
    matrix,
    opening,
    roles,
    tokens,
    views,
)

app_name = "access"
urlpatterns = [
    path("", home.home, name="home"),
    path("account/", include("guiju.base.access.sign_in.urls")),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/new/", tokens.making, name="token_making"),
    path("account/tokens/<uuid:identity>/end/", tokens.ending, name="token_ending"),
    path("help/api/", interface.interface, name="interface"),
    path("help/api/<slug:name>/", interface.operation, name="operation"),
    path("access/", accounts.accounts, name="accounts"),
    path("access/open/", opening.opening, name="opening"),
    path("access/roles/", roles.roles, name="roles"),
    path("access/roles/<uuid:identity>/revoke/", granting.revoking, name="revoking"),
    path("access/matrix/", matrix.matrix, name="matrix"),
    path("access/administrators/", administrators.administrators, name="administrators"),
    path("access/administrators/merge/", administrators.merging, name="merging"),
    path("access/administrators/separate/", administrators.separating, name="separating"),
    path("access/<uuid:identity>/", account.account, name="account"),
    path("access/<uuid:identity>/link/", opening.link, name="new_link"),
    path("access/<uuid:identity>/disable/", closing.disable, name="disable"),
    path("access/<uuid:identity>/enable/", closing.enable, name="enable"),
    path("access/<uuid:identity>/unlock/", closing.unlocking, name="unlocking"),
    path("access/<uuid:identity>/reset/", closing.resetting, name="resetting"),
    path("access/<uuid:identity>/identities/forget/", closing.forgetting, name="forgetting"),
    path("access/<uuid:identity>/sessions/end/", closing.end_sessions, name="end_sessions"),
    path("access/<uuid:identity>/grant/", granting.granting, name="granting"),
    path("access/views/", views.views, name="views"),
    path("access/views/save/", views.saving, name="view_saving"),
    path("access/views/<uuid:identity>/change/", views.changing, name="view_changing"),
    path("access/views/<uuid:identity>/remove/", views.removing, name="view_removing"),
    path("access/views/<uuid:identity>/restore/", views.restoring, name="view_restoring"),
]
