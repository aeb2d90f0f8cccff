package plimsoll.keeper.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.keeper.journal.Decision;
import plimsoll.keeper.journal.Foreseen;
import plimsoll.keeper.liquidation.BadDebtLedger;
import plimsoll.keeper.liquidation.LiquidationPlan;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.liquidation.Opportunity;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.TxHash;
import plimsoll.units.Wad;

/** The keeper's tables. Each method is one transaction. */
@ApplicationScoped
public class KeeperStore {

    private final StatelessSession session;

    @Inject
    KeeperStore(StatelessSession session) {
        this.session = session;
    }

    /** The number of this market, which is made if it is new. */
    @Transactional
    public long market(MarketId market) {
        session.createNativeMutationQuery(
                        "INSERT INTO markets (chain_id, pool, part) VALUES (:chain, :pool, :part) ON CONFLICT"
                                + " (chain_id, pool, part) DO NOTHING")
                .setParameter("chain", market.chain().value())
                .setParameter("pool", market.contract().hex())
                .setParameter("part", market.part())
                .executeUpdate();
        return session.createSelectionQuery(
                        "from MarketEntity where chainId = :chain and pool = :pool and part = :part",
                        MarketEntity.class)
                .setParameter("chain", market.chain().value())
                .setParameter("pool", market.contract().hex())
                .setParameter("part", market.part())
                .getSingleResult()
                .id;
    }

    /**
     * Adds to the journal.
     *
     * @param sent the transactions that followed
     * @param foreseen the prices that no block held yet, where the decisions are because of such
     */
    @Transactional
    public void journal(
            long market,
            List<Decision> decisions,
            Map<Address, StoredIntent> sent,
            Instant decidedAt,
            Optional<Foreseen> foreseen) {
        session.insertMultiple(decisions.stream()
                .map(decision -> {
                    DecisionEntity entity =
                            entity(market, decision, Optional.ofNullable(sent.get(decision.account())), decidedAt);
                    foreseen.ifPresent(
                            it -> entity.reason = "Before its block (" + it.summary() + "): " + entity.reason);
                    return entity;
                })
                .toList());
    }

    /** The journal, the newest first. */
    @Transactional
    public List<JournalLine> journal(long market, int limit) {
        String sql = """
            SELECT block_number, decided_at, account, health_factor_wad, action, reason, facts
            FROM decisions
            WHERE market_id = :market
            ORDER BY id DESC
            """;
        return session.createNativeQuery(sql, Object[].class)
                .setParameter("market", market)
                .setMaxResults(limit)
                .getResultStream()
                .map(KeeperStore::line)
                .toList();
    }

    /**
     * The transactions whose reason begins so, the newest first. What was planned for them is absent where a crash came before the
     * journal was written.
     */
    @Transactional
    public List<SentLiquidation> liquidations(String reasonPrefix, int limit) {
        String sql = """
            SELECT i.reason, i.planned_at, i.state, i.tx_hash, i.block_number AS mined_block, d.debt_asset,
                   d.debt_to_cover_raw, d.collateral_asset, d.collateral_seized_raw, d.proceeds_base, d.cost_base
            FROM intents i LEFT JOIN decisions d ON d.intent_id = i.id
            WHERE starts_with(i.reason, :prefix)
            ORDER BY i.id DESC
            """;
        return session.createNativeQuery(sql, Object[].class)
                .setParameter("prefix", reasonPrefix)
                .setMaxResults(limit)
                .getResultStream()
                .map(KeeperStore::liquidation)
                .toList();
    }

    /** What write-offs of bad debt that were sent since then were planned to lose, the oldest first. */
    @Transactional
    public List<BadDebtLedger.Loss> writeOffs(long market, Instant since) {
        String sql = """
            SELECT decided_at, cost_base, proceeds_base
            FROM decisions
            WHERE market_id = :market AND action = 'write-off' AND intent_id IS NOT NULL AND decided_at > :since
            ORDER BY id
            """;
        return session.createNativeQuery(sql, Object[].class)
                .setParameter("market", market)
                .setParameter("since", since)
                .getResultStream()
                .map(Columns::new)
                .map(row -> new BadDebtLedger.Loss(
                        row.instant(0),
                        BaseValue.ofRaw(row.integer(1).orElseThrow())
                                .minusOrZero(BaseValue.ofRaw(row.integer(2).orElseThrow()))))
                .toList();
    }

    /** How many transactions have a reason that begins so. */
    @Transactional
    public long countLiquidations(String reasonPrefix) {
        return session.createNativeQuery("SELECT count(*) FROM intents WHERE starts_with(reason, :prefix)", Long.class)
                .setParameter("prefix", reasonPrefix)
                .getSingleResult();
    }

    private static DecisionEntity entity(
            long market, Decision decision, Optional<StoredIntent> sent, Instant decidedAt) {
        var entity = new DecisionEntity();
        entity.marketId = market;
        entity.account = decision.account().hex();
        entity.blockNumber = decision.block().number().value();
        entity.blockHash = decision.block().hash().hex();
        entity.decidedAt = decidedAt;
        entity.action = decision.assessment().action();
        entity.reason = decision.assessment().reason();
        entity.healthFactor =
                decision.healthFactor().map(factor -> factor.ratio().raw()).orElse(null);
        if (decision.assessment().toSend().isPresent()) {
            LiquidationPlan plan = decision.assessment().toSend().get();
            Opportunity opportunity = plan.opportunity();
            entity.debtAsset = opportunity.debt().asset().hex();
            entity.debtToCover = opportunity.repaid().raw();
            entity.collateralAsset = opportunity.collateral().asset().hex();
            entity.collateralSeized = opportunity.received().raw();
            entity.proceedsBase = plan.proceeds().raw();
            entity.costBase = plan.cost().raw();
        }
        entity.intentId = sent.map(StoredIntent::id).orElse(null);
        entity.facts = "";
        return entity;
    }

    private static JournalLine line(Object[] row) {
        var columns = new Columns(row);
        return new JournalLine(
                new BlockNumber(columns.integer(0).orElseThrow().longValueExact()),
                columns.instant(1),
                new Address(columns.text(2).orElseThrow()),
                columns.integer(3).map(raw -> new HealthFactor(Wad.ofRaw(raw))),
                columns.text(4).orElseThrow(),
                columns.text(5).orElseThrow(),
                columns.text(6).orElse(""));
    }

    private static SentLiquidation liquidation(Object[] row) {
        var columns = new Columns(row);
        String reason = columns.text(0).orElseThrow();
        Optional<SentLiquidation.Amounts> amounts = columns.text(5)
                .map(debt -> new SentLiquidation.Amounts(
                        new Address(debt),
                        columns.integer(6).orElseThrow().toString(),
                        new Address(columns.text(7).orElseThrow()),
                        columns.integer(8).orElseThrow().toString(),
                        BaseValue.ofRaw(columns.integer(9).orElseThrow())
                                .minusOrZero(BaseValue.ofRaw(columns.integer(10).orElseThrow()))));
        String[] parts = reason.split("/", -1);
        return new SentLiquidation(
                reason,
                new Address(parts[parts.length - 2]),
                columns.instant(1),
                columns.text(2).orElseThrow(),
                columns.text(3).map(TxHash::parse),
                columns.integer(4).map(BigInteger::longValueExact).map(BlockNumber::new),
                amounts);
    }
}
