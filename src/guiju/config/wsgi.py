"""What a web server is given: the application, with Django set up."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.config.settings")
application = get_wsgi_application()
