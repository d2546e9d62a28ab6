-- The search index in two tables: words as written with their places (phrases, beginnings of words), and the terms that
-- words are found by without places, at a third of the space. It is derived: the next `index` makes it again.

DROP TABLE search_facets;
DROP TABLE search_index;
DROP TABLE search_vocabulary;
DELETE FROM search_values;
DROP TABLE search_documents;

CREATE TABLE search_documents (
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL CHECK (type IN ('page', 'attachment', 'project', 'call', 'award', 'organisation')),
    key TEXT NOT NULL,
    page_version_id INTEGER REFERENCES page_versions (id) DEFERRABLE INITIALLY DEFERRED,
    url TEXT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    names TEXT NOT NULL,
    lang TEXT,
    blocks TEXT,
    date TEXT,
    start TEXT,
    end TEXT,
    opens TEXT,
    closes TEXT,
    facets TEXT NOT NULL,
    signature INTEGER NOT NULL,
    text_check INTEGER NOT NULL,
    UNIQUE (type, key)
);
CREATE INDEX search_documents_version ON search_documents (page_version_id) WHERE page_version_id IS NOT NULL;
CREATE INDEX search_documents_closes ON search_documents (closes) WHERE closes IS NOT NULL;

CREATE VIRTUAL TABLE search_index USING fts5 (
    text, title, names, labels,
    content = '', tokenize = "unicode61 remove_diacritics 0"
);

CREATE VIRTUAL TABLE search_terms USING fts5 (
    terms,
    content = '', detail = none, columnsize = 0, tokenize = "ascii"
);

-- Terms that stand in two documents or more.
CREATE TABLE search_vocabulary (
    term TEXT PRIMARY KEY,
    documents INTEGER NOT NULL
) WITHOUT ROWID;

CREATE VIEW search_facets AS
SELECT search_documents.id AS document_id, facet.value AS value_id
FROM search_documents
JOIN json_each(search_documents.facets) AS facet;

DELETE FROM meta WHERE key = 'search_analyser';
