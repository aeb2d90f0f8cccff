-- An intent may answer another's pending transaction. Until a block holds that one, its bytes begin the bundles in which ours is told to
-- relays; so they are kept with the intent, and a restart goes on where the process before it stopped.

ALTER TABLE intents
    ADD COLUMN forerunner_sender  TEXT,
    ADD COLUMN forerunner_nonce   BIGINT,
    ADD COLUMN forerunner_bytes   TEXT;

ALTER TABLE intents
    ADD CONSTRAINT intents_forerunner_is_whole
        CHECK ((forerunner_bytes IS NULL) = (forerunner_sender IS NULL)
            AND (forerunner_bytes IS NULL) = (forerunner_nonce IS NULL)),
    ADD CONSTRAINT intents_forerunner_sender_is_an_address CHECK (forerunner_sender ~ '^0x[0-9a-f]{40}$'),
    ADD CONSTRAINT intents_forerunner_nonce_is_not_negative CHECK (forerunner_nonce >= 0),
    ADD CONSTRAINT intents_forerunner_bytes_are_hex CHECK (forerunner_bytes ~ '^0x([0-9a-f]{2})+$');
