"""Pages of profiles, one file a screen."""
