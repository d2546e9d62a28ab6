"""Who pays for a project, who leads it and who takes part."""
