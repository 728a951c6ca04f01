"""The only writers of campaigns, each through the record's door."""
