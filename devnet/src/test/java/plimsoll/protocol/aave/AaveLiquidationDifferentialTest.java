package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AToken;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.Erc20;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.Call;
import plimsoll.chain.call.CallResult;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.Receipt;
import plimsoll.devnet.Asset;
import plimsoll.devnet.MarketAddresses.ReserveAddresses;
import plimsoll.protocol.aave.AaveLiquidation.Deficit;
import plimsoll.protocol.aave.AaveLiquidation.Pair;
import plimsoll.protocol.aave.AaveLiquidation.Refused;
import plimsoll.protocol.aave.AaveLiquidation.Seizure;
import plimsoll.protocol.aave.TrialMaker.Trial;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** What we say a liquidation comes to is what the pool does: amounts to the wei from events and balances, or the same error. */
class AaveLiquidationDifferentialTest {

    private static final int CASES = 700;
    private static final Address BORROWER = new Address("0x000000000000000000000000000000000000b0b0");
    private static final BigInteger WITHOUT_LIMIT = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    private static final long BLOCK_SPACING_SECONDS = 12;

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    void foretellsEveryLiquidation() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        long begun = System.nanoTime();
        try (LocalAave aave = LocalAave.start(11)) {
            Address liquidator = fundedLiquidator(aave);
            MarketReader.Seen seen = aave.reader().read();
            TrialMaker maker = new TrialMaker(aave, seen, random);
            String snapshot = aave.devnet().snapshot();
            for (int i = 0; i < CASES; i++) {
                Trial trial = maker.make();
                aave.devnet().market().placeByStorage(List.of(aave.stored(BORROWER, trial.account())));
                try {
                    verify(aave, seen, liquidator, trial);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("case " + i + ": " + trial, e);
                }
                aave.devnet().revertTo(snapshot);
                snapshot = aave.devnet().snapshot();
            }
        }
        int seized = outcomes.getOrDefault("Seizure", 0);
        System.out.printf(
                "liquidationCall: %d cases foretold, 0 wei of difference: %s; %.1f s%n",
                CASES, outcomes, (System.nanoTime() - begun) / 1e9);
        assertThat(seized).as("liquidations done").isGreaterThanOrEqualTo(300);
        assertThat(outcomes.keySet())
                .contains(
                        "MustNotLeaveDust",
                        "HealthFactorNotBelowThreshold",
                        "CollateralCannotBeLiquidated",
                        "SpecifiedCurrencyNotBorrowedByUser",
                        "InvalidBurnAmount",
                        "with deficit",
                        "all collateral",
                        "all debt",
                        "part of both");
    }

    private void verify(LocalAave aave, MarketReader.Seen seen, Address liquidator, Trial trial) {
        Pair pair = new Pair(aave.reserveOf(trial.collateral()), aave.reserveOf(trial.debt()));
        TokenAmount asked = TokenAmount.ofRaw(trial.debtToCover(), trial.debt().decimals());
        var next = seen.block().time().plusSeconds(BLOCK_SPACING_SECONDS);
        switch (seen.valuedAt(next).liquidation(trial.account(), pair, asked)) {
            case Seizure seizure -> {
                count("Seizure");
                count(seizure, seen.valuedAt(next).reserve(pair.debt()).debt(owed(trial, pair)));
                done(aave, liquidator, trial, seizure);
            }
            case Refused expected -> {
                AaveLiquidation now = seen.valuedAt(seen.block().time()).liquidation(trial.account(), pair, asked);
                // A call sees the head's time, a transaction the next block's: at a boundary they may differ.
                if (now instanceof Refused refused) {
                    count(refused.error());
                    refused(aave, liquidator, trial, refused.error());
                } else {
                    count("differs between head and next block: " + expected.error());
                }
            }
        }
    }

    private void count(Seizure seizure, BigInteger owed) {
        if (!seizure.deficits().isEmpty()) {
            count("with deficit");
        }
        if (seizure.closesCollateral()) {
            count("all collateral");
        } else if (seizure.repaid().raw().equals(owed)) {
            count("all debt");
        } else {
            count("part of both");
        }
    }

    private static ScaledAmount owed(Trial trial, Pair pair) {
        return trial.account().holding(pair.debt()).orElseThrow().borrowed();
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private void done(LocalAave aave, Address liquidator, Trial trial, Seizure seizure) {
        ReserveAddresses collateral = aave.addresses().of(trial.collateral());
        BigInteger collateralBefore = balance(aave, trial.collateral(), liquidator);
        BigInteger debtBefore = balance(aave, trial.debt(), liquidator);

        Receipt receipt = aave.send(liquidator, aave.addresses().pool(), callData(aave, trial));

        assertThat(receipt.succeeded()).as("succeeds").isTrue();
        AbiValues event = events(receipt, aave.addresses().pool(), AavePool.LIQUIDATION_CALL_EVENT)
                .getFirst();
        assertThat(event.integer("debtToCover"))
                .as("repaid")
                .isEqualTo(seizure.repaid().raw());
        assertThat(event.integer("liquidatedCollateralAmount"))
                .as("seized")
                .isEqualTo(seizure.seized().raw());
        assertThat(feeOf(aave, receipt, collateral))
                .as("fee")
                .isEqualTo(seizure.protocolFee().raw());
        assertThat(deficits(aave, receipt)).as("deficits").containsExactlyInAnyOrderElementsOf(seizure.deficits());
        if (trial.collateral() != trial.debt()) {
            assertThat(balance(aave, trial.collateral(), liquidator).subtract(collateralBefore))
                    .as("received")
                    .isEqualTo(seizure.seized().raw());
            assertThat(debtBefore.subtract(balance(aave, trial.debt(), liquidator)))
                    .as("paid")
                    .isEqualTo(seizure.repaid().raw());
        }
    }

    private void refused(LocalAave aave, Address liquidator, Trial trial, String error) {
        Call call = Call.of(aave.addresses().pool(), callData(aave, trial)).from(liquidator);
        BlockAt head = BlockAt.number(aave.chain().head().number());

        CallResult result = aave.chain().callAll(List.of(call), head).getFirst();

        assertThat(result).isInstanceOf(CallResult.Reverted.class);
        Optional<String> data = ((CallResult.Reverted) result).data();
        assertThat(RevertReason.decode(data.orElse("0x")).describe()).isEqualTo(error);
    }

    private static String callData(LocalAave aave, Trial trial) {
        return AavePool.LIQUIDATION_CALL.encode(
                aave.addresses().of(trial.collateral()).token(),
                aave.addresses().of(trial.debt()).token(),
                BORROWER,
                trial.debtToCover(),
                false);
    }

    /** aTokens that moved from the borrower to the treasury. */
    private static BigInteger feeOf(LocalAave aave, Receipt receipt, ReserveAddresses collateral) {
        return events(receipt, collateral.aToken(), AToken.TRANSFER_EVENT).stream()
                .filter(transfer -> transfer.address("from").equals(BORROWER)
                        && transfer.address("to").equals(aave.addresses().treasury()))
                .map(transfer -> transfer.integer("value"))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static List<Deficit> deficits(LocalAave aave, Receipt receipt) {
        List<Deficit> deficits = new ArrayList<>();
        for (AbiValues event : events(receipt, aave.addresses().pool(), AavePool.DEFICIT_CREATED_EVENT)) {
            for (Asset asset : Asset.values()) {
                if (aave.addresses().of(asset).token().equals(event.address("debtAsset"))) {
                    TokenAmount amount = TokenAmount.ofRaw(event.integer("amountCreated"), asset.decimals());
                    deficits.add(new Deficit(aave.reserveOf(asset), amount));
                }
            }
        }
        return deficits;
    }

    private static List<AbiValues> events(Receipt receipt, Address contract, ContractEvent event) {
        return receipt.logs().stream()
                .filter(log -> log.address().equals(contract)
                        && log.topics().getFirst().equals(event.topic()))
                .map((EventLog log) -> event.decode(log.topics(), log.data()))
                .toList();
    }

    private static BigInteger balance(LocalAave aave, Asset asset, Address owner) {
        return aave.devnet().market().balanceOf(asset, owner).raw();
    }

    private static Address fundedLiquidator(LocalAave aave) {
        Address liquidator = aave.devnet().account("liquidator").address();
        for (Asset asset : Asset.values()) {
            aave.devnet().market().fund(liquidator, asset, asset.amount("1000000000"));
            Address token = aave.addresses().of(asset).token();
            aave.send(liquidator, token, Erc20.APPROVE.encode(aave.addresses().pool(), WITHOUT_LIMIT));
        }
        return liquidator;
    }
}
