package io.holdfast.cli;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGHUP, which operators and supervisors send to have a configuration read again.
///
/// Java has no public way to hear a signal. `sun.misc.Signal` is what everybody uses: kept for that
/// in the module `jdk.unsupported` until there is one (JEP 260). It is reached by reflection,
/// because javac warns of it in a way that cannot be answered; and so that a JVM without it does
/// all but this.
final class HangupSignal {
    private static final Logger LOG = LoggerFactory.getLogger(HangupSignal.class);

    private HangupSignal() {}

    /// From now on SIGHUP no longer ends the process but runs this, on a thread of its own.
    static void runs(Runnable what) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle run =
                    MethodHandles.lookup()
                            .findVirtual(Runnable.class, "run", methodType(void.class))
                            .bindTo(what);
            Object handling =
                    MethodHandleProxies.asInterfaceInstance(
                            handler, MethodHandles.dropArguments(run, 0, signal));
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, handling);
        } catch (ReflectiveOperationException | LinkageError without) {
            LOG.info(
                    "SIGHUP ends the process: this JVM lets nobody hear it ({})",
                    without.toString());
        }
    }
}
