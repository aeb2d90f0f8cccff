package plimsoll.keeper.history;

import java.math.BigInteger;
import java.time.Instant;

/** One LiquidationCall event as the chain has it: amounts in the tokens' smallest units. */
public record RawLiquidation(
        Instant at, String account, String collateralAsset, BigInteger seized, String debtAsset, BigInteger repaid) {}
