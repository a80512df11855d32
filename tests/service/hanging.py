"""An extraction process that hangs and crashes when it is asked to."""

import os
import pickle
import time
from multiprocessing.connection import Connection

from service.ingest.extraction import ExtractionSettings, Outcome, Task, receive_tasks


def misbehave(connection: Connection, lifeline: Connection, settings: ExtractionSettings) -> None:
    """Answer each task with its payload, unless its document is named for what goes wrong."""
    tasks = receive_tasks(connection)
    while (task := tasks.get()) is not None:
        if task.document.startswith("hang"):
            time.sleep(600)
        if task.document.startswith("crash"):
            os._exit(3)
        answer = Outcome(task, {"g": str(task.payload).encode()})
        connection.send_bytes(pickle.dumps(answer))


def make_task(document: str, payload: str = "") -> Task:
    return Task("item", "file", document, "fingerprint", payload)
