package io.holdfast.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Type;
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
        "A 192.0.2.1%d",
        "TXT %d",
        "TXT x%d",
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
            changed.apply(changes(changed, reserved, random), round);
            Server fresh = Server.of(Zone.of(changed.apex(), rrsets(changed), reserved));
            for (byte[] question : questions) {
                assertThat(changedServer.exchange(question, Transport.DATAGRAM))
                        .isEqualTo(fresh.exchange(question, Transport.DATAGRAM));
            }
        }
    }

    /// Takes away about as much as it adds, so that names go as often as they come.
    private static List<RRsetChange> changes(Zone zone, Set<Name> reserved, Random random) {
        List<RRset> there = rrsets(zone);
        there.removeIf(rrset -> rrset.type().equals(Type.SOA));
        List<RRsetChange> changes = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            int dice = random.nextInt(9);
            if (dice == 0) {
                changes.add(reservation(Name.of(anyName(random)), reserved));
            } else if (dice < 5 && !there.isEmpty()) {
                RRset rrset = there.remove(random.nextInt(there.size()));
                changes.add(new RRsetChange.Remove(rrset.owner(), rrset.type()));
            } else {
                String data = DATA[random.nextInt(DATA.length)].formatted(random.nextInt(3));
                changes.add(new RRsetChange.Put(ZoneText.rrset(anyName(random) + " 60 " + data)));
            }
        }
        return changes;
    }

    /// Reserves the name, or releases it if it is; keeps `reserved` as it is then.
    private static RRsetChange reservation(Name name, Set<Name> reserved) {
        if (reserved.add(name)) {
            return new RRsetChange.Reserve(name);
        }
        reserved.remove(name);
        return new RRsetChange.Release(name);
    }

    private static String anyName(Random random) {
        StringBuilder name = new StringBuilder();
        for (int labels = random.nextInt(4); labels >= 0; labels--) {
            name.append(LABELS[random.nextInt(LABELS.length)]).append('.');
        }
        return name.append("test.").toString();
    }

    private static List<RRset> rrsets(Zone zone) {
        List<RRset> rrsets = new ArrayList<>();
        zone.forEach(rrsets::add);
        return rrsets;
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
