-- An intent may be a bid: a place directly behind a hidden transaction, in one block or never. A block that comes without it ends it, and
-- its nonce is planned again for another; what was bid stays on record. The same bytes may then be bid twice.

ALTER TABLE intents
    ADD COLUMN bid_behind   TEXT,
    ADD COLUMN bid_block    BIGINT,
    ADD COLUMN bid_tip_wei  NUMERIC(78, 0);

ALTER TABLE intents
    ADD CONSTRAINT intents_bid_is_whole
        CHECK ((bid_behind IS NULL) = (bid_block IS NULL) AND (bid_behind IS NULL) = (bid_tip_wei IS NULL)),
    ADD CONSTRAINT intents_bid_behind_is_32_bytes CHECK (bid_behind ~ '^0x[0-9a-f]{64}$'),
    ADD CONSTRAINT intents_bid_block_is_not_negative CHECK (bid_block >= 0),
    ADD CONSTRAINT intents_bid_tip_is_256_bits
        CHECK (bid_tip_wei BETWEEN 0 AND 115792089237316195423570985008687907853269984665640564039457584007913129639935),
    DROP CONSTRAINT intents_state_is_known,
    ADD CONSTRAINT intents_state_is_known
        CHECK (state IN ('planned', 'signed', 'sent', 'mined', 'final', 'replaced', 'dropped', 'reverted', 'withdrawn')),
    ADD CONSTRAINT intents_only_bids_are_withdrawn CHECK (state <> 'withdrawn' OR bid_behind IS NOT NULL),
    DROP CONSTRAINT intents_signed_names_its_transaction,
    ADD CONSTRAINT intents_signed_names_its_transaction
        CHECK (state IN ('planned', 'replaced', 'withdrawn') OR tx_hash IS NOT NULL),
    DROP CONSTRAINT intents_failed_says_why,
    ADD CONSTRAINT intents_failed_says_why
        CHECK (state NOT IN ('replaced', 'dropped', 'reverted', 'withdrawn') OR state_reason IS NOT NULL),
    DROP CONSTRAINT intents_nonce_is_used_once;

CREATE UNIQUE INDEX intents_nonce_is_used_once ON intents (chain_id, signer, nonce) WHERE state <> 'withdrawn';

ALTER TABLE attempts DROP CONSTRAINT attempts_tx_hash_is_unique;
CREATE INDEX attempts_by_tx_hash ON attempts (tx_hash);
