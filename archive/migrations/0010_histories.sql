-- Bodies through time: a question about 2019 is answered with the bodies of 2019, or with their successors of today.
-- Dates are ISO days, `valid_to` is the last one; NULL: not known, or not ended.

ALTER TABLE organisation_names ADD COLUMN valid_from TEXT;
ALTER TABLE organisation_names ADD COLUMN valid_to TEXT;

-- Bodies that a register knows first or last days or mergers of, whether a page names them or not. The id is that of
-- the organisation where one does.
CREATE TABLE bodies (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT
) WITHOUT ROWID;

CREATE TABLE successions (
    body_id TEXT NOT NULL REFERENCES bodies (id) DEFERRABLE INITIALLY DEFERRED,
    successor_id TEXT NOT NULL REFERENCES bodies (id) DEFERRABLE INITIALLY DEFERRED,
    valid_from TEXT,
    PRIMARY KEY (body_id, successor_id)
) WITHOUT ROWID;
CREATE INDEX successions_successor ON successions (successor_id);

CREATE VIEW organisations_today AS
WITH RECURSIVE after (organisation_id, id) AS (
    SELECT id, id FROM organisations
    UNION
    SELECT organisation_id, successor_id FROM after JOIN successions ON body_id = id
)
SELECT after.organisation_id, after.id AS today_id, coalesce(bodies.name, organisations.name) AS today_name
FROM after LEFT JOIN bodies ON bodies.id = after.id LEFT JOIN organisations ON organisations.id = after.id
WHERE NOT EXISTS (SELECT 1 FROM successions WHERE body_id = after.id);
