"""Fetch over HTTP, politely and within limits."""
