"""Measure extraction, and make records to measure everything after it."""
