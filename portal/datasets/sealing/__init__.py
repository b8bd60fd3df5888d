"""What is sealed when a version is published, and what of it an outsider may check."""
