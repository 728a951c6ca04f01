"""The screens of approvals."""
