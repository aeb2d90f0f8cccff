package plimsoll.oracle.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.Session;
import plimsoll.oracle.calibration.AssetOutcome;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.Circumstances;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.ObservedFeed;
import plimsoll.oracle.calibration.ObservedRound;
import plimsoll.oracle.calibration.Reserve;
import plimsoll.oracle.calibration.ReserveTotals;
import plimsoll.oracle.calibration.Trigger;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.store.StoredCalibration.Shares;
import plimsoll.oracle.store.StoredCalibration.StoredRecommendation;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.ChainId;
import plimsoll.units.TokenAmount;

/** What the oracle has read and computed, in PostgreSQL. Each method is one transaction. */
@ApplicationScoped
public class OracleStore {

    private static final String INSERT_ROUND =
            "INSERT INTO rounds (feed_id, round_id, answer, started_at, updated_at) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (feed_id, round_id) DO NOTHING";

    private final Session session;
    private final InstantSource clock;

    @Inject
    OracleStore(Session session, InstantSource clock) {
        this.session = session;
        this.clock = clock;
    }

    /** Stores feeds and those of their rounds that are new. A round that answers nothing positive is not stored. */
    @Transactional
    public void addRounds(MarketState market) {
        for (Reserve reserve : market.reserves()) {
            if (reserve.prices() instanceof ObservedFeed feed) {
                addRounds(feedId(market.onChain().chain(), reserve, feed), feed.rounds());
            }
        }
    }

    /** Stores a calibration with its manifest, the exact file; the same manifest is stored once. */
    @Transactional
    public void addCalibration(
            MarketState market, CalibrationResult result, String manifestFile, Circumstances circumstances) {
        String hash = result.manifest().hash();
        if (session.find(ManifestEntity.class, hash) == null) {
            ManifestEntity manifest = new ManifestEntity();
            manifest.hash = hash;
            manifest.body = manifestFile;
            manifest.createdAt = clock.instant();
            session.persist(manifest);
            session.flush();
        }
        CalibrationEntity calibration = new CalibrationEntity();
        calibration.chainId = market.onChain().chain().value();
        calibration.pool = market.onChain().pool().hex();
        calibration.blockNumber = market.onChain().block().value();
        calibration.blockHash = market.onChain().blockHash().hex();
        calibration.manifestHash = hash;
        calibration.calibratedAt = clock.instant();
        calibration.trigger = circumstances.trigger().label();
        calibration.triggerReasons = String.join("\n", circumstances.reasons());
        session.persist(calibration);
        session.flush();
        for (AssetOutcome outcome : result.outcomes()) {
            RecommendationEntity recommendation = recommendation(calibration.id, outcome);
            setTotals(
                    recommendation,
                    Optional.ofNullable(
                            circumstances.totals().get(outcome.reserve().asset())));
            session.persist(recommendation);
        }
    }

    /** The newest calibration of a market. */
    @Transactional
    public Optional<StoredCalibration> newestCalibration(ChainId chain, Address pool) {
        return session
                .createSelectionQuery(
                        "from CalibrationEntity where chainId = :chain and pool = :pool order by id desc",
                        CalibrationEntity.class)
                .setParameter("chain", chain.value())
                .setParameter("pool", pool.hex())
                .setMaxResults(1)
                .stream()
                .findFirst()
                .map(this::calibration);
    }

    /** The manifest file of a hash. */
    @Transactional
    public Optional<String> manifestFile(String hash) {
        return Optional.ofNullable(session.find(ManifestEntity.class, hash)).map(entity -> entity.body);
    }

    private StoredCalibration calibration(CalibrationEntity entity) {
        List<RecommendationEntity> rows = session.createSelectionQuery(
                        "from RecommendationEntity where calibrationId = :id order by symbol",
                        RecommendationEntity.class)
                .setParameter("id", entity.id)
                .list();
        Map<Address, ReserveTotals> totals = new TreeMap<>();
        for (RecommendationEntity row : rows) {
            totals(row).ifPresent(found -> totals.put(Address.parse(row.asset), found));
        }
        return new StoredCalibration(
                entity.manifestHash,
                entity.blockNumber,
                entity.calibratedAt,
                new Circumstances(Trigger.ofLabel(entity.trigger), lines(entity.triggerReasons), totals),
                rows.stream().map(OracleStore::recommendation).toList());
    }

