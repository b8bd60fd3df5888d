"""What people do with versions of datasets."""
