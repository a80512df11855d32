"""Score extractions against annotated texts."""
