package plimsoll.runtime.config;

import org.eclipse.microprofile.config.spi.Converter;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/**
 * Configuration text to units; text that a unit refuses is refused with the unit's own sentence. Public because the
 * configuration library makes them.
 */
public final class Converters {

    private Converters() {}

    public static final class ToAddress implements Converter<Address> {
        private static final long serialVersionUID = 1;

        @Override
        public Address convert(String text) {
            return Address.parse(text);
        }
    }

    /** Reads the market's base currency. */
    public static final class ToBaseValue implements Converter<BaseValue> {
        private static final long serialVersionUID = 1;

        @Override
        public BaseValue convert(String text) {
            return BaseValue.parse(text);
        }
    }

    /** Reads gwei. */
    public static final class ToGasPrice implements Converter<GasPrice> {
        private static final long serialVersionUID = 1;

        @Override
        public GasPrice convert(String text) {
            return GasPrice.parse(text);
        }
    }

    /** Reads the chain's coin. */
    public static final class ToWei implements Converter<Wei> {
        private static final long serialVersionUID = 1;

        @Override
        public Wei convert(String text) {
            return Wei.parse(text);
        }
    }

    /** Reads percent. */
    public static final class ToBps implements Converter<Bps> {
        private static final long serialVersionUID = 1;

        @Override
        public Bps convert(String text) {
            return Bps.parsePercent(text);
        }
    }
}
