package io.holdfast.agent.address;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What a web server sees us come from. The request goes by the one family only; the answer may be
/// Dyn's `Current IP Address:` page, a bare address, or JSON. Takes up to
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
        try {
            return Reading.of(request.get(url, family), family, url.toString());
        } catch (IOException e) {
            return new Sighting.Unavailable(url + " over " + family + ": " + e.getMessage());
        }
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
