package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.keeper.liquidation.BadDebtLedger;
import plimsoll.keeper.liquidation.guard.SendRecord;
import plimsoll.keeper.watch.Competitors;
import plimsoll.keeper.watch.EvidenceReader;
import plimsoll.keeper.watch.EvidenceSources;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;

class LookoutTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void countsAtATakeOverWhatTheOtherProcessHasWrittenOffMeanwhile() {
        List<BadDebtLedger.Loss> written = new ArrayList<>(List.of(loss("700", Duration.ofHours(2))));
        try (RpcClient unasked = new RpcClient(RpcSettings.of("http://127.0.0.1:1"))) {
            Lookout lookout = lookout(new Chain(unasked), written);

            lookout.recallLosses();
            assertThat(spent(lookout)).isEqualTo(BaseValue.parse("700"));
            written.add(loss("200", Duration.ofMinutes(5)));
            assertThat(spent(lookout)).as("while it stands by").isEqualTo(BaseValue.parse("700"));
            lookout.recallLosses();
            assertThat(spent(lookout)).isEqualTo(BaseValue.parse("900"));
        }
    }

    private static BadDebtLedger.Loss loss(String value, Duration ago) {
        return new BadDebtLedger.Loss(NOW.minus(ago), BaseValue.parse(value));
    }

    private static Lookout lookout(Chain chain, List<BadDebtLedger.Loss> written) {
        return new Lookout(
                new EvidenceReader(chain, EvidenceSources.NONE, new Heartbeats(Duration.ofDays(1), Map.of())),
                new Competitors(chain),
                Optional.empty(),
                Optional::empty,
                new SendRecord(),
                () -> List.copyOf(written),
                () -> NOW);
    }

    private static BaseValue spent(Lookout lookout) {
        BlockHash hash = BlockHash.parse("0x" + "1".repeat(64));
        BlockHeader block =
                new BlockHeader(new BlockNumber(1), hash, hash, NOW, Optional.empty(), new Gas(0), new Gas(0), "0x");
        return lookout.circumstances(Optional.empty(), List.of(), Map.of(), List.of(), block)
                .spentOnBadDebt();
    }
}
