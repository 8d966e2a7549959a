"""The site of `reports/`: its data, its build and how it is served. No figures are computed here."""
