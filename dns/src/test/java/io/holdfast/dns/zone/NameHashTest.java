package io.holdfast.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Nobody can choose names that collide.
class NameHashTest {
    /// Modulo 2^64 a polynomial hash has such names for every secret: their octets differ by the
    /// coefficients of a product of factors 1 - Y^a, which is 0 modulo 2^67 for Y = M² and any odd
    /// M. (With the factors 1, 2, 4, 8, ... once each the signs are those of Thue and Morse.)
    @Test
    void namesThatDifferByAProductOfThueAndMorseDoNotCollide() {
        int[] difference = {1};
        for (int power : new int[] {1, 2, 4, 4, 4, 8, 8, 8, 8, 16, 16, 16}) {
            difference = timesOneMinus(power, difference);
        }
        byte[] one = new byte[2 * difference.length + 1];
        byte[] other = new byte[2 * difference.length + 1];
        for (int i = 0; i < difference.length; i++) {
            // The rightmost label is hashed first.
            int at = 2 * (difference.length - 1 - i);
            one[at] = 1;
            other[at] = 1;
            one[at + 1] = (byte) 0xC0;
            other[at + 1] = (byte) (0xC0 + difference[i]);
        }
        assertThat(Arrays.stream(difference).map(Math::abs)).allMatch(d -> d < 0x5F);

        LookupName first = LookupName.of(Name.fromWire(one, 0));
        LookupName second = LookupName.of(Name.fromWire(other, 0));
        assertThat(first.labels()).isEqualTo(second.labels()).isLessThan(127);
        assertThat(first.fingerprint()).isNotEqualTo(second.fingerprint());
        assertThat(first.hash(0)).isNotEqualTo(second.hash(0));
    }

    @Test
    void aNameHasOneHashWhereverItStands() {
        byte[] wire = Name.of("a.long-label-of-many.octets.dyn.test").toWire();
        byte[] packet = new byte[400];
        Arrays.fill(packet, (byte) 0x77);
        System.arraycopy(wire, 0, packet, 100, wire.length);
        LookupName reused = new LookupName();
        byte[] longer = Name.of("something.longer.was.here.before-it-in-the-scratch").toWire();
        reused.read(longer, 0, longer.length);
        reused.read(packet, 100, packet.length);

        LookupName alone = LookupName.of(Name.fromWire(wire, 0));
        for (int suffix = 0; suffix <= alone.labels(); suffix++) {
            assertThat(reused.fingerprint(suffix)).isEqualTo(alone.fingerprint(suffix));
            assertThat(reused.wildcardHash(suffix)).isEqualTo(alone.wildcardHash(suffix));
        }
        assertThat(LookupName.of(Name.of("*.test")).hash(0))
                .isEqualTo(LookupName.of(Name.of("x.test")).wildcardHash(1));
    }

    @Test
    void aMillionNamesHaveAsManyHashes() {
        Set<Long> hashes = new HashSet<>();
        Set<Integer> folded = new HashSet<>();
        int names = 1_000_000;
        LookupName lookup = new LookupName();
        for (int i = 0; i < names; i++) {
            byte[] wire = ("\4hostX" + i).getBytes(StandardCharsets.ISO_8859_1);
            wire[0] = (byte) (wire.length - 1);
            byte[] whole = Arrays.copyOf(wire, wire.length + 1);
            assertThat(lookup.read(whole, 0, whole.length)).isPositive();
            hashes.add(lookup.fingerprint());
            folded.add(lookup.hash(0));
        }
        assertThat(hashes).hasSize(names);
        // By chance about 116 pairs of a million share 32 bits.
        assertThat(folded).hasSizeGreaterThan(names - 400);
    }

    private static int[] timesOneMinus(int power, int[] polynomial) {
        int[] product = Arrays.copyOf(polynomial, polynomial.length + power);
        for (int i = 0; i < polynomial.length; i++) {
            product[i + power] -= polynomial[i];
        }
        return product;
    }
}
