"""Addresses of approvals."""

from __future__ import annotations

from django.urls import path

from guiju.define.approval.pages import (
    cleanup,
    deciding,
    in_use,
    mine,
    objecting,
    remarking,
    review,
)

app_name = "approval"
urlpatterns = [
    path("", mine.mine_page, name="mine"),
    path("objections/<uuid:identity>/answer/", objecting.answering, name="answer"),
    path("objections/<uuid:identity>/contact/", objecting.contact, name="contact"),
    path("<uuid:identity>/", review.review, name="review"),
    path("<uuid:identity>/submit/", deciding.submitting_page, name="submit"),
    path("<uuid:identity>/take-back/", deciding.taking_back, name="take_back"),
    path("<uuid:identity>/sign/", deciding.signing_page, name="sign"),
    path("<uuid:identity>/send-back/", deciding.sending_back, name="send_back"),
    path("<uuid:identity>/remark/", remarking.remarking, name="remark"),
    path("<uuid:identity>/object/", objecting.objecting, name="object"),
    path("<uuid:identity>/suspend/", in_use.suspending, name="suspend"),
    path("<uuid:identity>/resume/", in_use.resuming, name="resume"),
    path("<uuid:identity>/repeal/", in_use.repealing, name="repeal"),
    path("<uuid:identity>/cleanup/", cleanup.cleanup, name="cleanup"),
    path("<uuid:identity>/cleanup/<path:code>/", cleanup.judging, name="judge"),
]
