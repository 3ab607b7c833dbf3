package io.holdfast.dns.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Type;
import io.holdfast.dns.answer.AnswerSettings;
import io.holdfast.dns.answer.Answerer;
import io.holdfast.dns.answer.Answerer.Others;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.answer.CookieSecret;
import io.holdfast.dns.answer.RateLimiter;
import io.holdfast.dns.tsig.Tsig;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.tsig.TsigKey;
import io.holdfast.dns.tsig.TsigVerdict;
import io.holdfast.dns.update.ParsedUpdate;
import io.holdfast.dns.update.Prerequisites;
import io.holdfast.dns.update.UpdateApplication;
import io.holdfast.dns.update.UpdateParser;
import io.holdfast.dns.update.ZoneView;
import io.holdfast.dns.zone.MasterFile;
import io.holdfast.dns.zone.Published;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.Zones;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/// What is fuzzed, and what must hold of it. Throws what does not.
enum Target {
    /// The answer path: a reply of a length that is allowed, readable, to the question asked.
    ANSWER {
        @Override
        void run(Random random, State state) throws IOException {
            byte[] packet = new Packets(random).next();
            Transport transport = random.nextBoolean() ? Transport.DATAGRAM : Transport.STREAM;
            Answerer answerer = random.nextBoolean() ? state.answerer : state.alone;
            int length =
                    answerer.answer(
                            packet, packet.length, state.reply, transport, state.client, NOW);
            if (length == Answerer.DROP || length == Answerer.TO_HANDLER) {
                return;
            }
            assertThat(length).isBetween(HEADER, transport == Transport.STREAM ? 0xFFFF : 1232);
            assertThat(state.reply[0]).isEqualTo(packet[0]);
            assertThat(state.reply[1]).isEqualTo(packet[1]);
            assertThat(state.reply[2] & 0xF8).isEqualTo((packet[2] & 0x78) | 0x80);
            assertThat(
                            new Message(Arrays.copyOf(state.reply, length))
                                    .getHeader()
                                    .getFlag(Flags.QR))
                    .isTrue();
        }
    },

    /// Updates: read or rejected; what is read can be done to a zone, and a zone can hold it.
    UPDATE {
        @Override
        void run(Random random, State state) {
            byte[] packet = new Packets(random).next();
            if (packet.length > 3 && random.nextInt(4) > 0) {
                packet[2] = 5 << 3;
            }
            if (UpdateParser.parse(packet) instanceof ParsedUpdate.Accepted(var message)
                    && message.zone().equals(APEX)) {
                Rcode met = Prerequisites.check(message.prerequisites(), state.view);
                assertThat(met).isNotNull();
                Zone zone = state.zone();
                List<RRsetChange> changes =
                        UpdateApplication.apply(message, state.view).changes().stream()
                                .filter(c ->
                                        !(c instanceof RRsetChange.Put(RRset rrset))
                                                || Zone.canHold(rrset))
                                .toList();
                zone.apply(changes, 2);
                assertThat(zone.serial()).isEqualTo(2);
            }
        }
    },

    /// Signatures: nothing that is made up is taken for signed.
    TSIG {
        @Override
        void run(Random random, State state) {
            byte[] packet = new Packets(random).next();
            assertThat(Tsig.check(packet, _ -> Optional.of(state.key), NOW))
                    .isNotInstanceOf(TsigVerdict.Signed.class);
        }
    },

    /// Master files: read or refused; what is read makes a zone, unless there are faults.
    MASTER_FILE {
        @Override
        void run(Random random, State state) throws IOException {
            String text = Texts.next(random);
            MasterFile.Contents contents = MasterFile.read(new StringReader(text), APEX);
            if (contents.faults().isEmpty()) {
                assertThat(Zone.of(APEX, contents.rrsets()).apex()).isEqualTo(APEX);
            }
        }
    };

    private static final Name APEX = Name.of("test");
    private static final int HEADER = 12;
    private static final long NOW = 1_800_000_000L;

    /// One try.
    ///
    /// @param random everything about the try follows from it
    abstract void run(Random random, State state) throws IOException;

    /// What tries share; one for each thread.
    static final class State {
        static final String ZONE =
                """
                @      60 SOA   ns1.test. hostmaster.test. 1 3600 900 1209600 60
                @      60 NS    ns1
                @      60 MX    10 h
                ns1    60 A     192.0.2.53
                h      60 A     192.0.2.1
                h      60 HTTPS 1 . alpn=h2
                *.w    60 TXT   "a wildcard"
                c      60 CNAME x.w
                d      60 DNAME w
                s      60 NS    n.s
                n.s    60 A     192.0.2.1
                """;

        final byte[] reply = new byte[0xFFFF];
        final byte[] client = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 7};
        final TsigKey key =
                new TsigKey(Name.of("test"), TsigAlgorithm.HMAC_SHA256, new byte[] {1, 2, 3});
        final Answerer answerer;
        final Answerer alone;
        final ZoneView view;
        private final List<RRset> rrsets;

        State() {
            try {
                rrsets = MasterFile.read(new StringReader(ZONE), APEX).rrsets();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            Published<Zones> zones = new Published<>(Zones.of(List.of(zone())));
            answerer =
                    new Answerer(
                            zones,
                            Others.SERVED,
                            new AnswerSettings(
                                    List.of(CookieSecret.random(new Random(1))),
                                    Optional.of("fuzz"),
                                    Optional.of("fuzz"),
                                    new RateLimiter(1_000, 2, List.of(), new Random(1))));
            alone = new Answerer(zones, Others.NONE);
            Zone still = zone();
            view =
                    new ZoneView() {
                        @Override
                        public Optional<RRset> rrset(Name owner, Type type) {
                            return still.rrset(owner, type);
                        }

                        @Override
                        public List<RRset> rrsets(Name owner) {
                            return still.rrsets(owner);
                        }
                    };
        }

        Zone zone() {
            return Zone.of(APEX, rrsets);
        }
    }
}
