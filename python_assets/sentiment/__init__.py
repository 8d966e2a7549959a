"""How people feel in what they write, and what it is about.

`language` lets English through, by the lists in `words`; `scoring` scores it by VADER; `keywords`
finds the words of a month that may be shown, and `topics` what they are about.
"""
