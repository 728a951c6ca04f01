"""Addresses of campaigns."""

from __future__ import annotations

from django.urls import path

from guiju.define.campaigns.pages import (
    answering,
    beginning,
    board,
    campaign,
    campaigns,
    forms,
    gates,
    grading,
    proposing,
)

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.campaigns_page, name="campaigns"),
    path("mine/", answering.my_page, name="mine"),
    path("editions/<uuid:identity>/", campaigns.of_edition, name="of_edition"),
    path("editions/<uuid:identity>/begin/", beginning.beginning, name="begin"),
    path("<uuid:identity>/", campaign.campaign, name="campaign"),
    path("<uuid:identity>/close/", beginning.closing, name="close"),
    path("<uuid:identity>/urge/<int:number>/", beginning.urging, name="urge"),
    path("<uuid:identity>/answer/", answering.answering, name="answer"),
    path("<uuid:identity>/answer/<int:number>/", answering.finishing, name="finish"),
    path("<uuid:identity>/propose/", proposing.proposing, name="propose"),
    path("<uuid:identity>/board/", board.board, name="board"),
    path("<uuid:identity>/merge/", board.merging, name="merge"),
    path("<uuid:identity>/reject/", board.rejecting, name="reject"),
    path("<uuid:identity>/gates/", gates.gates, name="gates"),
    path("<uuid:identity>/gates/<slug:name>/", gates.judging, name="judge"),
    path("<uuid:identity>/grading/", grading.grading, name="grading"),
    path("<uuid:identity>/grading/<path:code>/", grading.grade, name="grade"),
    path("<uuid:identity>/forms/", forms.forms, name="forms"),
    path("<uuid:identity>/forms/<int:number>/<slug:ending>/", forms.form, name="form"),
]
