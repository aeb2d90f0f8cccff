package plimsoll.runtime.metrics;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** Tells several listeners of one kind what happens, in their order. */
public final class Listeners {

    private Listeners() {}

    /**
     * One listener in place of several. It passes on every method of the interface, also those that later versions add with a
     * default, which a class written by hand would keep to itself.
     *
     * @param kind an interface whose methods return nothing
     */
    @SafeVarargs
    public static <T> T all(Class<T> kind, T... listeners) {
        List<T> all = List.of(listeners);
        Object told =
                Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass().equals(Object.class)) {
                        return switch (method.getName()) {
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> System.identityHashCode(proxy);
                            default -> "Listeners" + all;
                        };
                    }
                    for (T listener : all) {
                        try {
                            method.invoke(listener, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                    return null;
                });
        return kind.cast(told);
    }
}
