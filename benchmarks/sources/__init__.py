"""What reading sources costs: exported files, databases, interfaces."""
