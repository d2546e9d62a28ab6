"""How many partners a project is said to have."""
