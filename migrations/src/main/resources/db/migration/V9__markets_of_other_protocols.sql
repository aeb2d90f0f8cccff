-- A market is a contract, or a part of one (Morpho Blue keeps many in one contract). Only Aave has indexes per reserve that are worth
-- keeping here; Compound's debts are written down at an index of their own.

ALTER TABLE markets ADD COLUMN part TEXT NOT NULL DEFAULT '';
ALTER TABLE markets DROP CONSTRAINT markets_pool_is_unique;
ALTER TABLE markets ADD CONSTRAINT markets_contract_and_part_are_unique UNIQUE (chain_id, pool, part);

ALTER TABLE reserves DROP COLUMN liquidity_index_ray;
ALTER TABLE reserves DROP COLUMN variable_borrow_index_ray;
ALTER TABLE reserves DROP COLUMN accrued_at;

ALTER TABLE balances ADD COLUMN debt_stored_at_raw NUMERIC(78, 0) NOT NULL DEFAULT 1;
ALTER TABLE balances ADD CONSTRAINT balances_debt_is_stored_at_an_index CHECK (debt_stored_at_raw >= 1);