    private static StoredRecommendation recommendation(RecommendationEntity entity) {
        return new StoredRecommendation(
                entity.asset,
                entity.symbol,
                new Shares(
                        new Bps(entity.currentLtvBps),
                        new Bps(entity.currentLiquidationThresholdBps),
                        new Bps(entity.currentLiquidationBonusBps)),
                new Shares(
                        new Bps(entity.ltvBps),
                        new Bps(entity.liquidationThresholdBps),
                        new Bps(entity.liquidationBonusBps)),
                lines(entity.reasons));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    private static void setTotals(RecommendationEntity row, Optional<ReserveTotals> totals) {
        totals.ifPresent(found -> {
            row.supplied = new BigDecimal(found.supplied().raw());
            row.borrowed = new BigDecimal(found.borrowed().raw());
            row.decimals = found.supplied().decimals();
        });
    }

    /** None of a calibration from before totals were kept. */
    private static Optional<ReserveTotals> totals(RecommendationEntity row) {
        return Optional.ofNullable(row.decimals)
                .map(decimals -> new ReserveTotals(
                        TokenAmount.ofRaw(row.supplied.toBigIntegerExact(), decimals),
                        TokenAmount.ofRaw(row.borrowed.toBigIntegerExact(), decimals)));
    }

    private static RecommendationEntity recommendation(long calibration, AssetOutcome outcome) {
        CollateralParameters current = outcome.reserve().current();
        CollateralParameters recommended = outcome.recommendation().parameters();
        RecommendationEntity entity = new RecommendationEntity();
        entity.calibrationId = calibration;
        entity.asset = outcome.reserve().asset().hex();
        entity.symbol = outcome.reserve().symbol();
        entity.currentLtvBps = current.ltv().raw();
        entity.currentLiquidationThresholdBps = current.liquidationThreshold().raw();
        entity.currentLiquidationBonusBps = current.liquidationBonus().raw();
        entity.ltvBps = recommended.ltv().raw();
        entity.liquidationThresholdBps = recommended.liquidationThreshold().raw();
        entity.liquidationBonusBps = recommended.liquidationBonus().raw();
        entity.reasons = String.join("\n", outcome.recommendation().reasons());
        return entity;
    }

    private long feedId(ChainId chain, Reserve reserve, ObservedFeed feed) {
        FeedEntity entity = session
                .createSelectionQuery(
                        "from FeedEntity where chainId = :chain and aggregator = :aggregator and asset = :asset",
                        FeedEntity.class)
                .setParameter("chain", chain.value())
                .setParameter("aggregator", feed.aggregator().hex())
                .setParameter("asset", reserve.asset().hex())
                .stream()
                .findFirst()
                .orElseGet(FeedEntity::new);
        entity.chainId = chain.value();
        entity.aggregator = feed.aggregator().hex();
        entity.asset = reserve.asset().hex();
        entity.description = feed.description();
        entity.decimals = feed.decimals();
        entity.heartbeatSeconds = feed.heartbeat().toSeconds();
        session.persist(entity);
        session.flush();
        return entity.id;
    }

    private void addRounds(long feed, List<ObservedRound> rounds) {
        session.doWork(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT_ROUND)) {
                for (ObservedRound round : rounds) {
                    if (!round.isPositive()) {
                        continue;
                    }
                    insert.setLong(1, feed);
                    insert.setBigDecimal(2, new BigDecimal(round.roundId()));
                    insert.setBigDecimal(3, new BigDecimal(round.answer()));
                    insert.setTimestamp(4, Timestamp.from(round.startedAt()));
                    insert.setTimestamp(5, Timestamp.from(round.updatedAt()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }
}
