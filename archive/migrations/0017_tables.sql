-- Tables that are too large to hold change their address with every edition: by its length the same one is known again.
ALTER TABLE visits ADD COLUMN length INTEGER;
