package plimsoll.keeper.store;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import plimsoll.keeper.journal.BidDecision;
import plimsoll.runtime.store.Transactions;

/** What was bid at auctions, and why nothing was, for as long as the database lasts. */
public final class BidStore {

    private static final String INSERT = """
            INSERT INTO bids (market_id, block_number, behind, answers, account, profit_base, tip_wei, gas, reason_key, why,
                decided_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Transactions transactions;

    public BidStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    public void add(long market, BidDecision decision, Instant at) {
        transactions.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setLong(1, market);
                insert.setLong(2, decision.block().value());
                insert.setString(3, decision.behind().hex());
                insert.setString(4, decision.answers());
                insert.setString(5, decision.account().hex());
                insert.setBigDecimal(6, new BigDecimal(decision.profit().raw()));
                if (decision.price().isPresent()) {
                    insert.setBigDecimal(
                            7, new BigDecimal(decision.price().get().tip().raw()));
                    insert.setLong(8, decision.price().get().gas().units());
                } else {
                    insert.setNull(7, Types.NUMERIC);
                    insert.setNull(8, Types.BIGINT);
                }
                insert.setString(9, decision.reasonKey().orElse(null));
                insert.setString(10, decision.why().orElse(null));
                insert.setObject(11, at.atOffset(ZoneOffset.UTC));
                return insert.executeUpdate();
            }
        });
    }
}
