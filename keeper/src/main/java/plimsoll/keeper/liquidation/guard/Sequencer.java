package plimsoll.keeper.liquidation.guard;

import java.time.Instant;

/** What a rollup's uptime feed says of its sequencer. While it was down borrowers could not react, nor prices be reported. */
public sealed interface Sequencer {

    record Up(Instant since) implements Sequencer {}

    record Down(Instant since) implements Sequencer {}

    /** The feed does not answer, or has not begun. */
    record Unknown(String why) implements Sequencer {}
}
