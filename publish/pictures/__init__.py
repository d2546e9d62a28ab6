"""Pictures as SVG, drawn from the archive's rows alone; each stands beside a table that says the same."""
