package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.RdataFormat;
import io.holdfast.dns.Type;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Generator;
import org.xbill.DNS.Record;
import org.xbill.DNS.TTL;
import org.xbill.DNS.Tokenizer;

/// The presentation form of what records are made of, to and from values. dnsjava knows the form of
/// nearly every type, [MoreRecordText] that of others; its objects stay in here.
final class RecordText {
    /// A record that a `$GENERATE` stands for.
    record Generated(Name owner, Rdata rdata) {}

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})(?:/(\\d{1,9}))?");

    /// Before what dnsjava has to say stands where, which is not where in the file.
    private static final Pattern DNSJAVA_PLACE = Pattern.compile("^[^:]*:\\d+: ");

    /// One `$GENERATE` makes no more records than a /16 network has addresses.
    private static final int MOST_GENERATED = 65_536;

    /// Signatures and proofs of denial: any change of a zone makes them untrue.
    private static final Set<String> SIGNED =
            Set.of("RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "SIG", "NXT");

    /// Types whose form `named-checkzone` and `kzonecheck` read as dnsjava writes it; all others
    /// are written as RFC 3597 §5 says, which everybody reads.
    private static final Set<String> WRITTEN_READABLY =
            Set.of(
                    "A", "AAAA", "CAA", "CNAME", "DNAME", "DS", "HINFO", "LOC", "MX", "NAPTR", "NS",
                    "PTR", "SOA", "SRV", "SSHFP", "TLSA", "TXT", "URI");

    /// How data of common types looks, for people who got it wrong.
    private static final Map<Type, String> EXAMPLES =
            Map.of(
                    Type.A, "192.0.2.1",
                    Type.AAAA, "2001:db8::1",
                    Type.CNAME, "host.example.",
                    Type.MX, "10 mail.example.",
                    Type.NS, "ns1.example.",
                    Type.PTR, "host.example.",
                    Type.SOA, "ns1.example. hostmaster.example. 1 3600 900 1209600 60",
                    Type.SRV, "0 5 5060 sip.example.",
                    Type.TXT, "\"some text\"");

    private RecordText() {}

    /// An owner or an origin; relative ones are below `origin`, `@` is the origin itself.
    static Name name(Entry.Word word, Name origin) throws FaultyEntry {
        String text = word.text();
        if (word.quoted()) {
            throw new FaultyEntry(word, "a name stands without quotes; take them out");
        }
        try {
            if (text.equals("@")) {
                return origin;
            }
            return Name.of(isAbsolute(text) ? text : text + "." + absolute(origin));
        } catch (IllegalArgumentException e) {
            throw new FaultyEntry(word, String.valueOf(e.getMessage()));
        }
    }

    /// A name with the dot at its end.
    static String absolute(Name name) {
        return name.equals(Name.ROOT) ? "." : name + ".";
    }

    static boolean looksLikeTtl(Entry.Word word) {
        return !word.text().isEmpty() && Character.isDigit(word.text().charAt(0));
    }

    /// Seconds, or numbers with units as in `1h30m`.
    static int ttl(Entry.Word word) throws FaultyEntry {
        try {
            return Math.toIntExact(TTL.parseTTL(word.text()));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new FaultyEntry(
                    word,
                    "\""
                            + word.text()
                            + "\" is no TTL; write seconds up to 2147483647, or a time such as 1h30m");
        }
    }

    static boolean isClass(String text) {
        return DClass.value(text) >= 0;
    }

    /// A type that can stand in a zone.
    static Type type(Entry.Word word) throws FaultyEntry {
        String text = word.text();
        int value = org.xbill.DNS.Type.value(text);
        if (value < 0 || word.quoted()) {
            throw new FaultyEntry(
                    word, "\"" + text + "\" is no record type; for one without a name write TYPEn");
        }
        Type type = new Type(value);
        if (SIGNED.contains(type.toString())) {
            throw new FaultyEntry(
                    word, type + " records cannot be taken over from a signed zone; take them out");
        }
        // RFC 6895 §3.1: 0, OPT and 128 to 255 are no data.
        if (value == 0 || type.equals(Type.OPT) || (value >= 128 && value <= 255)) {
            throw new FaultyEntry(word, type + " cannot stand in a zone; take it out");
        }
        return type;
    }

    /// Record data from the words after the type: what [RdataFormat] takes for that type.
    static Rdata rdata(Type type, Entry.Word at, String text, Name origin) throws FaultyEntry {
        byte[] data;
        try {
            data = octets(type, text, origin);
        } catch (IOException | IllegalArgumentException e) {
            throw badData(type, at, text, String.valueOf(e.getMessage()));
        } catch (RuntimeException unforeseen) { // dnsjava has faults of its own
            throw badData(type, at, text, "this cannot be read");
        }
        return switch (RdataFormat.check(type, data)) {
            case RdataFormat.Result.Good(Rdata rdata) -> rdata;
            case RdataFormat.Result.Malformed(String reason) ->
                    throw badData(type, at, text, reason);
        };
    }

    private static byte[] octets(Type type, String text, Name origin) throws IOException {
        Optional<byte[]> generic = GenericRecordText.read(text);
        if (generic.isPresent()) {
            return generic.get();
        }
        if (MoreRecordText.isOf(type.value())) {
            return MoreRecordText.read(type.value(), text, origin).toWire();
        }
        return Record.fromString(
                        org.xbill.DNS.Name.root,
                        type.value(),
                        DClass.IN,
                        0,
                        tokens(text),
                        org.xbill.DNS.Name.fromString(absolute(origin)))
                .rdataToWireCanonical();
    }

    /// dnsjava by itself takes a buffer of 8 KiB for every record: most of the time and memory that
    /// reading a large zone takes.
    private static Tokenizer tokens(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int buffer = Math.clamp(octets.length, 1, 8192);
        return new Tokenizer(new BufferedInputStream(new ByteArrayInputStream(octets), buffer));
    }

    private static FaultyEntry badData(Type type, Entry.Word at, String text, String cause) {
        String why = DNSJAVA_PLACE.matcher(cause).replaceFirst("");
        String example = EXAMPLES.get(type);
        String mend = example == null ? "see the form of this type" : "write it like " + example;
        String data = text.isEmpty() ? "without data" : "with the data " + text;
        return new FaultyEntry(at, type + " " + data + ": " + why + "; " + mend);
    }

    /// The records that a `$GENERATE` stands for.
    ///
    /// @param pattern of the owner
    /// @param data pattern of the data
    static List<Generated> generate(
            Entry.Word range, Entry.Word pattern, Type type, String data, Name origin)
            throws FaultyEntry {
        Matcher numbers = RANGE.matcher(range.text());
        if (!numbers.matches()) {
            throw new FaultyEntry(
                    range, "\"" + range.text() + "\" is no range; write it like 1-20");
        }
        long start = Long.parseLong(numbers.group(1));
        long end = Long.parseLong(numbers.group(2));
        long step = numbers.group(3) == null ? 1 : Long.parseLong(numbers.group(3));
        if (step == 0 || end < start || (end - start) / step >= MOST_GENERATED) {
            throw new FaultyEntry(
                    range, "a range goes upwards and makes at most " + MOST_GENERATED + " records");
        }
        if (!Generator.supportedType(type.value())) {
            throw new FaultyEntry(
                    range, "$GENERATE makes A, AAAA, CNAME, DNAME, NS and PTR records only");
        }
        List<Generated> all = new ArrayList<>();
        try {
            Generator generator =
                    new Generator(
                            start,
                            end,
                            step,
                            pattern.text(),
                            type.value(),
                            DClass.IN,
                            0,
                            data,
                            org.xbill.DNS.Name.fromString(absolute(origin)));
            for (Record r = generator.nextRecord(); r != null; r = generator.nextRecord()) {
                Name owner = Name.fromWire(r.getName().toWire(), 0);
                all.add(new Generated(owner, Rdata.of(r.rdataToWireCanonical())));
            }
        } catch (IOException | RuntimeException e) { // as above
            throw new FaultyEntry(
                    pattern,
                    "$GENERATE makes no records of this: "
                            + e.getMessage()
                            + "; write it like $GENERATE 1-20 host$ A 192.0.2.$");
        }
        return all;
    }

    /// Type and data of a record as they stand in a master file.
    static String text(Type type, Rdata rdata) {
        if (!WRITTEN_READABLY.contains(type.toString())) {
            return generic(type, rdata);
        }
        try {
            Record record =
                    Record.newRecord(
                            org.xbill.DNS.Name.root, type.value(), DClass.IN, 0, rdata.toWire());
            return type + " " + record.rdataToString();
        } catch (RuntimeException notInItsForm) { // a LOC of another version, say
            return generic(type, rdata);
        }
    }

    private static String generic(Type type, Rdata rdata) {
        return "TYPE" + type.value() + " " + rdata;
    }

    private static boolean isAbsolute(String text) {
        int backslashes = 0;
        for (int i = text.length() - 2; i >= 0 && text.charAt(i) == '\\'; i--) {
            backslashes++;
        }
        return text.endsWith(".") && backslashes % 2 == 0;
    }
}
