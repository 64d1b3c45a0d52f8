"""The addresses for programs beside web/api.py."""

from web.programs.acting import router as acting
from web.programs.page import router as page
from web.programs.reading import router as reading
from web.programs.supposing import router as supposing

ROUTERS = (reading, acting, supposing, page)
