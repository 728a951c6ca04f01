"""How the tables of the views came to be."""
