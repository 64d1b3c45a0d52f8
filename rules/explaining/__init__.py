"""Why a date is the date: asked, counted, put into words and drawn."""
