-- The archive's first schema. Times are UTC, ISO 8601 (2026-11-22T08:10:11Z); dates of facts keep the text's precision.

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE sources (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    spider TEXT,
    start_url TEXT,
    every_s INTEGER,
    expected_pages INTEGER,
    first_seen TEXT NOT NULL
);

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('crawl', 'ingest', 'rebuild')),
    source_id TEXT REFERENCES sources (id),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'partial', 'failed')),
    due INTEGER NOT NULL DEFAULT 0,
    fetched INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    message TEXT
);

CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    page_id TEXT REFERENCES pages (id),
    run_id INTEGER REFERENCES runs (id),
    url TEXT NOT NULL,
    requested_url TEXT,
    via TEXT,
    captured_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    bytes INTEGER NOT NULL,
    text_digest TEXT,
    warc_file TEXT,
    warc_offset INTEGER,
    UNIQUE (warc_file, warc_offset)
);
CREATE INDEX captures_page ON captures (page_id, captured_at);
CREATE INDEX captures_run ON captures (run_id);

CREATE TABLE pages (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    source_id TEXT REFERENCES sources (id),
    parent_id TEXT REFERENCES pages (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind IN ('project', 'call', 'award', 'other')),
    lang TEXT,
    title TEXT,
    state TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    misses INTEGER NOT NULL DEFAULT 0,
    missed_at TEXT,
    gone_at TEXT,
    current_version_id INTEGER REFERENCES page_versions (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX pages_source ON pages (source_id);
CREATE INDEX pages_parent ON pages (parent_id);
CREATE INDEX pages_kind ON pages (kind);
CREATE INDEX pages_version ON pages (current_version_id);

CREATE TABLE page_versions (
    id INTEGER PRIMARY KEY,
    page_id TEXT NOT NULL REFERENCES pages (id),
    capture_id INTEGER REFERENCES captures (id),
    seen_at TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('project', 'call', 'award', 'other')),
    lang TEXT,
    title TEXT,
    format TEXT,
    text TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    record TEXT NOT NULL,
    rules_version TEXT NOT NULL
);
CREATE INDEX page_versions_page ON page_versions (page_id, seen_at);
CREATE INDEX page_versions_capture ON page_versions (capture_id);

CREATE TABLE page_alternates (
    page_id TEXT NOT NULL REFERENCES pages (id),
    lang TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (page_id, lang, url)
) WITHOUT ROWID;

-- Which field a page states, does not state, or was not asked for: "the page does not say" is not "nobody looked".
CREATE VIEW page_fields AS
WITH fields (field, kinds) AS (
    VALUES
        ('title', 'project call award'),
        ('start', 'project call award'),
        ('end', 'project call award'),
        ('opens', 'call'),
        ('closes', 'call'),
        ('published', 'project call award other'),
        ('updated', 'project call award other'),
        ('funders', 'project call award'),
        ('coordinator', 'project award'),
        ('partners', 'project award'),
        ('partner_count', 'project award'),
        ('contacts', 'project call award other'),
        ('amounts', 'project call award'),
        ('identifiers', 'project call award')
)
SELECT
    page_versions.id AS page_version_id,
    page_versions.page_id,
    fields.field,
    CASE
        WHEN coalesce(json_extract(page_versions.record, '$.' || fields.field), '[]') <> '[]' THEN 'stated'
        WHEN page_versions.state = 'ok' AND instr(fields.kinds, page_versions.kind) THEN 'not stated'
        ELSE 'not looked for'
    END AS status
FROM page_versions
CROSS JOIN fields;

CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    type TEXT,
    register_id TEXT UNIQUE,
    business_id TEXT,
    part_of_id TEXT REFERENCES organisations (id) DEFERRABLE INITIALLY DEFERRED,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL
);
CREATE INDEX organisations_name ON organisations (name);
CREATE INDEX organisations_part_of ON organisations (part_of_id) WHERE part_of_id IS NOT NULL;

