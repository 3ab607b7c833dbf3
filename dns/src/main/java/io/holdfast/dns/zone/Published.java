package io.holdfast.dns.zone;

/// What readers see now: one value, replaced whole by one writer, read by one volatile load.
public final class Published<T> {
    private volatile T current;

    public Published(T first) {
        current = first;
    }

    public T current() {
        return current;
    }

    /// Readers that ask after this returns see `next`.
    public void publish(T next) {
        current = next;
    }
}
