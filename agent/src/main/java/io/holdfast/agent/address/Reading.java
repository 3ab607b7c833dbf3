package io.holdfast.agent.address;

import io.holdfast.agent.address.AddressSource.Sighting;
import io.holdfast.net.address.AddressKind;

/// What a page, a file or a program said, made a sighting.
final class Reading {
    private Reading() {}

    /// The first address of the family in `text`, if a name may point at it.
    ///
    /// @param where who said so, for people
    static Sighting of(String text, Family family, String where) {
        return AddressText.find(text, family)
                .map(address -> {
                    String said = where + " says " + AddressText.of(address);
                    AddressKind kind = AddressKind.of(address);
                    return kind.mayBePublished()
                            ? new Sighting.Seen(address, said)
                            : (Sighting) new Sighting.NoAddress(said + ", which is " + kind);
                })
                .orElseGet(
                        () -> new Sighting.NoAddress(where + " names no " + family + " address"));
    }
}
