-- Intents say how urgent they are and when they are of no use any more; attempts that only use their nonce up say why, and
-- whether the intent is given up or planned again under a later nonce.

ALTER TABLE intents
    ADD COLUMN urgency   TEXT        NOT NULL DEFAULT 'normal',
    ADD COLUMN deadline  TIMESTAMPTZ,
    ADD CONSTRAINT intents_urgency_is_known CHECK (urgency IN ('slow', 'normal', 'urgent'));

ALTER TABLE attempts
    ADD COLUMN yields         BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN cancel_reason  TEXT;

ALTER TABLE attempts
    ADD CONSTRAINT attempts_only_cancelling_say_why CHECK (cancels OR cancel_reason IS NULL),
    ADD CONSTRAINT attempts_that_yield_cancel CHECK (cancels OR NOT yields);
