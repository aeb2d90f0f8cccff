package plimsoll.runtime.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.HealthFactor;
import plimsoll.units.Nonce;
import plimsoll.units.Price;
import plimsoll.units.Ray;
import plimsoll.units.TokenAmount;
import plimsoll.units.TxHash;
import plimsoll.units.Wad;
import plimsoll.units.Wei;

/**
 * How our values are written as JSON: doubles in full, integers of the chain and exact units as strings, {@link Bps} as a
 * number, times in ISO 8601, absence and numbers that are not finite as {@code null}.
 */
public final class Json {

    private static final ObjectMapper MAPPER = mapper();

    private Json() {}

    /** One line of JSON. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** A new Jackson 2 mapper with the rules above; the services give it to their REST layer. */
    public static ObjectMapper mapper() {
        SimpleModule ours = new SimpleModule("plimsoll");
        ours.addSerializer(Double.class, new Finite());
        ours.addSerializer(double.class, new Finite());
        ours.addSerializer(BigInteger.class, new Text<>());
        ours.addSerializer(BigDecimal.class, new Plain());
        ours.addSerializer(Path.class, new Text<>());
        ours.addSerializer(Bps.class, new WholeBps());
        for (Class<?> unit : new Class<?>[] {
            Address.class,
            BaseValue.class,
            BlockHash.class,
            BlockNumber.class,
            ChainId.class,
            Gas.class,
            GasPrice.class,
            HealthFactor.class,
            Nonce.class,
            Price.class,
            Ray.class,
            TokenAmount.class,
            TxHash.class,
            Wad.class,
            Wei.class
        }) {
            addText(ours, unit);
        }
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(ours)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .build();
    }

    private static <T> void addText(SimpleModule module, Class<T> type) {
        module.addSerializer(type, new Text<T>());
    }

    private static final class Text<T> extends JsonSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class Plain extends JsonSerializer<BigDecimal> {
        @Override
        public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toPlainString());
        }
    }

    private static final class Finite extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value.doubleValue());
            } else {
                out.writeNull();
            }
        }
    }

    private static final class WholeBps extends JsonSerializer<Bps> {
        @Override
        public void serialize(Bps value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(value.raw());
        }
    }
}
