-- What public registers say of bodies: names and mergers with their dates, municipalities and regions.
-- Dates are ISO days; `ends` is the last day; NULL: not known, or not ended.

CREATE TABLE IF NOT EXISTS register_bodies (
    id TEXT PRIMARY KEY,
    register TEXT NOT NULL CHECK (register IN ('opintopolku', 'prh')),
    oid TEXT,
    business_id TEXT,
    institution_code TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('provider', 'school', 'site', 'municipality', 'company', 'other')),
    municipality_code TEXT,
    parent_id TEXT,
    entry_id TEXT,
    starts TEXT,
    ends TEXT,
    fetched_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS register_bodies_business_id ON register_bodies (business_id);
CREATE INDEX IF NOT EXISTS register_bodies_entry ON register_bodies (entry_id);

CREATE TABLE IF NOT EXISTS register_names (
    body_id TEXT NOT NULL REFERENCES register_bodies (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('', 'fi', 'sv', 'en')),
    starts TEXT NOT NULL,
    ends TEXT,
    is_short INTEGER NOT NULL,
    PRIMARY KEY (body_id, name, lang, starts)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS register_mergers (
    body_id TEXT NOT NULL,
    successor_id TEXT NOT NULL,
    date TEXT NOT NULL,
    PRIMARY KEY (body_id, successor_id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS register_areas (
    kind TEXT NOT NULL CHECK (kind IN ('municipality', 'region')),
    code TEXT NOT NULL,
    name_fi TEXT NOT NULL,
    name_sv TEXT,
    name_en TEXT,
    region_code TEXT,
    PRIMARY KEY (kind, code)
) WITHOUT ROWID;
