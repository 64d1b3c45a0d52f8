"""Forms: what people type becomes the fields of a command, or a sentence beside the field that is wrong."""
