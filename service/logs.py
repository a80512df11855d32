"""Messages of the service on stderr: lines for people, or lines of JSON for programs."""

import json
import logging
import sys
from datetime import UTC, datetime

LOG_FORMATS = ("text", "json")
_MESSAGES = "ecoduct"


class Lines(logging.Formatter):
    """Write what the service says of itself bare, and of all else who said it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a message."""
        said = super().format(record)
        return f"ecoduct: {said}" if record.name == _MESSAGES else f"ecoduct: {record.name}: {said}"


class JsonLines(logging.Formatter):
    """Write each message as one line of JSON, whatever it holds."""

    def __init__(self, process: str) -> None:
        """Name the process that writes: supervisor, writer, web or ingester."""
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(log_format: str, process: str) -> None:
    """Send all messages of this process to stderr: warnings, and what ``say`` says."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(process) if log_format == "json" else Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(_MESSAGES).setLevel(logging.INFO)
    quiet_queue()


def quiet_queue() -> None:
    """Keep the web server from a line on each request that waits for a thread for a moment."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def say(message: str) -> None:
    """Tell the operator something."""
    logging.getLogger(_MESSAGES).info("%s", message)
