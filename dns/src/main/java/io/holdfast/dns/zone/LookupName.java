package io.holdfast.dns.zone;

import io.holdfast.dns.Name;
import java.util.Arrays;

/// A name to look up: lower-cased, cut into labels, the hash of every suffix known. Holds one name
/// after the other without making anything; one thread uses it.
///
/// Labels count from the left: suffix 0 is the whole name, suffix [#labels()] the root.
///
/// ```
///   wire     4 h o m e 3 d y n 7 e x a m p l e 0
///   suffix   0         1       2               3
/// ```
public final class LookupName {
    /// What [#read] gives for octets that are no name.
    public static final int MALFORMED = -1;

    private static final int MOST_LABELS = Name.MAX_LENGTH / 2;
    private static final int STAR_LENGTH = 2;
    private static final byte[] WILDCARD_LABEL = Arrays.copyOf(new byte[] {1, '*'}, 16);

    private final byte[] octets;
    private final int most;
    private final int[] offsets;
    private final long[] hashes;
    private int length;
    private int labels;

    /// Room for any name.
    public LookupName() {
        this(Name.MAX_LENGTH, MOST_LABELS);
    }

    private LookupName(int length, int labels) {
        octets = new byte[length + NameHash.READ_AHEAD];
        most = length;
        offsets = new int[labels + 1];
        hashes = new long[labels + 1];
    }

    /// Just this name; for the cold paths.
    static LookupName of(Name name) {
        LookupName lookup = new LookupName(name.length(), name.labels());
        lookup.read(name.toWire(), 0, name.length());
        return lookup;
    }

    /// Takes the uncompressed name that begins at `at`, in place of what was held.
    ///
    /// @param end where the octets that may be read end
    /// @return how long the name is on the wire, 1 to 255, or [#MALFORMED]: cut off, longer than
    ///   255, or with a compression pointer
    public int read(byte[] from, int at, int end) {
        int last = Math.min(end - at, most);
        int count = 0;
        int p = 0;
        while (p < last) {
            int label = from[at + p];
            if (label == 0) {
                octets[p] = 0;
                hold(count, p);
                return length;
            }
            // Negative or over 63: a pointer, or a label type nobody uses (RFC 6891 §5).
            if (label < 0 || label > Name.MAX_LABEL || p + 1 + label >= last) {
                return MALFORMED;
            }
            offsets[count++] = p;
            octets[p++] = (byte) label;
            for (int next = p + label; p < next; p++) {
                octets[p] = Name.lower(from[at + p]);
            }
        }
        return MALFORMED;
    }

    private void hold(int count, int root) {
        labels = count;
        length = root + 1;
        offsets[count] = root;
        long hash = NameHash.ROOT;
        hashes[count] = hash;
        for (int label = count - 1; label >= 0; label--) {
            hash = NameHash.step(hash, octets, offsets[label], offsets[label + 1]);
            hashes[label] = hash;
        }
    }

    /// How many labels there are, 0 to 127.
    public int labels() {
        return labels;
    }

    /// How many octets stand before a suffix.
    public int offset(int suffix) {
        return offsets[suffix];
    }

    /// Tells names apart: of two that differ, both have the same with a probability of 2^-54 at the
    /// most, and nobody outside can bring it about.
    public long fingerprint() {
        return hashes[0];
    }

    /// The same for a suffix.
    public long fingerprint(int suffix) {
        return hashes[suffix];
    }

    /// Whether it is this name.
    ///
    /// @param name in wire form and lower case
    public boolean isNamed(byte[] name) {
        return isNamed(0, name, name.length);
    }

    int hash(int suffix) {
        return NameHash.fold(hashes[suffix]);
    }

    /// The hash of `*.` and the suffix.
    int wildcardHash(int suffix) {
        return NameHash.fold(NameHash.step(hashes[suffix], WILDCARD_LABEL, 0, STAR_LENGTH));
    }

    /// Whether the suffix is this name.
    boolean isNamed(int suffix, byte[] name, int nameLength) {
        return Arrays.equals(octets, offsets[suffix], length, name, 0, nameLength);
    }

    /// Whether `*.` and the suffix is this name.
    boolean wildcardIsNamed(int suffix, byte[] name, int nameLength) {
        int star = STAR_LENGTH;
        return nameLength > star
                && name[0] == 1
                && name[1] == '*'
                && Arrays.equals(octets, offsets[suffix], length, name, star, nameLength);
    }

    /// The suffix as wire octets of its own.
    byte[] copy(int suffix) {
        return Arrays.copyOfRange(octets, offsets[suffix], length);
    }
}
