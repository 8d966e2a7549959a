"""What Dagster knows: assets, checks, jobs and schedules, one folder per subject."""
