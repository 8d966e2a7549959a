"""The site of `reports/`: its data, its build, its server. No figures are computed here."""
