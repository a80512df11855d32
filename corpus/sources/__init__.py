"""Sources of texts, one adapter a kind."""
