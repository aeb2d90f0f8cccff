-- What a keeper needs to go on from its stored positions in place of reading all of them from the chain again: the newest
-- blocks it had followed, to find the common ancestor where a reorganisation took some of them away, and whom each block
-- touched, to read again what the blocks that are gone had changed. The newest is the block that the positions are true at.
CREATE TABLE recent_blocks (
    market_id     BIGINT NOT NULL,
    block_number  BIGINT NOT NULL,
    block_hash    TEXT   NOT NULL,
    touched       TEXT[] NOT NULL,
    CONSTRAINT recent_blocks_pk PRIMARY KEY (market_id, block_number),
    CONSTRAINT recent_blocks_of_a_market FOREIGN KEY (market_id) REFERENCES markets (id) ON DELETE CASCADE,
    CONSTRAINT recent_blocks_number_is_not_negative CHECK (block_number >= 0),
    CONSTRAINT recent_blocks_hash_is_32_bytes CHECK (block_hash ~ '^0x[0-9a-f]{64}$')
);

-- A position is written when it changes, and no longer with every block. Its worth and its health change with every block, so
-- what was stored of them would be of another time than the balances.
DROP INDEX positions_by_health;
ALTER TABLE positions
    DROP COLUMN collateral_base,
    DROP COLUMN debt_base,
    DROP COLUMN health_factor_wad,
    DROP COLUMN assessed_block;
