"""The processes of a running service: supervisor, writer, web."""
