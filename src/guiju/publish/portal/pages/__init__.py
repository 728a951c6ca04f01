"""Pages of the portal, one file a screen."""
