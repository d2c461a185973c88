package io.tickring.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/** Signals of the system. By reflection: the compiler warns of {@code sun.misc.Signal} wherever it is named. */
public final class Signals {
    private Signals() {}

    /**
     * From now on {@code signal}, as INT, runs {@code action} with its number, on a thread of its own. A signal that
     * the process ignores, as HUP under nohup, stays ignored; where signals are not to be had, the JVM's own way with
     * them stays.
     */
    public static void handle(String signal, IntConsumer action) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object named = type.getConstructor(String.class).newInstance(signal);
            int number = (int) type.getMethod("getNumber").invoke(named);
            InvocationHandler running = (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                    action.accept(number);
                }
                return null;
            };
            ClassLoader loader = Signals.class.getClassLoader();
            type.getMethod("handle", type, handler)
                    .invoke(null, named, Proxy.newProxyInstance(loader, new Class<?>[] {handler}, running));
        } catch (ReflectiveOperationException notHere) {
            // The JVM's own way of ending stays.
        }
    }
}
