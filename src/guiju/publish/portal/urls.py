"""Addresses of the portal; they stay as they are, so that others can link to them."""

from __future__ import annotations

from django.urls import path

from guiju.publish.portal.pages import (
    answers,
    changes,
    data,
    edition,
    feed,
    first,
    objecting,
    power,
    proof,
    search,
)

app_name = "portal"
urlpatterns = [
    path("", first.first, name="first"),
    path("search/", search.search, name="search"),
    path("verify/", proof.how, name="verify"),
    path("answers/", answers.answer, name="answer"),
    path("data/", data.page, name="data"),
    path("data/catalogue.json", data.catalogue, name="catalogue"),
    path("data/lists.<slug:form>", data.everything, name="everything"),
    path("feed.atom", feed.feed, name="feed"),
    path("units/<uuid:unit>/", edition.current, name="unit"),
    path("editions/<uuid:identity>/", edition.edition, name="edition"),
    path("editions/<uuid:identity>/changes/", changes.changes, name="changes"),
    path("editions/<uuid:identity>/proof/", proof.proof, name="proof"),
    path("editions/<uuid:identity>/proof.zip", proof.bundle, name="bundle"),
    path("editions/<uuid:identity>/withheld.json", data.withheld, name="withheld"),
    path("editions/<uuid:identity>/lists.<slug:form>", data.file, name="file"),
    path("editions/<uuid:identity>/object/", objecting.objecting, name="object"),
    path("editions/<uuid:identity>/powers/<path:code>/", power.power, name="power"),
]
