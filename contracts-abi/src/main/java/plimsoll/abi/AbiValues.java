package plimsoll.abi;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;
import plimsoll.units.Address;

/**
 * Decoded values in the order of their signature: {@link BigInteger}, {@link Address}, {@link Boolean}, {@link String}
 * (text, or 0x hex for bytes) and nested {@code AbiValues} for structs and arrays. Named where the signature names them.
 */
public final class AbiValues extends AbstractList<Object> {

    private final List<Object> values;
    private final List<String> names;

    AbiValues(List<Object> values, List<String> names) {
        this.values = List.copyOf(values);
        this.names = List.copyOf(names);
    }

    @Override
    public Object get(int index) {
        return values.get(index);
    }

    @Override
    public int size() {
        return values.size();
    }

    public BigInteger integer(int index) {
        return as(BigInteger.class, index);
    }

    public Address address(int index) {
        return as(Address.class, index);
    }

    public boolean bool(int index) {
        return as(Boolean.class, index);
    }

    public String text(int index) {
        return as(String.class, index);
    }

    /** Bytes as 0x and lower-case hex. */
    public String hex(int index) {
        return as(String.class, index);
    }

    /** A struct or an array. */
    public AbiValues values(int index) {
        return as(AbiValues.class, index);
    }

    public BigInteger integer(String name) {
        return integer(indexOf(name));
    }

    public Address address(String name) {
        return address(indexOf(name));
    }

    public boolean bool(String name) {
        return bool(indexOf(name));
    }

    public String text(String name) {
        return text(indexOf(name));
    }

    /** Bytes as 0x and lower-case hex. */
    public String hex(String name) {
        return hex(indexOf(name));
    }

    /** A struct or an array. */
    public AbiValues values(String name) {
        return values(indexOf(name));
    }

    private int indexOf(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "Signature has no value of this name: found=" + name + " known=" + names);
        }
        return index;
    }

    private <T> T as(Class<T> kind, int index) {
        Object value = values.get(index);
        if (!kind.isInstance(value)) {
            throw new IllegalArgumentException("Value is of another kind: index=" + index + " asked="
                    + kind.getSimpleName() + " found=" + value.getClass().getSimpleName());
        }
        return kind.cast(value);
    }
}
