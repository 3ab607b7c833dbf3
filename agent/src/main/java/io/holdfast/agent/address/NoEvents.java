package io.holdfast.agent.address;

/// The watch of a source that has no events: the caller polls.
enum NoEvents implements AddressSource.Watch {
    INSTANCE;

    @Override
    public boolean hasEvents() {
        return false;
    }

    @Override
    public void close() {}
}
