-- The search index. Everything here is derived from the other tables: `pipelines.index.index` makes it again.
-- Contentless: the words stand in page_versions and search_documents already; any SQLite with FTS5 can query it.

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
    signature TEXT NOT NULL,
    text_check INTEGER NOT NULL,
    UNIQUE (type, key)
);
CREATE INDEX search_documents_version ON search_documents (page_version_id);
CREATE INDEX search_documents_closes ON search_documents (closes) WHERE closes IS NOT NULL;

CREATE VIRTUAL TABLE search_index USING fts5 (
    text, terms, title, title_terms, names, labels,
    content = '', tokenize = "unicode61 remove_diacritics 0"
);

CREATE TABLE search_values (
    id INTEGER PRIMARY KEY,
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (facet, value)
);

CREATE TABLE search_facets (
    document_id INTEGER NOT NULL REFERENCES search_documents (id),
    value_id INTEGER NOT NULL REFERENCES search_values (id),
    PRIMARY KEY (document_id, value_id)
) WITHOUT ROWID;
CREATE INDEX search_facets_value ON search_facets (value_id, document_id);

CREATE TABLE search_vocabulary (
    term TEXT PRIMARY KEY,
    documents INTEGER NOT NULL,
    words INTEGER NOT NULL
) WITHOUT ROWID;
