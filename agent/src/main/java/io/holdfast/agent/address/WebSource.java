package io.holdfast.agent.address;

import io.holdfast.net.address.AddressKind;
import io.holdfast.runtime.OutsideText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What a web server sees us come from. The request goes by the one family only; the answer may be
/// Dyn's `Current IP Address:` page, a bare address, or JSON, see [Reading]. Takes up to
/// [OwnAddressRequest#TIMEOUT].
final class WebSource implements AddressSource {
    private final URI url;
    private final Family family;
    private final OwnAddressRequest request;
    private final String text;

    WebSource(URI url, Family family, OwnAddressRequest request, String text) {
        this.url = url;
        this.family = family;
        this.request = request;
        this.text = text;
    }

    @Override
    public Sighting look(@Nullable InetAddress told) {
        String shown = OutsideText.url(url.toString());
        try {
            OwnAddressRequest.Answer answer = request.get(url, family);
            HttpReply reply = answer.reply();
            return believed(
                    Reading.of(reply.goodBody(), reply.isHtml(), family, shown), answer.server());
        } catch (IOException e) {
            return new Sighting.Unavailable(shown + " over " + family + ": " + e.getMessage());
        }
    }

    /// A server in the Internet sees nobody come from a private address. One that says so is none
    /// that sees, or tells of something else.
    static Sighting believed(Sighting sighting, InetAddress server) {
        if (sighting instanceof Sighting.Seen(InetAddress address, String how)) {
            AddressKind kind = AddressKind.of(address);
            AddressKind from = AddressKind.of(server);
            if (kind.isLocal() && from.mayBePublished() && !from.isLocal()) {
                return new Sighting.NoAddress(
                        how
                                + ", which is "
                                + kind
                                + ", and the server at "
                                + AddressText.of(server)
                                + " cannot have seen that");
            }
        }
        return sighting;
    }

    @Override
    public Watch watch(Runnable bell) {
        return SilentWatch.INSTANCE;
    }

    @Override
    public String describe() {
        return text;
    }
}
