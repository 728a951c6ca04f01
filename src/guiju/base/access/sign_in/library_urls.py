"""The two addresses that django-allauth leads to by names of its own; all its others are 404."""

from __future__ import annotations

from django.urls import path

from guiju.base.access.sign_in.pages.second_step import second_step
from guiju.base.access.sign_in.pages.sign_in import sign_in

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/second/", second_step, name="mfa_authenticate"),
]
