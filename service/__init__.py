"""Serve facts: store, ingestion, SPARQL, pages, command line."""
