package io.holdfast.agent.address;

/// The watch of a source that has no events: the caller polls.
enum SilentWatch implements AddressSource.Watch {
    INSTANCE;

    @Override
    public boolean rings() {
        return false;
    }

    @Override
    public void close() {}
}
