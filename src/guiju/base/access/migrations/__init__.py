"""How the tables of accounts and roles came to be."""
