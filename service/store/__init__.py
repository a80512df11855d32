"""The only way to triples: one protocol, embedded and remote stores."""
