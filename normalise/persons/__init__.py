"""Names of people and their job titles, wherever they stand."""
