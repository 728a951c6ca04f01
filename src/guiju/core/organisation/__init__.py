"""An organisation as rows of a table: units, posts, persons, appointments, and their checks."""
