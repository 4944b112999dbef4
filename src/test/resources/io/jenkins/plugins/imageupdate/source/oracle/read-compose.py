"""Prints what Debian's docker-compose makes of generated Compose files, one JSON line a file."""
import json
import logging
import os
import sys

from compose.config import config
from compose.config.environment import Environment
from compose.config.errors import ConfigurationError


class Warnings(logging.Handler):
    count = 0

    def emit(self, record):
        Warnings.count += "variable is not set" in record.getMessage()


logging.getLogger().addHandler(Warnings())
os.environ.clear()
os.environ["GIVEN"] = "2.1"
for number in range(int(sys.argv[2])):
    folder = os.path.join(sys.argv[1], "compose", str(number))
    Warnings.count = 0
    line = {"n": number}
    try:
        environment = Environment.from_env_file(folder)
        environment["GIVEN"] = "2.1"
        loaded = config.load(config.find(folder, ["compose.yaml"], environment, None))
        line["images"] = sorted(
            " ".join(filter(None, [s["name"], s["image"], s.get("platform")]))
            for s in loaded.services
            if "build" not in s
        )
        line["unset"] = Warnings.count > 0
    except ConfigurationError as e:
        line["error"] = str(e).split("\n")[0][:80]
    print(json.dumps(line, separators=(",", ":")))
