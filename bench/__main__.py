"""`python -m bench`: every bench in turn."""

import asyncio

from bench import children, floor

asyncio.run(floor.main())
asyncio.run(children.main())
