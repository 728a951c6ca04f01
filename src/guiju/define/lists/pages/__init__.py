"""The pages of the lists, one file a screen."""
