"""Bring texts into the store: queue, workers, state, runs."""
