"""The example county: units, posts, people and ten years of appointments, all made up."""
