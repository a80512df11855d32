"""Text search over the names and sentences of the graph; see ``searching.SearchIndex``."""
