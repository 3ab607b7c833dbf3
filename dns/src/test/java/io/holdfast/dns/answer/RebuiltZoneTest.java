package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.answer.Answerer.Transport;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.ZoneText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a zone came to hold what it holds, it answers like one made of that at once: nothing
/// that went leaves a trace, nothing that came is missing.
class RebuiltZoneTest {
    private static final String[] LABELS = {"a", "b", "c", "*"};
    private static final String[] DATA = {
        "A 192.0.2.%d",
        "TXT %d",
        "MX %d a.b.test.",
        "CNAME a%d.b.test.",
        "CNAME b.a.test.",
        "NS a.b.c.test.",
        "DNAME b.test.",
    };
    private static final String[] ASKED = {"A", "TXT", "MX", "NS", "CNAME", "DNAME"};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void answersTheSameAsAFreshOne(long seed) {
        Random random = new Random(seed);
        Zone changed = Server.zone("test. 60 SOA ns1.test. hostmaster.test. 1 3600 900 1209600 60");
        Server changedServer = Server.of(changed);
        List<byte[]> questions = questions();
        Set<Name> reserved = new HashSet<>();
        for (int round = 2; round < 30; round++) {
            changed.apply(changes(random, reserved), round);
            Server fresh = Server.of(copyOf(changed, reserved));
            for (byte[] question : questions) {
                assertThat(changedServer.exchange(question, Transport.DATAGRAM))
                        .isEqualTo(fresh.exchange(question, Transport.DATAGRAM));
            }
        }
    }

    private static List<RRsetChange> changes(Random random, Set<Name> reserved) {
        List<RRsetChange> changes = new ArrayList<>();
        Name name = ZoneText.rrset(anyName(random) + " 60 TXT x").owner();
        changes.add(
                reserved.add(name) ? new RRsetChange.Reserve(name) : new RRsetChange.Release(name));
        if (changes.getFirst() instanceof RRsetChange.Release) {
            reserved.remove(name);
        }
        for (int i = random.nextInt(30); i >= 0; i--) {
            String data = DATA[random.nextInt(DATA.length)].formatted(random.nextInt(3));
            RRset rrset = ZoneText.rrset(anyName(random) + " 60 " + data);
            changes.add(
                    random.nextInt(5) < 2
                            ? new RRsetChange.Put(rrset)
                            : new RRsetChange.Remove(rrset.owner(), rrset.type()));
        }
        return changes;
    }

    private static String anyName(Random random) {
        StringBuilder name = new StringBuilder();
        for (int labels = random.nextInt(4); labels >= 0; labels--) {
            name.append(LABELS[random.nextInt(LABELS.length)]).append('.');
        }
        return name.append("test.").toString();
    }

    private static Zone copyOf(Zone zone, Set<Name> reserved) {
        List<RRset> rrsets = new ArrayList<>();
        zone.forEach(rrsets::add);
        return Zone.of(zone.apex(), rrsets, reserved);
    }

    private static List<byte[]> questions() {
        List<byte[]> questions = new ArrayList<>();
        for (String name : names("test.", 4)) {
            for (String type : ASKED) {
                questions.add(Server.query(name + " " + type).toWire());
            }
        }
        return questions;
    }

    private static List<String> names(String below, int deep) {
        List<String> names = new ArrayList<>(List.of(below));
        if (deep > 0) {
            for (String label : new String[] {"a", "b", "c", "*", "x"}) {
                names.addAll(names(label + "." + below, deep - 1));
            }
        }
        return names;
    }
}
