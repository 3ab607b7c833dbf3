package io.holdfast.service.dnsupdate;

import io.holdfast.dns.Rcode;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says to the operator what was refused, and why: a line each, but at most [#MOST] in ten seconds,
/// since strangers can provoke them. What is left out is counted in the next line.
final class Refusals {
    static final int MOST = 20;
    static final long PERIOD_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(DnsUpdates.class);

    private final InstantSource clock;
    private long periodBegan;
    private int said;
    private long leftOut;

    Refusals(InstantSource clock) {
        this.clock = clock;
    }

    /// @param who `key NAME`, or what there is to say of who signed it
    void update(InetSocketAddress client, String who, Rcode rcode, String reason) {
        if (maySay()) {
            String source = client.getAddress().getHostAddress();
            LOG.info("update from {} by {}: {}, {}{}", source, who, rcode, reason, others());
        }
    }

    void say(String what) {
        if (maySay()) {
            LOG.info("{}{}", what, others());
        }
    }

    private synchronized boolean maySay() {
        long now = clock.instant().getEpochSecond();
        if (now - periodBegan >= PERIOD_SECONDS) {
            periodBegan = now;
            said = 0;
        }
        if (said >= MOST) {
            leftOut++;
            return false;
        }
        said++;
        return true;
    }

    private synchronized String others() {
        String text = leftOut == 0 ? "" : " (and " + leftOut + " more were not logged)";
        leftOut = 0;
        return text;
    }
}