CREATE TABLE organisation_names (
    organisation_id TEXT NOT NULL REFERENCES organisations (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('page', 'register')),
    pages INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (organisation_id, name)
);

CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    opens TEXT,
    closes TEXT,
    start TEXT,
    end TEXT,
    published TEXT,
    available_eur REAL,
    max_eur REAL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    gone_at TEXT
);
CREATE INDEX calls_closes ON calls (closes);

CREATE TABLE awards (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    published TEXT,
    start TEXT,
    end TEXT,
    grant_eur REAL,
    call_id TEXT REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    gone_at TEXT
);
CREATE INDEX awards_call ON awards (call_id);

CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    start TEXT,
    end TEXT,
    coordinator_id TEXT REFERENCES organisations (id) DEFERRABLE INITIALLY DEFERRED,
    partner_count INTEGER,
    total_eur REAL,
    grant_eur REAL,
    call_id TEXT REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    gone_at TEXT
);
CREATE INDEX projects_coordinator ON projects (coordinator_id);
CREATE INDEX projects_call ON projects (call_id);
CREATE INDEX projects_start ON projects (start);

CREATE TABLE project_pages (
    project_id TEXT NOT NULL REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    page_id TEXT NOT NULL REFERENCES pages (id),
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (project_id, page_id)
);
CREATE INDEX project_pages_page ON project_pages (page_id);

CREATE TABLE call_pages (
    call_id TEXT NOT NULL REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    page_id TEXT NOT NULL REFERENCES pages (id),
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (call_id, page_id)
);
CREATE INDEX call_pages_page ON call_pages (page_id);

CREATE TABLE award_pages (
    award_id TEXT NOT NULL REFERENCES awards (id) DEFERRABLE INITIALLY DEFERRED,
    page_id TEXT NOT NULL REFERENCES pages (id),
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (award_id, page_id)
);
CREATE INDEX award_pages_page ON award_pages (page_id);

CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'mailbox')),
    name TEXT,
    title TEXT,
    email TEXT,
    phone TEXT,
    organisation_id TEXT REFERENCES organisations (id) DEFERRABLE INITIALLY DEFERRED,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL
);
CREATE INDEX contacts_organisation ON contacts (organisation_id);
CREATE INDEX contacts_email ON contacts (email);

CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    page_version_id INTEGER NOT NULL REFERENCES page_versions (id),
    page_id TEXT NOT NULL REFERENCES pages (id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    value_number REAL,
    role TEXT CHECK (role IN ('available', 'grant', 'total', 'own', 'max', 'other')),
    quote TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    contact_group INTEGER,
    aliases TEXT,
    register_id TEXT,
    organisation_id TEXT REFERENCES organisations (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX facts_version ON facts (page_version_id);
CREATE INDEX facts_page ON facts (page_id, field);
CREATE INDEX facts_organisation ON facts (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX facts_contact ON facts (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE refusals (
    id INTEGER PRIMARY KEY,
    page_version_id INTEGER NOT NULL REFERENCES page_versions (id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX refusals_version ON refusals (page_version_id);

CREATE TABLE participations (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL CHECK (role IN ('funder', 'coordinator', 'partner')),
    project_id TEXT REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    call_id TEXT REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    award_id TEXT REFERENCES awards (id) DEFERRABLE INITIALLY DEFERRED,
    page_id TEXT NOT NULL REFERENCES pages (id),
    fact_id INTEGER NOT NULL REFERENCES facts (id) DEFERRABLE INITIALLY DEFERRED,
    pages INTEGER NOT NULL
);
CREATE INDEX participations_organisation ON participations (organisation_id, role);
CREATE INDEX participations_project ON participations (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX participations_call ON participations (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX participations_award ON participations (award_id) WHERE award_id IS NOT NULL;
CREATE INDEX participations_page ON participations (page_id);
CREATE INDEX participations_fact ON participations (fact_id);

CREATE TABLE contact_mentions (
    contact_id TEXT NOT NULL REFERENCES contacts (id) DEFERRABLE INITIALLY DEFERRED,
    page_id TEXT NOT NULL REFERENCES pages (id),
    contact_group INTEGER NOT NULL,
    title TEXT,
    reason TEXT NOT NULL,
    project_id TEXT REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    call_id TEXT REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    award_id TEXT REFERENCES awards (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (contact_id, page_id, contact_group)
);
CREATE INDEX contact_mentions_page ON contact_mentions (page_id);
CREATE INDEX contact_mentions_project ON contact_mentions (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX contact_mentions_call ON contact_mentions (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX contact_mentions_award ON contact_mentions (award_id) WHERE award_id IS NOT NULL;

CREATE TABLE amounts (
    id TEXT PRIMARY KEY,
    eur REAL NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('available', 'grant', 'total', 'own', 'max', 'other')),
    page_id TEXT NOT NULL REFERENCES pages (id),
    fact_id INTEGER NOT NULL REFERENCES facts (id) DEFERRABLE INITIALLY DEFERRED,
    project_id TEXT REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    call_id TEXT REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    award_id TEXT REFERENCES awards (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX amounts_page ON amounts (page_id);
CREATE INDEX amounts_fact ON amounts (fact_id);
CREATE INDEX amounts_project ON amounts (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX amounts_call ON amounts (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX amounts_award ON amounts (award_id) WHERE award_id IS NOT NULL;

CREATE TABLE identifiers (
    id TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    page_id TEXT NOT NULL REFERENCES pages (id),
    fact_id INTEGER NOT NULL REFERENCES facts (id) DEFERRABLE INITIALLY DEFERRED,
    project_id TEXT REFERENCES projects (id) DEFERRABLE INITIALLY DEFERRED,
    call_id TEXT REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
    award_id TEXT REFERENCES awards (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX identifiers_value ON identifiers (value);
CREATE INDEX identifiers_page ON identifiers (page_id);
CREATE INDEX identifiers_fact ON identifiers (fact_id);
CREATE INDEX identifiers_project ON identifiers (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX identifiers_call ON identifiers (call_id) WHERE call_id IS NOT NULL;
CREATE INDEX identifiers_award ON identifiers (award_id) WHERE award_id IS NOT NULL;

CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    page_id TEXT NOT NULL REFERENCES pages (id),
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    seen_at TEXT NOT NULL
);
CREATE INDEX changes_page ON changes (page_id, seen_at);
CREATE INDEX changes_field ON changes (field, seen_at);

CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    page_id TEXT REFERENCES pages (id),
    run_id INTEGER REFERENCES runs (id),
    url TEXT NOT NULL,
    class TEXT NOT NULL,
    message TEXT NOT NULL,
    seen_at TEXT NOT NULL
);
CREATE INDEX problems_page ON problems (page_id);
CREATE INDEX problems_run ON problems (run_id);
CREATE INDEX problems_class ON problems (class, seen_at);

CREATE TABLE visits (
    url TEXT PRIMARY KEY,
    source_id TEXT REFERENCES sources (id),
    role TEXT NOT NULL DEFAULT 'page' CHECK (role IN ('page', 'attachment', 'listing', 'sitemap', 'feed')),
    via TEXT,
    found_at TEXT,
    etag TEXT,
    last_modified TEXT,
    lastmod TEXT,
    text_digest TEXT,
    checked_at TEXT,
    due_at TEXT,
    interval_s INTEGER,
    unchanged_count INTEGER NOT NULL DEFAULT 0,
    misses INTEGER NOT NULL DEFAULT 0,
    status INTEGER,
    state TEXT
);
CREATE INDEX visits_due ON visits (source_id, due_at);

CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    robots_state TEXT,
    robots_checked_at TEXT,
    crawl_delay REAL,
    backoff_until TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    requests_today INTEGER NOT NULL DEFAULT 0,
    budget_day TEXT,
    lastmod_trust REAL,
    reserved INTEGER
);
