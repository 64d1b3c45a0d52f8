"""The face: pages, forms and feeds. A form becomes a command, a read becomes a page, and no page writes."""
