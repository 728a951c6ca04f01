"""Tags of the templates; ``words`` is at hand everywhere, ``components`` is loaded."""
