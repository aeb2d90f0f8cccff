-- A calibration says what set it off (before this one, those that were asked for count as the calendar's) and, of drift, in
-- what the market had drifted. Each reserve's row says what the reserve held then, in the token's smallest unit: a change of
-- that is a reason for the next calibration. Rows from before do not know.
ALTER TABLE calibrations
    ADD COLUMN trigger          TEXT NOT NULL DEFAULT 'calendar',
    ADD COLUMN trigger_reasons  TEXT NOT NULL DEFAULT '',
    ADD CONSTRAINT calibrations_trigger_is_known CHECK (trigger IN ('calendar', 'drift', 'asked'));

ALTER TABLE recommendations
    ADD COLUMN supplied  NUMERIC(78, 0),
    ADD COLUMN borrowed  NUMERIC(78, 0),
    ADD COLUMN decimals  INTEGER,
    ADD CONSTRAINT recommendations_totals_are_whole
        CHECK ((supplied IS NULL) = (decimals IS NULL) AND (borrowed IS NULL) = (decimals IS NULL)),
    ADD CONSTRAINT recommendations_totals_are_not_negative CHECK (supplied >= 0 AND borrowed >= 0),
    ADD CONSTRAINT recommendations_decimals_are_a_tokens CHECK (decimals BETWEEN 0 AND 77);
