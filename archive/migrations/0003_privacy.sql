-- What is to be forgotten, and how projects, calls and awards hang together.

-- Digests of what was erased (HMAC-SHA256 with the salt in `meta`): later crawls, ingests and rebuilds drop it.
CREATE TABLE tombstones (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'person', 'url')),
    words INTEGER NOT NULL,
    since TEXT NOT NULL
) WITHOUT ROWID;

-- An erasure that is under way, with its value; the row goes with the last trace of the value.
CREATE TABLE erasures (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'person', 'url')),
    value TEXT NOT NULL,
    UNIQUE (kind, value)
);

-- Capture files that were written anew under another name; the row goes when the old file has gone.
CREATE TABLE capture_moves (
    old_file TEXT PRIMARY KEY,
    new_file TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE relations (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('continues', 'came of', 'granted by')),
    [from] TEXT NOT NULL,
    [to] TEXT NOT NULL,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    from_project_id TEXT REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    from_award_id TEXT REFERENCES awards (id) DEFERRABLE INITIALLY DEFERRED,
    to_project_id TEXT REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    to_call_id TEXT REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    to_award_id TEXT REFERENCES awards (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX relations_from_project ON relations (from_project_id) WHERE from_project_id IS NOT NULL;
CREATE INDEX relations_from_award ON relations (from_award_id) WHERE from_award_id IS NOT NULL;
CREATE INDEX relations_to_project ON relations (to_project_id) WHERE to_project_id IS NOT NULL;
CREATE INDEX relations_to_call ON relations (to_call_id) WHERE to_call_id IS NOT NULL;
CREATE INDEX relations_to_award ON relations (to_award_id) WHERE to_award_id IS NOT NULL;

-- The first and the last time that each value was seen on its page.
CREATE VIEW fact_sightings AS
SELECT
    facts.page_id,
    facts.field,
    facts.value,
    facts.role,
    min(page_versions.seen_at) AS first_seen,
    max(page_versions.last_seen) AS last_seen,
    max(page_versions.id = pages.current_version_id) AS is_current
FROM facts
JOIN page_versions ON page_versions.id = facts.page_version_id
JOIN pages ON pages.id = facts.page_id
GROUP BY facts.page_id, facts.field, facts.value, facts.role;

-- Facts are read by version; an index by page took a fifth of the space of all facts.
DROP INDEX facts_page;

-- A page version's id is a number in the index, too; its rows are kept.
CREATE TEMP TABLE kept_facets AS SELECT document_id, value_id FROM search_facets;
DELETE FROM search_facets;
CREATE TABLE search_documents_new (
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
INSERT INTO search_documents_new SELECT * FROM search_documents;
DROP TABLE search_documents;
ALTER TABLE search_documents_new RENAME TO search_documents;
CREATE INDEX search_documents_version ON search_documents (page_version_id);
CREATE INDEX search_documents_closes ON search_documents (closes) WHERE closes IS NOT NULL;
INSERT INTO search_facets (document_id, value_id) SELECT document_id, value_id FROM temp.kept_facets;
DROP TABLE temp.kept_facets;
