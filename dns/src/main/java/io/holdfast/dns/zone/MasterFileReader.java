package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Soa;
import io.holdfast.dns.Type;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Understands the entries of a master file one after the other: what each leaves out it takes from
/// those before.
final class MasterFileReader {
    /// Deeper than anybody's folders; a file that includes itself is found before.
    private static final int MOST_NESTED = 8;

    /// So that files which include each other many times come to an end.
    private static final int MOST_INCLUDED = 1_000;

    /// All `$GENERATE`s of a zone together make so many records.
    private static final int MOST_GENERATED = 1 << 20;

    private final List<MasterFile.Fault> faults = new ArrayList<>();
    private final RecordCollector records;
    private final Includes includes;

    /// The files being read, the innermost last; without the first.
    private final Deque<String> nested = new ArrayDeque<>();

    private int included;
    private int generated;

    private Name origin;
    private @Nullable Name lastOwner;
    private @Nullable Integer defaultTtl;
    private @Nullable Integer lastTtl;

    MasterFileReader(Name apex, Includes includes) {
        this.includes = includes;
        this.origin = apex;
        this.records = new RecordCollector(apex);
    }

    /// Reads a file, the first or one that is included.
    ///
    /// @throws IOException if the text cannot be read
    void readAll(Reader text) throws IOException {
        EntryLexer lexer = new EntryLexer(text, faults);
        for (Entry entry = lexer.next(); entry != null; entry = lexer.next()) {
            read(entry);
        }
    }

    /// All faults so far.
    List<MasterFile.Fault> faults() {
        return faults;
    }

    private void read(Entry entry) {
        WordReader words = new WordReader(entry);
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
        return records.drain();
    }

    private void directive(WordReader words) throws FaultyEntry {
        Entry.Word directive = words.take("a directive");
        switch (directive.text().toUpperCase(Locale.ROOT)) {
            case "$ORIGIN" ->
                    origin = RecordText.name(words.take("the name after $ORIGIN"), origin);
            case "$TTL" -> defaultTtl = RecordText.ttl(words.take("the time after $TTL"));
            case "$GENERATE" -> {
                generate(words);
                return;
            }
            case "$INCLUDE" -> {
                include(words);
                return;
            }
            default ->
                    throw new FaultyEntry(
                            directive,
                            directive.text()
                                    + " is unknown; use $ORIGIN, $TTL, $INCLUDE or $GENERATE");
        }
        words.end();
    }

    /// `$INCLUDE file [origin]`: what it says of origin and owner holds within it alone.
    private void include(WordReader words) throws FaultyEntry {
        Entry.Word name = words.take("the file after $INCLUDE");
        Name outerOrigin = origin;
        Name innerOrigin =
                words.has() ? RecordText.name(words.take("an origin"), origin) : outerOrigin;
        words.end();
        Name outerOwner = lastOwner;
        origin = innerOrigin;
        int before = faults.size();
        try {
            String file = readIncluded(name);
            // What was found in there has no file yet, unless it is from further down.
            faults.subList(before, faults.size())
                    .replaceAll(fault -> fault.file().isEmpty() ? in(file, fault) : fault);
        } finally {
            origin = outerOrigin;
            lastOwner = outerOwner;
        }
    }

    private String readIncluded(Entry.Word name) throws FaultyEntry {
        if (nested.size() == MOST_NESTED || included == MOST_INCLUDED) {
            throw new FaultyEntry(
                    name,
                    included == MOST_INCLUDED
                            ? "over " + MOST_INCLUDED + " files are included; make them fewer"
                            : "files include files over " + MOST_NESTED + " deep; make it flatter");
        }
        included++;
        String from = nested.isEmpty() ? "" : nested.getLast();
        try {
            Includes.Included opened = includes.open(name.text(), from);
            try (Reader text = opened.text()) {
                if (nested.contains(opened.file())) {
                    throw new FaultyEntry(
                            name,
                            opened.file()
                                    + " includes itself, by way of "
                                    + String.join(", ", nested)
                                    + "; take one $INCLUDE out");
                }
                nested.addLast(opened.file());
                try {
                    readAll(text);
                } finally {
                    nested.removeLast();
                }
            }
            return opened.file();
        } catch (IOException cannot) {
            throw new FaultyEntry(
                    name, "cannot include \"" + name.text() + "\": " + cannot.getMessage());
        }
    }

    private static MasterFile.Fault in(String file, MasterFile.Fault fault) {
        return new MasterFile.Fault(file, fault.line(), fault.column(), fault.reason());
    }

    private void record(WordReader words, boolean indented) throws FaultyEntry {
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
    private void generate(WordReader words) throws FaultyEntry {
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
        List<RecordText.Generated> all = RecordText.generate(range, pattern, type, data, origin);
        generated += all.size();
        if (generated > MOST_GENERATED) {
            throw new FaultyEntry(
                    range,
                    "all $GENERATE together make over " + MOST_GENERATED + " records; use fewer");
        }
        for (RecordText.Generated record : all) {
            records.add(record.owner(), type, ttl, record.rdata(), range);
        }
    }

    /// Takes TTL and class, which may come in any order and each be left out; returns the TTL.
    private @Nullable Integer ttlAndClass(WordReader words) throws FaultyEntry {
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
