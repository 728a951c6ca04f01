"""Finding risks together: campaigns, contributions, consolidation, the gate, grading."""
