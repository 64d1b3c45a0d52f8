"""The emailed link: a lead comes from the mail to their one task by a code; officers look after links."""
