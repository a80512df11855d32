"""Show the graph as pages, one blueprint a concern."""
