-- How sure the kind of a page is, as a probability; NULL for versions read by earlier rules and for pages that could not be read.
ALTER TABLE page_versions ADD COLUMN kind_confidence REAL;
