"""Who is in which segment: what rules may say, their SQL, and the members day by day.

What a marketer may write is checked in `workspace/segment_rules.py`; when the members are decided
is up to `defs/segments`.
"""
