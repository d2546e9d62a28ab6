-- What the portal asks of large archives on every visit: what is new, what changed, what is gone, who works with whom.
CREATE INDEX changes_seen ON changes (seen_at);
CREATE INDEX pages_first_seen ON pages (first_seen);
CREATE INDEX pages_gone ON pages (gone_at) WHERE gone_at IS NOT NULL;

-- Wide enough to be read without the table.
DROP INDEX participations_organisation;
CREATE INDEX participations_organisation ON participations (organisation_id, role, project_id);
DROP INDEX participations_project;
CREATE INDEX participations_project ON participations (project_id, role, organisation_id) WHERE project_id IS NOT NULL;
