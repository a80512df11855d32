"""Turn a text into mentions, links and statements, and those into triples."""
