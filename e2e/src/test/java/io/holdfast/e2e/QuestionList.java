package io.holdfast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Every question worth asking about zones: each owner and its surroundings, with every type where
/// there are records, with some types elsewhere.
///
/// The surroundings of a name are the names above it, random ones below and beside it, wildcards
/// there, and itself in mixed case.
final class QuestionList {
    /// Asked at every owner: what the zones hold, the types of DNSSEC, and types nobody knows.
    private static final int[] TYPES =
            IntStream.of(
                            1, 2, 5, 6, 12, 13, 15, 16, 17, 18, 19, 20, 21, 25, 26, 28, 29, 33, 35,
                            36, 37, 39, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 55, 59, 60,
                            61, 62, 63, 64, 65, 99, 104, 105, 106, 107, 108, 109, 256, 257, 258,
                            32768, 65280, 65281, 65534)
                    .toArray();

    /// Asked everywhere.
    private static final int[] COMMON = {Type.A, Type.NS, Type.DS, Type.CNAME, Type.TXT};

    private static final int MORE_TYPES = 2;

    private final Random random;
    private final Set<Question> questions = new LinkedHashSet<>();

    private QuestionList(long seed) {
        random = new Random(seed);
    }

    /// The same questions for the same zones and seed, each once, in no particular order.
    ///
    /// @param zones each apex and its master file
    static List<Question> about(Collection<? extends Iterable<Record>> zones, long seed) {
        QuestionList list = new QuestionList(seed);
        Set<Name> owners = new TreeSet<>();
        zones.forEach(zone -> zone.forEach(record -> owners.add(record.getName())));
        owners.forEach(list::at);
        Set<Name> around = new TreeSet<>();
        owners.forEach(owner -> list.around(owner, around));
        around.removeAll(owners);
        around.forEach(list::near);
        return List.copyOf(list.questions);
    }

    /// Every record of a master file, by a reader that is not ours.
    static List<Record> records(String apex, Path file) {
        try (Master master = new Master(file.toString(), Name.fromString(apex + "."))) {
            List<Record> records = new ArrayList<>();
            for (Record record = master.nextRecord();
                    record != null;
                    record = master.nextRecord()) {
                records.add(record);
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void at(Name owner) {
        for (int type : TYPES) {
            ask(owner, type);
        }
        for (int type : COMMON) {
            ask(mixedCase(owner), type);
        }
    }

    private void near(Name name) {
        for (int type : COMMON) {
            ask(name, type);
        }
        for (int i = 0; i < MORE_TYPES; i++) {
            ask(name, TYPES[random.nextInt(TYPES.length)]);
        }
    }

    private void ask(Name name, int type) {
        questions.add(new Question(name, type, random.nextInt(4) > 0));
    }

    private void around(Name owner, Set<Name> names) {
        Name parent = owner.labels() > 1 ? new Name(owner, 1) : owner;
        add(names, "*", owner);
        add(names, label(), owner);
        add(names, label() + "." + label(), owner);
        add(names, "*." + label(), owner);
        add(names, label() + ".*", owner);
        add(names, "*", parent);
        add(names, label(), parent);
        add(names, label() + "." + label(), parent);
        for (Name above = parent; above.labels() > 1; above = new Name(above, 1)) {
            names.add(above);
        }
        // What a DNAME makes of these is there, is not, and is too long.
        for (String below :
                List.of("www", "alias", "deep.er", "x.wild", "exists", "l".repeat(63))) {
            add(names, below, owner);
        }
    }

    private static void add(Set<Name> names, String labels, Name below) {
        try {
            names.add(Name.concatenate(Name.fromString(labels), below));
        } catch (NameTooLongException none) {
            // there is no such name
        } catch (TextParseException e) {
            throw new IllegalArgumentException(labels, e);
        }
    }

    private String label() {
        return IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(_ ->
                        octet(
                                random.nextInt(10) > 0
                                        ? 'a' + random.nextInt(26)
                                        : random.nextInt(256)))
                .collect(Collectors.joining());
    }

    private static String octet(int octet) {
        return "\\%03d".formatted(octet);
    }

    private Name mixedCase(Name name) {
        byte[] wire = name.toWire();
        for (int i = 0; i < wire.length; i++) {
            boolean letter = wire[i] >= 'a' && wire[i] <= 'z'; // no length is as great
            if (letter && random.nextBoolean()) {
                wire[i] ^= 0x20;
            }
        }
        try {
            return new Name(wire);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
