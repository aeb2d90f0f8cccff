-- Whether a lease's holder acts for real or only tries, in a dry run: who is live takes at once what a dry one holds. Of holders that did
-- not say nothing is taken before its time.

ALTER TABLE leases ADD COLUMN live BOOLEAN NOT NULL DEFAULT TRUE;
