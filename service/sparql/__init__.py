"""Speak the SPARQL protocol: media types, tokens, requests and answers."""
