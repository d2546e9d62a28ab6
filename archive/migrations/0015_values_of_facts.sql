-- What a page version says follows from its facts: `page_versions.record` held the same once more, a third as much as
-- the text of a dense page. No fact had aliases of its own: those of a body are the register's.
DROP VIEW page_fields;
DROP TRIGGER link_version_changed;
ALTER TABLE page_versions DROP COLUMN record;
ALTER TABLE facts DROP COLUMN aliases;

CREATE TRIGGER link_version_changed AFTER UPDATE OF seen_at, kind, title, text ON page_versions BEGIN
    INSERT INTO link_queue VALUES (new.page_id, 1) ON CONFLICT (page_id) DO UPDATE SET is_changed = 1;
END;

-- Which field a page states, does not state, or was not asked for: "the page does not say" is not "nobody looked".
CREATE VIEW page_fields AS
WITH fields (field, fact, kinds) AS (
    VALUES
        ('title', 'title', 'project call award'),
        ('start', 'start', 'project call award'),
        ('end', 'end', 'project call award'),
        ('opens', 'opens', 'call'),
        ('closes', 'closes', 'call'),
        ('published', 'published', 'project call award other'),
        ('updated', 'updated', 'project call award other'),
        ('funders', 'funder', 'project call award'),
        ('coordinator', 'coordinator', 'project award'),
        ('partners', 'partner', 'project award'),
        ('partner_count', 'partner_count', 'project award'),
        ('contacts', 'contact.*', 'project call award other'),
        ('amounts', 'amount', 'project call award'),
        ('identifiers', 'identifier', 'project call award')
)
SELECT
    page_versions.id AS page_version_id,
    page_versions.page_id,
    fields.field,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM facts WHERE facts.page_version_id = page_versions.id AND facts.field GLOB fields.fact
        ) THEN 'stated'
        WHEN page_versions.state = 'ok' AND instr(fields.kinds, page_versions.kind) THEN 'not stated'
        ELSE 'not looked for'
    END AS status
FROM page_versions
CROSS JOIN fields;

-- The whole key is text: a second copy of it, for rows by number, is of no use.
CREATE TABLE organisation_names_new (
    organisation_id TEXT NOT NULL REFERENCES organisations (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('page', 'register')),
    pages INTEGER NOT NULL,
    reason TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    PRIMARY KEY (organisation_id, name)
) WITHOUT ROWID;
INSERT INTO organisation_names_new SELECT * FROM organisation_names;
DROP TABLE organisation_names;
ALTER TABLE organisation_names_new RENAME TO organisation_names;

CREATE TABLE project_pages_new (
    project_id TEXT NOT NULL REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    page_id TEXT NOT NULL REFERENCES pages (id),
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (project_id, page_id)
) WITHOUT ROWID;
INSERT INTO project_pages_new SELECT * FROM project_pages;
DROP TABLE project_pages;
ALTER TABLE project_pages_new RENAME TO project_pages;
CREATE INDEX project_pages_page ON project_pages (page_id);

CREATE TABLE call_pages_new (
    call_id TEXT NOT NULL REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    page_id TEXT NOT NULL REFERENCES pages (id),
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (call_id, page_id)
) WITHOUT ROWID;
INSERT INTO call_pages_new SELECT * FROM call_pages;
DROP TABLE call_pages;
ALTER TABLE call_pages_new RENAME TO call_pages;
CREATE INDEX call_pages_page ON call_pages (page_id);

CREATE TABLE award_pages_new (
    award_id TEXT NOT NULL REFERENCES awards (id) DEFERRABLE INITIALLY DEFERRED,
    page_id TEXT NOT NULL REFERENCES pages (id),
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (award_id, page_id)
) WITHOUT ROWID;
INSERT INTO award_pages_new SELECT * FROM award_pages;
DROP TABLE award_pages;
ALTER TABLE award_pages_new RENAME TO award_pages;
CREATE INDEX award_pages_page ON award_pages (page_id);
