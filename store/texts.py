"""How a text is named wherever it is referred to."""

import re

TEXT = re.compile(r"text:[0-9a-f]{64}")
