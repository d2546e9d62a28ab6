"""Names of organisations, funds and programmes: those of the register, and unknown ones by their form."""
