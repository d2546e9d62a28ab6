-- The calls that a body funds, without reading all that it takes part in.
CREATE INDEX participations_funded ON participations (organisation_id, call_id) WHERE call_id IS NOT NULL;
