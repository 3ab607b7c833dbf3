package io.holdfast.service.transfer;

import io.holdfast.dns.RRset;
import io.holdfast.dns.Serial;
import io.holdfast.dns.Soa;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.dns.zone.ZoneSnapshot;
import io.holdfast.service.change.ZoneVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// What a client is sent.
sealed interface TransferAnswer {
    /// The SOA alone: there is nothing newer (RFC 1995 §2), or it does not fit a datagram.
    record Current(RRset soa) implements TransferAnswer {
        @Override
        public int serial() {
            return serialOf(soa);
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void writeTo(TransferWriter writer) throws IOException {
            writer.add(soa);
        }
    }

    /// The steps from the client's version to the current one, at least one, oldest first (RFC 1995
    /// §4).
    record Steps(List<ZoneDelta> deltas) implements TransferAnswer {
        @Override
        public int serial() {
            return deltas.getLast().to();
        }

        /// The SOA of the version they lead to.
        RRset soa() {
            return deltas.getLast().after();
        }

        @Override
        public void writeTo(TransferWriter writer) throws IOException {
            writer.add(soa());
            for (ZoneDelta delta : deltas) {
                writer.add(delta.before());
                addAll(delta.removed(), writer);
                writer.add(delta.after());
                addAll(delta.added(), writer);
            }
            writer.add(soa());
        }

        @Override
        public int size() {
            int records = 0;
            for (ZoneDelta delta : deltas) {
                for (RRset rrset : delta.removed()) {
                    records += rrset.rdata().size();
                }
                for (RRset rrset : delta.added()) {
                    records += rrset.rdata().size();
                }
            }
            return records;
        }

        /// How long the answer is, in octets, at the most.
        int octets() {
            int octets = 2 * TransferWriter.octets(soa());
            for (ZoneDelta delta : deltas) {
                octets += TransferWriter.octets(delta.before());
                octets += TransferWriter.octets(delta.after());
                for (RRset rrset : delta.removed()) {
                    octets += TransferWriter.octets(rrset);
                }
                for (RRset rrset : delta.added()) {
                    octets += TransferWriter.octets(rrset);
                }
            }
            return octets;
        }

        private static void addAll(List<RRset> rrsets, TransferWriter writer) throws IOException {
            for (RRset rrset : rrsets) {
                writer.add(rrset);
            }
        }
    }

    /// The zone as it is, between its SOA and its SOA (RFC 5936 §2.2).
    record Whole(ZoneSnapshot snapshot) implements TransferAnswer {
        @Override
        public int serial() {
            return snapshot.serial();
        }

        @Override
        public int size() {
            return snapshot.size();
        }

        @Override
        public void writeTo(TransferWriter writer) throws IOException {
            try {
                snapshot.forEach(rrset -> {
                    try {
                        writer.add(rrset);
                    } catch (IOException gone) {
                        throw new UncheckedIOException(gone);
                    }
                });
            } catch (UncheckedIOException gone) {
                throw gone.getCause();
            }
            writer.add(snapshot.soa());
        }
    }

    /// The version that the client has afterwards, unsigned.
    int serial();

    /// How many records there are, about.
    int size();

    void writeTo(TransferWriter writer) throws IOException;

    /// What there is short of the whole zone for a client that has the version `serial`.
    ///
    /// @param soa of the version served now
    /// @return empty if the history does not reach back so far
    static Optional<TransferAnswer> since(int serial, RRset soa, ZoneVersions versions) {
        if (serial == serialOf(soa) || Serial.isNewer(serial, serialOf(soa))) {
            return Optional.of(new Current(soa));
        }
        return versions.since(soa.owner(), serial)
                .filter(deltas -> !deltas.isEmpty())
                .map(Steps::new);
    }

    private static int serialOf(RRset soa) {
        return Soa.of(soa.rdata().getFirst()).serial();
    }
}
