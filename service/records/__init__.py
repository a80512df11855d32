"""Triples about the service's own doings: runs, curation, the dataset."""
