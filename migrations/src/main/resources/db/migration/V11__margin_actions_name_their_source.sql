-- Whose funds a mandate used; a health that nobody could tell is absent.

ALTER TABLE margin_actions ALTER COLUMN health_wad DROP NOT NULL;
ALTER TABLE margin_actions ADD COLUMN source TEXT;
ALTER TABLE margin_actions ADD CONSTRAINT margin_actions_source_is_known CHECK (source IN ('funded', 'wallet'));
ALTER TABLE margin_actions DROP CONSTRAINT margin_actions_have_amounts;
ALTER TABLE margin_actions ADD CONSTRAINT margin_actions_have_amounts
    CHECK ((verdict = 'act') = (reason_key IS NOT NULL AND asset IS NOT NULL AND amount_raw IS NOT NULL AND kind IS NOT NULL
        AND source IS NOT NULL AND state IS NOT NULL AND expires_at IS NOT NULL));
