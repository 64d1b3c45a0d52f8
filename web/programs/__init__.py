"""What programs read and do beside the commands of a cycle, and the document that describes all of it."""
