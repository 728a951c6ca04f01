"""The only writers of approvals, each through the record's door."""
