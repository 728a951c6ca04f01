"""The organisation for programs: the same lists, scopes and acts as its pages."""

from __future__ import annotations

from ninja import Router

from guiju.base.org.api.bodies import router as bodies
from guiju.base.org.api.changes import router as changes
from guiju.base.org.api.duties import router as duties
from guiju.base.org.api.people import router as people
from guiju.base.org.api.posts import router as posts
from guiju.base.org.api.units import router as units

ROUTERS: tuple[Router, ...] = (units, posts, people, bodies, duties, changes)
