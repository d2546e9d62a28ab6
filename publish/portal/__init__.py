"""The pages that researchers see: routes, views and what they share."""
