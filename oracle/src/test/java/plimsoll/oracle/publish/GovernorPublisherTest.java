package plimsoll.oracle.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plimsoll.abi.Governor;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.key.Signer;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.DryRunSender;
import plimsoll.chain.tx.LaneLog;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.oracle.calibration.AssetOutcome;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.ProposalText;
import plimsoll.oracle.calibration.Reserve;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.proposal.Proposal;
import plimsoll.oracle.proposal.ProposalState;
import plimsoll.oracle.testing.MarketFixture;
import plimsoll.oracle.testing.MemoryProposalStore;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;

/** From rounds on a real feed to parameters in a real market, through a real governor. */
class GovernorPublisherTest {

    @SuppressWarnings("NullAway.Init")
    private static Devnet devnet;

    private final MemoryProposalStore proposals = new MemoryProposalStore();
    private final MemoryIntentStore intents = new MemoryIntentStore(InstantSource.system());
    private String before = "";

    @BeforeAll
    static void start() {
        devnet = MarketFixture.start(3);
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @BeforeEach
    void remember() {
        before = devnet.snapshot();
    }

    @AfterEach
    void restore() {
        devnet.revertTo(before);
    }

    @Test
    void carriesRecommendedParametersThroughTheGovernor() {
        CalibrationResult result = calibrate();
        Owner owner = new Owner();

        Proposal proposal = owner.propose(result);
        BigInteger id = new BigInteger(proposal.onchainId());
        devnet.governance().voteYes(id);
        devnet.governance().endVoting(id);
        proposal = owner.advance(proposal);
        proposal = owner.advance(proposal);
        assertThat(proposal.state()).isEqualTo(ProposalState.QUEUED);
        devnet.governance().passTimelock(id);
        proposal = owner.advance(proposal);
        proposal = owner.advance(proposal);

        assertThat(proposal.state()).isEqualTo(ProposalState.VERIFIED);
        assertThat(proposal.description()).contains(result.manifest().hash());
        for (Reserve reserve : read().reserves()) {
            AssetOutcome outcome = outcome(result, reserve.symbol());
            assertThat(reserve.current()).isEqualTo(outcome.recommendation().parameters());
        }
        assertThat(result.outcomes()).anyMatch(AssetOutcome::isChanged);
        owner.close();
    }

    @Test
    void neverProposesTwiceThoughItStartsAgain() {
        CalibrationResult result = calibrate();
        Owner first = new Owner();
        Proposal proposal = first.publisher.propose(result.manifest().hash(), ProposalText.of(result), result.calls());
        first.close(); // stored and not yet sent, as after a crash

        Owner second = new Owner();
        second.propose(result);
        second.advance(proposal);
        Owner third = second.restarted();
        third.propose(result);
        third.advance(proposal);

        assertThat(proposalsOnChain()).isEqualTo(1);
        assertThat(proposals.newest(10)).hasSize(1);
        third.close();
    }

    @Test
    void givesUpAProposalThatIsVotedDown() {
        CalibrationResult result = calibrate();
        Owner owner = new Owner();

        Proposal proposal = owner.propose(result);
        BigInteger id = new BigInteger(proposal.onchainId());
        devnet.governance().voteNo(id);
        devnet.governance().endVoting(id);
        proposal = owner.advance(proposal);

        assertThat(proposal.state()).isEqualTo(ProposalState.DEFEATED);
        assertThat(proposals.unsettled()).isEmpty();
        owner.close();
    }

    @Test
    void sendsNothingThatWouldRevert() {
        CalibrationResult result = calibrate();
        GovernorRoute wrong = new GovernorRoute(
                devnet.addresses().chainId(),
                devnet.addresses().governor(),
                devnet.account("nobody").address(),
                GasPrice.parse("500"));
        Owner owner = new Owner(wrong);

        assertThatThrownBy(() ->
                        owner.publisher.propose(result.manifest().hash(), ProposalText.of(result), result.calls()))
                .hasMessageContaining("would revert")
                .hasMessageContaining("CallerNotRiskOrPoolAdmin");
        assertThat(proposals.newest(1)).isEmpty();
        assertThat(proposalsOnChain()).isZero();
        owner.close();
    }

    @Test
    void givesUpAProposalThatTheGovernorDoesNotTake() {
        CalibrationResult result = calibrate();
        Owner owner = new Owner();
        Account other = devnet.account("other");
        GovernorPublisher foreign = new GovernorPublisher(
                chain(), owner.route, devnet.addresses().pool(), proposals, new DryRunSender(chain(), other.address()));
        Proposal theirs = foreign.propose(result.manifest().hash(), ProposalText.of(result), result.calls());

        assertThatThrownBy(() -> owner.publisher.advance(theirs))
                .hasMessageContaining("Governor refuses: deed=propose")
                .hasMessageContaining("GovernorRestrictedProposer");
        assertThat(proposals.unsettled()).isEmpty();
        assertThat(proposalsOnChain()).isZero();
        owner.close();
    }

    @Test
    void givesTheSameBytesWhenItReadsTheSameBlockAgain() {
        MarketState market = read();
        CalibrationResult result = calibrate(market);
        devnet.market().priceOf(Asset.WETH).is("1234");

        BlockHeader block = chain().header(BlockAt.hash(market.onChain().blockHash()));
        CalibrationResult again = calibrate(reader().read(devnet.addresses().chainId(), block));

        assertThat(again.manifest().bytes()).isEqualTo(result.manifest().bytes());
        assertThat(calibrate().manifest().firstDifference(result.manifest())).isPresent();
    }

    @Test
    void recommendsNothingOnAFeedThatAnswersZero() {
        devnet.market().priceOf(Asset.WETH).is(Price.ZERO);

        CalibrationResult result = calibrate();

        assertThat(outcome(result, "WETH").recommendation().reasons())
                .singleElement()
                .asString()
                .contains("feed answers 0");
        assertThat(outcome(result, "WBTC").recommendation().reasons())
                .singleElement()
                .asString()
                .contains("positions cannot be valued");
        assertThat(result.calls()).isEmpty();
    }

    @Test
    void recommendsNothingOnAStaleFeed() {
        devnet.elapse(Duration.ofHours(26));

        CalibrationResult result = calibrate();

        assertThat(result.outcomes())
                .allSatisfy(outcome -> assertThat(outcome.recommendation().reasons())
                        .anyMatch(reason -> reason.contains("feed is stale") || reason.contains("not collateral")));
        assertThat(result.calls()).isEmpty();
    }

    @Test
    void countsTheAccountsThatAChangeWouldLiquidate() {
        CollateralParameters weth = outcome(calibrate(), "WETH").reserve().current();
        devnet.market().borrower("edge").supplies(Asset.WETH, "10").borrows(Asset.USDC, "1000");
        MarketState market = read();

        assertThat(market.book().accounts())
                .singleElement()
                .satisfies(account -> assertThat(account.collateral())
                        .singleElement()
                        .satisfies(collateral -> assertThat(collateral.asset())
                                .isEqualTo(devnet.addresses().of(Asset.WETH).token())));
        var asset = devnet.addresses().of(Asset.WETH).token();
        assertThat(market.book().between(Map.of(asset, weth), Map.of(asset, weth)))
                .isZero();
        assertThat(market.book().between(Map.of(asset, weth), Map.of(asset, weth.with(new Bps(100), new Bps(100)))))
                .isEqualTo(1);
    }

    /** A process that owns the signer's lane. */
    private final class Owner {

        private final LaneSender lane;
        private final GovernorRoute route;
        private final GovernorPublisher publisher;

        Owner() {
            this(new GovernorRoute(
                    devnet.addresses().chainId(),
                    devnet.addresses().governor(),
                    devnet.addresses().timelock(),
                    GasPrice.parse("500")));
        }

        Owner(GovernorRoute route) {
            this.route = route;
            Account steward = devnet.account("steward");
            lane = LaneSender.open(
                            chain(),
                            Signer.fromPrivateKey(steward.privateKey()),
                            intents,
                            LaneSettings.of(devnet.addresses().chainId(), "test"),
                            InstantSource.system(),
                            new LaneLog())
                    .orElseThrow();
            publisher = new GovernorPublisher(chain(), route, devnet.addresses().pool(), proposals, lane);
        }

        Proposal propose(CalibrationResult result) {
            Proposal proposal = publisher.propose(result.manifest().hash(), ProposalText.of(result), result.calls());
            settle(proposal);
            return proposal;
        }

        Proposal advance(Proposal proposal) {
            Proposal moved = publisher.advance(proposal);
            settle(proposal);
            return moved;
        }

        /** Until every transaction that was submitted for the proposal is final. */
        private void settle(Proposal proposal) {
            for (String deed : List.of("propose", "queue", "execute")) {
                while (lane.find(proposal.reason(deed))
                        .filter(intent -> !intent.state().isFinished())
                        .isPresent()) {
                    lane.advance();
                }
            }
        }

        Owner restarted() {
            close();
            return new Owner();
        }

        void close() {
            lane.close();
        }
    }

    private static Chain chain() {
        return devnet.chain();
    }

    private static MarketReader reader() {
        return new MarketReader(chain(), devnet.addresses().pool(), MarketFixture.reading());
    }

    private static MarketState read() {
        return reader().read(devnet.addresses().chainId(), chain().head());
    }

    private static CalibrationResult calibrate() {
        return calibrate(read());
    }

    private static CalibrationResult calibrate(MarketState market) {
        return new Calibrator(MarketFixture.settings(), MarketFixture.constantModel()).calibrate(market);
    }

    private static AssetOutcome outcome(CalibrationResult result, String symbol) {
        return result.outcomes().stream()
                .filter(outcome -> outcome.reserve().symbol().equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    private static int proposalsOnChain() {
        LogQuery created =
                LogQuery.of(List.of(devnet.addresses().governor()), List.of(Governor.PROPOSAL_CREATED_EVENT.topic()));
        return chain().logs(created, new BlockNumber(0), chain().head().number())
                .size();
    }
}
