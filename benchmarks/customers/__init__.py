"""Scores, behaviours and cohorts of many customers; segments of many rules."""
