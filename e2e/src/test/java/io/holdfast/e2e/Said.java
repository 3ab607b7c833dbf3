package io.holdfast.e2e;

import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a reply says, as far as name servers must agree: names without case, sections as sets, TTLs
/// among it.
///
/// @param rcode its mnemonic
/// @param truncated whether it had to be asked for again by TCP
/// @param glue the addresses beside a referral; empty for every other reply, whose additional
///   section is a server's own choice
record Said(
        String rcode,
        boolean authoritative,
        boolean truncated,
        NavigableSet<String> answer,
        NavigableSet<String> authority,
        NavigableSet<String> glue) {

    /// @throws AssertionError if it is no well-formed message
    static Said in(byte[] reply) {
        Message message = message(reply);
        List<Record> authority = message.getSection(Section.AUTHORITY);
        boolean referral =
                message.getSection(Section.ANSWER).isEmpty()
                        && authority.stream().anyMatch(record -> record.getType() == Type.NS);
        return new Said(
                Rcode.string(message.getRcode()),
                message.getHeader().getFlag(Flags.AA),
                message.getHeader().getFlag(Flags.TC),
                lines(message.getSection(Section.ANSWER)),
                lines(authority),
                referral ? lines(addresses(message)) : new TreeSet<>());
    }

    /// The same without what is beside a referral.
    Said withoutGlue() {
        return new Said(rcode, authoritative, truncated, answer, authority, new TreeSet<>());
    }

    /// The same, truncated or not.
    Said truncated(boolean cut) {
        return new Said(rcode, authoritative, cut, answer, authority, glue);
    }

    @Override
    public String toString() {
        return rcode
                + (authoritative ? " aa" : "")
                + (truncated ? " tc" : "")
                + section("answer", answer)
                + section("authority", authority)
                + section("glue", glue);
    }

    private static String section(String title, NavigableSet<String> lines) {
        return lines.stream()
                .map(line -> line.length() > 160 ? line.substring(0, 160) + "..." : line)
                .map(line -> "\n      " + title + ": " + line)
                .collect(Collectors.joining());
    }

    private static List<Record> addresses(Message message) {
        return message.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getType() == Type.A || record.getType() == Type.AAAA)
                .toList();
    }

    private static NavigableSet<String> lines(List<Record> records) {
        return records.stream()
                .map(Said::withoutCase)
                .map(record -> record.toString().replaceAll("\\s+", " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Record withoutCase(Record record) {
        return Record.newRecord(
                record.getName().canonicalize(),
                record.getType(),
                record.getDClass(),
                record.getTTL(),
                record.rdataToWireCanonical());
    }

    private static Message message(byte[] reply) {
        try {
            return new Message(reply);
        } catch (IOException e) {
            throw new AssertionError("not a well-formed message", e);
        }
    }
}
