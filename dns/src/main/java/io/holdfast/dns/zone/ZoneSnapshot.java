package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import java.util.function.Consumer;

/// One version of a zone as a whole, which no later change touches.
///
/// Nodes never change, only which of them a zone shows; so this is a list of those it showed, a few
/// octets a name, made in milliseconds for a million names.
public final class ZoneSnapshot {
    private final Name apex;
    private final Node atApex;
    private final Node[] below;

    ZoneSnapshot(Name apex, Node atApex, Node[] below) {
        this.apex = apex;
        this.atApex = atApex;
        this.below = below;
    }

    public Name apex() {
        return apex;
    }

    /// The SOA RRset.
    public RRset soa() {
        return RRsetWire.read(apex, atApex.octets, atApex.find(Type.SOA.value()));
    }

    /// The SOA's serial, unsigned.
    public int serial() {
        return Soa.of(soa().rdata().getFirst()).serial();
    }

    /// How many names it has, those without records among them.
    public int size() {
        return 1 + below.length;
    }

    /// Visits every RRset, the SOA first.
    public void forEach(Consumer<RRset> visitor) {
        visitor.accept(soa());
        atApex.forEach(rrset -> {
            if (!rrset.type().equals(Type.SOA)) {
                visitor.accept(rrset);
            }
        });
        for (Node node : below) {
            node.forEach(visitor);
        }
    }
}
