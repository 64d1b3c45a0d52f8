"""The post as people see it: receipts, what came back, how they want their mail, and letters as templates."""
