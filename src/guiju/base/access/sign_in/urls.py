"""Addresses of signing in; ``base.access.urls`` includes them under ``account/``."""

from __future__ import annotations

from django.urls import path

from guiju.base.access.sign_in.pages import (
    enrolling,
    openid,
    own_account,
    password,
    second_factor,
    second_step,
    sign_in,
)

urlpatterns = [
    path("", own_account.own_account, name="own_account"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/second/", second_step.second_step, name="second_step"),
    path("sign-in/provider/", openid.leave_for_provider, name="leave_for_provider"),
    path("sign-in/provider/back/", openid.back_from_provider, name="back_from_provider"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("link/<str:token>/", password.one_time_link, name="one_time_link"),
    path("password/", password.change, name="password"),
    path("sessions/", own_account.own_sessions, name="own_sessions"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("second-factor/app/", enrolling.enrol_app, name="enrol_app"),
    path("second-factor/key/", enrolling.enrol_key, name="enrol_key"),
    path("second-factor/codes/", second_factor.new_codes, name="new_codes"),
    path("second-factor/codes.txt", second_factor.codes_file, name="codes_file"),
    path("second-factor/<int:identity>/remove/", second_factor.remove, name="remove_factor"),
]
