package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Understands the entries of a master file one after the other: what each leaves out it takes from
/// those before.
final class MasterFileReader {
    private final List<MasterFile.Fault> faults = new ArrayList<>();
    private final RecordCollector records;

    private Name origin;
    private @Nullable Name lastOwner;
    private @Nullable Integer defaultTtl;
    private @Nullable Integer lastTtl;

    MasterFileReader(Name apex) {
        this.origin = apex;
        this.records = new RecordCollector(apex);
    }

    /// All faults so far; others may add theirs.
    List<MasterFile.Fault> faults() {
        return faults;
    }

    void read(Entry entry) {
        Words words = new Words(entry);
        try {
            if (!entry.indented() && words.peek().text().startsWith("$")) {
                directive(words);
            } else {
                record(words, entry.indented());
            }
        } catch (FaultyEntry fault) {
            faults.add(fault.fault);
        }
    }

    /// The RRsets, after a last look for what is missing.
    List<RRset> finish() {
        // With faults before, what seems to be missing may be there and be faulty.
        if (faults.isEmpty()) {
            faults.addAll(records.missing());
        }
        return records.rrsets();
    }

    private void directive(Words words) throws FaultyEntry {
        Entry.Word directive = words.take("a directive");
        switch (directive.text().toUpperCase(Locale.ROOT)) {
            case "$ORIGIN" ->
                    origin = RecordText.name(words.take("the name after $ORIGIN"), origin);
            case "$TTL" -> defaultTtl = RecordText.ttl(words.take("the time after $TTL"));
            case "$GENERATE" -> {
                generate(words);
                return;
            }
            case "$INCLUDE" ->
                    throw new FaultyEntry(
                            directive,
                            "$INCLUDE is not supported; put the records of that file here");
            default ->
                    throw new FaultyEntry(
                            directive,
                            directive.text() + " is unknown; use $ORIGIN, $TTL or $GENERATE");
        }
        words.end();
    }

    private void record(Words words, boolean indented) throws FaultyEntry {
        Entry.Word first = words.peek();
        if (!indented) {
            lastOwner =
                    null; // so that records which follow a faulty owner do not get the one before
            lastOwner = RecordText.name(words.take("an owner"), origin);
        }
        Integer ttl = ttlAndClass(words);
        Entry.Word typeWord = words.take("a record type");
        Type type = RecordText.type(typeWord);
        Rdata rdata = RecordText.rdata(type, typeWord, words.rest(), origin);
        if (lastOwner == null) {
            throw new FaultyEntry(
                    first,
                    "this record has no owner, nor has one before; begin the line with a name");
        }
        records.add(lastOwner, type, ttl(ttl, type, rdata, typeWord), rdata, first);
    }

    /// `$GENERATE 1-20/2 host$ 60 A 192.0.2.$`
    private void generate(Words words) throws FaultyEntry {
        Entry.Word range = words.take("a range such as 1-20 after $GENERATE");
        Entry.Word pattern = words.take("an owner with a $ in it");
        Integer ttl = ttlAndClass(words);
        Entry.Word typeWord = words.take("a record type");
        Type type = RecordText.type(typeWord);
        if (ttl == null) {
            ttl = defaultTtl != null ? defaultTtl : lastTtl;
        }
        if (ttl == null) {
            throw noTtl(typeWord);
        }
        String data = words.rest();
        for (RecordText.Generated record :
                RecordText.generate(range, pattern, type, data, origin)) {
            records.add(record.owner(), type, ttl, record.rdata(), range);
        }
    }

    /// Takes TTL and class, which may come in any order and each be left out; returns the TTL.
    private @Nullable Integer ttlAndClass(Words words) throws FaultyEntry {
        Integer ttl = null;
        boolean classSeen = false;
        while (words.has()) {
            Entry.Word word = words.peek();
            if (ttl == null && RecordText.looksLikeTtl(word)) {
                ttl = RecordText.ttl(words.take("a TTL"));
            } else if (!classSeen && RecordText.isClass(word.text())) {
                classSeen = true;
                if (!word.text().equalsIgnoreCase("IN")) {
                    throw new FaultyEntry(
                            word, "class " + word.text() + " is not served; write IN or nothing");
                }
                words.take("a class");
            } else {
                break;
            }
        }
        return ttl;
    }

    private int ttl(@Nullable Integer explicit, Type type, Rdata rdata, Entry.Word at)
            throws FaultyEntry {
        if (explicit != null) {
            lastTtl = explicit;
        }
        if (lastTtl == null && type.equals(Type.SOA)) {
            lastTtl = Math.max(0, Soa.of(rdata).minimum());
        }
        Integer ttl = explicit != null ? explicit : defaultTtl != null ? defaultTtl : lastTtl;
        if (ttl == null) {
            throw noTtl(at);
        }
        return ttl;
    }

    private static FaultyEntry noTtl(Entry.Word at) {
        return new FaultyEntry(at, "no TTL is known here; put a line \"$TTL 3600\" above");
    }
}
