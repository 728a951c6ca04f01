"""What is known of the organisation, as typed rows; every list is limited by a scope."""
