-- The commonest words as written, for beginnings that many words share, and words for the months in which calls close.
-- The index is derived: the next `index` makes it again.

CREATE TABLE search_written (
    term TEXT PRIMARY KEY,
    documents INTEGER NOT NULL
) WITHOUT ROWID;

DELETE FROM meta WHERE key = 'search_analyser';
