"""Parts of openapi.json, one module a concern."""
