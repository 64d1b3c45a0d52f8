"""Ask this container's own process whether it is well: python deploy/healthy.py PORT, exit code 0 or 1."""

import sys
from http.client import HTTPConnection

connection = HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=4)
try:
    connection.request("GET", "/healthz")
    sys.exit(connection.getresponse().status != 200)  # noqa: PLR2004 - HTTP's word for well
except OSError as reason:
    sys.exit(str(reason))
