"""One flow of a draft: its step table, its picture, its proof, while it is written and after."""
