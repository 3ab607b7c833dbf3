package io.holdfast.dns.zone;

import java.util.List;

/// The words of one entry, taken one after the other.
final class WordReader {
    private final Entry entry;
    private int at;

    WordReader(Entry entry) {
        this.entry = entry;
    }

    boolean has() {
        return at < entry.words().size();
    }

    /// The next word, which must be there.
    Entry.Word peek() {
        return entry.words().get(at);
    }

    /// Takes the next word.
    ///
    /// @param what it should be, for people
    Entry.Word take(String what) throws FaultyEntry {
        if (!has()) {
            throw new FaultyEntry(
                    last(), "after \"" + last().text() + "\" " + what + " is missing");
        }
        return entry.words().get(at++);
    }

    /// Takes all that is left, as text of one line.
    String rest() {
        List<Entry.Word> words = entry.words();
        String rest = entry.source(at);
        at = words.size();
        return rest;
    }

    /// @throws FaultyEntry if a word is left
    void end() throws FaultyEntry {
        if (has()) {
            throw new FaultyEntry(
                    peek(), "\"" + peek().text() + "\" is too much here; take it out");
        }
    }

    private Entry.Word last() {
        return entry.words().getLast();
    }
}
