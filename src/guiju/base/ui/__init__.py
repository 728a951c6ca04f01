"""What every page has in common: the shell, words and dates, lists and their paging.

It knows of no area: areas put their entries into ``navigation`` when they start.
"""
