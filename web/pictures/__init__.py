"""Pictures: inline SVG and tables, made of small frozen values, with all that they show said in words."""
