package io.holdfast.agent.provider;

/// Speaks dyndns2 (update-protocol.md §1): one GET, one line back.
final class Dyndns2 implements Provider {
    private final String path;
    private final String agent;

    Dyndns2(String path, String agent) {
        this.path = path;
        this.agent = agent;
    }

    @Override
    public ProviderReply tell(Host host, Addresses addresses) {
        throw new UnsupportedOperationException(path + agent);
    }
}
