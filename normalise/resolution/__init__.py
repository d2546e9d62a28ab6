"""One entity for each body, from all the names that pages give it."""
