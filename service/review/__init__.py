"""Keep what reviewers decide and let it take effect."""
