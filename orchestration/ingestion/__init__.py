"""File drops into typed raw tables: tolerant about form, strict about meaning, exact in count."""
