"""When a page says that it was published or updated."""
