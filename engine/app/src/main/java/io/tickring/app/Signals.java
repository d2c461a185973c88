package io.tickring.app;

import java.lang.reflect.Proxy;

/**
 * What a signal does once the JVM is on its way down. By reflection: the compiler warns of {@code sun.misc.Signal} wherever it is
 * named, and nothing else can tell a second signal.
 */
final class Signals {
    private Signals() {}

    /** From now on {@code signal}, as INT, ends the process at once. Where signals are not to be had, nothing changes. */
    static void haltOn(String signal, int exitCode) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object halting = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        if (method.getName().equals("handle")) {
                            Runtime.getRuntime().halt(exitCode);
                        }
                        return null;
                    });
            Object named = type.getConstructor(String.class).newInstance(signal);
            type.getMethod("handle", type, handler).invoke(null, named, halting);
        } catch (ReflectiveOperationException | IllegalArgumentException notHere) {
            // The first signal still ends the process in order.
        }
    }
}
