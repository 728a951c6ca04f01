"""Pure domain logic: standard library only, no clock, no input or output."""
