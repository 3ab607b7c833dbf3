package io.holdfast.service.dyndns;

import io.holdfast.service.change.AddressIntent.Family;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one request says about one address family.
final class FamilyStatement<A extends InetAddress> {
    /// What may be said instead of an address.
    enum Word {
        KEEP,
        REMOVE
    }

    private final String family;
    private @Nullable A address;
    private String group = "";
    private int rank;
    private boolean several;
    private @Nullable Word ofThisFamily;
    private @Nullable Word ofBoth;

    /// @param family for people
    FamilyStatement(String family) {
        this.family = family;
    }

    /// @param inGroup the parameters that mean the same as the one it came with
    /// @param atRank the place of that one in its group; only the first that speaks counts
    void set(A said, String inGroup, int atRank) {
        if (address == null) {
            address = said;
            group = inGroup;
            rank = atRank;
        } else if (!address.equals(said) && !(group.equals(inGroup) && rank < atRank)) {
            several = true;
        }
    }

    /// @param ofThisAlone whether it was said of this family alone; that counts more
    void say(Word word, boolean ofThisAlone) {
        if (ofThisAlone) {
            several |= ofThisFamily != null && ofThisFamily != word;
            ofThisFamily = word;
        } else if (ofBoth == null) {
            ofBoth = word;
        }
    }

    boolean hasSeveral() {
        return several && address != null;
    }

    /// What contradicts itself.
    Optional<String> objection() {
        return ofThisFamily != null && (address != null || several)
                ? Optional.of("two different things are said about " + family)
                : Optional.empty();
    }

    Optional<A> address() {
        return Optional.ofNullable(address);
    }

    Family<A> intent() {
        if (address != null) {
            return new Family.SetTo<>(address);
        }
        Word word = ofThisFamily != null ? ofThisFamily : ofBoth;
        return word == Word.REMOVE ? new Family.Clear<>() : new Family.Keep<>();
    }
}
