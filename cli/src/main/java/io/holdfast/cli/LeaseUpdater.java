package io.holdfast.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/// Updates a name server for leases as a DHCP server does (RFC 4703), in signed updates; for the
/// rehearsal.
final class LeaseUpdater {
    private static final int SECONDS = 600;
    private static final String DHCID = "AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=";

    private final SimpleResolver server;

    /// @param key of algorithm hmac-sha256
    /// @param secret in Base64
    LeaseUpdater(InetSocketAddress server, String key, String secret) {
        this.server = new SimpleResolver(server);
        this.server.setTimeout(Duration.ofSeconds(5));
        this.server.setTSIGKey(new TSIG(TSIG.HMAC_SHA256, key + ".", secret));
    }

    /// A lease is given, and ends.
    ///
    /// @throws IOException if either update is refused
    void tell(String zone, String host) throws IOException {
        Name apex = Name.fromString(zone + ".");
        Name owner = Name.fromString(host, apex);
        Update given = new Update(apex);
        given.absent(owner);
        given.add(owner, Type.A, SECONDS, "192.0.2.8");
        given.add(owner, Type.DHCID, SECONDS, DHCID);
        send(given);
        Update ended = new Update(apex);
        ended.present(owner, Type.DHCID);
        ended.delete(owner);
        send(ended);
    }

    private void send(Update update) throws IOException {
        int rcode = server.send(update).getRcode();
        if (rcode != Rcode.NOERROR) {
            throw new IOException("an update was refused: " + Rcode.string(rcode));
        }
    }
}
