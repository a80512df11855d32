"""Decisions of reviewers: anchored in texts, applied to extractions, exported as gold."""
