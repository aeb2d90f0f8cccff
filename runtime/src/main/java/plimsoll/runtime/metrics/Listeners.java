package plimsoll.runtime.metrics;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells several listeners of one kind what happens, in their order. */
public final class Listeners {

    private Listeners() {}

    /**
     * One listener in place of several. It passes on every method of the interface, also those that later versions add with a
     * default, which a class written by hand would keep to itself.
     *
     * @param kind an interface whose methods return nothing
     */
    public static <T> T all(Class<T> kind, List<? extends T> listeners) {
        Everybody everybody = new Everybody(List.copyOf(listeners));
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, everybody));
    }

    private record Everybody(List<?> listeners) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getDeclaringClass().equals(Object.class)) {
                return switch (method.getName()) {
                    case "equals" -> arguments != null && isSame(arguments[0]);
                    case "hashCode" -> listeners.hashCode();
                    default -> "Listeners" + listeners;
                };
            }
            for (Object listener : listeners) {
                try {
                    method.invoke(listener, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
            return null;
        }

        private boolean isSame(@Nullable Object other) {
            return other != null && Proxy.isProxyClass(other.getClass()) && equals(Proxy.getInvocationHandler(other));
        }
    }
}
