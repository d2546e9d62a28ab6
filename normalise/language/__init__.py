"""The languages of a page, and words brought to their base forms and search terms."""
