"""The portal: published lists for everybody, without signing in."""
