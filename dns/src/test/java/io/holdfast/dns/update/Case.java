package io.holdfast.dns.update;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.RRsetChange;
import io.holdfast.dns.zone.ZoneText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Update;

/// One update of a scenario file: a zone, what dnsjava is to ask of it, and what is to come of it.
record Case(String name, Name zone, List<RRset> before, List<String> asked, List<String> expected)
        implements ZoneView {

    /// All cases of a file beside this class.
    static List<Case> of(String file) {
        Name zone = Name.ROOT;
        StringBuilder records = new StringBuilder();
        List<Case> cases = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("zone ")) {
                zone = Name.of(line.substring(5));
            } else if (!line.startsWith("  ")) {
                List<RRset> before = ZoneText.rrsets(records.toString());
                cases.add(new Case(line, zone, before, new ArrayList<>(), new ArrayList<>()));
            } else if (cases.isEmpty()) {
                records.append(line.strip()).append('\n');
            } else if (line.startsWith("  = ")) {
                cases.getLast().expected.add(line.substring(4));
            } else {
                cases.getLast().asked.add(line.strip());
            }
        }
        return cases;
    }

    /// As a client sends it.
    byte[] message() {
        try {
            Update update = new Update(foreign(zone + "."));
            for (String line : asked) {
                ask(update, line.split(" ", 2)[0], line.split(" ", 2)[1]);
            }
            return update.toWire();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What comes of it, in the words of the file.
    List<String> outcome() {
        return switch (UpdateParser.parse(message())) {
            case ParsedUpdate.Rejected(Rcode rcode, _) -> List.of(rcode.toString());
            case ParsedUpdate.Accepted(UpdateMessage update) -> outcome(update);
        };
    }

    private List<String> outcome(UpdateMessage update) {
        Rcode rcode = Prerequisites.check(update.prerequisites(), this);
        if (update.steps().isEmpty() || !rcode.equals(Rcode.NOERROR)) {
            return List.of(rcode.toString());
        }
        NetChange change = UpdateApplication.apply(update, this);
        return change.isNothing()
                ? List.of("nothing")
                : change.changes().stream().map(Case::text).toList();
    }

    @Override
    public Optional<RRset> rrset(Name owner, Type type) {
        return rrsets(owner).stream().filter(r -> r.type().equals(type)).findFirst();
    }

    @Override
    public List<RRset> rrsets(Name owner) {
        return before.stream().filter(r -> r.owner().equals(owner)).toList();
    }

    @Override
    public String toString() {
        return name;
    }

    private static void ask(Update update, String verb, String rest) throws IOException {
        String[] words = rest.split(" ", 4);
        org.xbill.DNS.Name owner = foreign(words[0]);
        switch (verb) {
            case "nxdomain" -> update.absent(owner);
            case "yxdomain" -> update.present(owner);
            case "nxrrset" -> update.absent(owner, type(words[1]));
            case "yxrrset" -> {
                if (words.length == 2) {
                    update.present(owner, type(words[1]));
                } else {
                    update.present(owner, type(words[1]), rest.split(" ", 3)[2]);
                }
            }
            case "add" -> update.add(owner, type(words[2]), Long.parseLong(words[1]), words[3]);
            case "delete" -> {
                switch (words.length) {
                    case 1 -> update.delete(owner);
                    case 2 -> update.delete(owner, type(words[1]));
                    default -> update.delete(owner, type(words[1]), rest.split(" ", 3)[2]);
                }
            }
            default -> throw new AssertionError(verb);
        }
    }

    private static String text(RRsetChange change) {
        return switch (change) {
            case RRsetChange.Put(RRset rrset) ->
                    "put "
                            + rrset.owner()
                            + ". "
                            + rrset.ttl()
                            + " "
                            + rrset.type()
                            + " "
                            + rrset.rdata().stream()
                                    .map(rdata -> text(rrset.type(), rdata))
                                    .collect(Collectors.joining(", "));
            case RRsetChange.Remove(Name owner, Type type) -> "remove " + owner + ". " + type;
            case RRsetChange.Reserve _, RRsetChange.Release _ -> throw new AssertionError(change);
        };
    }

    private static String text(Type type, Rdata rdata) {
        return Record.newRecord(org.xbill.DNS.Name.root, type.value(), DClass.IN, 0, rdata.toWire())
                .rdataToString();
    }

    private static org.xbill.DNS.Name foreign(String name) throws TextParseException {
        return org.xbill.DNS.Name.fromString(name);
    }

    private static int type(String word) {
        return org.xbill.DNS.Type.value(word, true);
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(Case.class.getResourceAsStream(file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Stream<String> lines = text.lines();
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
