"""The programme's pages: its years, what was asked, planning, moving, adopting, proposals."""
