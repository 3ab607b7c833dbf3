package io.holdfast.dns;

import java.util.Arrays;

/// The data of an SOA record (RFC 1035 §3.3.13).
///
/// @param primary the server the zone comes from
/// @param mailbox of the person in charge, its `@` as a dot
/// @param serial of this version of the zone, unsigned (RFC 1982)
/// @param refresh seconds between a secondary's questions for a newer version
/// @param retry seconds until it asks again after no reply
/// @param expire seconds without a reply after which it stops answering
/// @param minimum the longest time, in seconds, that a negative answer is remembered (RFC 2308 §4)
public record Soa(
        Name primary, Name mailbox, int serial, int refresh, int retry, int expire, int minimum) {

    /// The numbers at the end of the data.
    private static final int NUMBERS = 5 * Integer.BYTES;

    /// Reads the data of an SOA record.
    ///
    /// @throws IllegalArgumentException if it is not two names and five numbers
    public static Soa of(Rdata rdata) {
        byte[] wire = rdata.toWire();
        Name primary = Name.fromWire(wire, 0);
        Name mailbox = Name.fromWire(wire, primary.length());
        int at = primary.length() + mailbox.length();
        if (wire.length != at + NUMBERS) {
            throw new IllegalArgumentException("SOA data is two names and five numbers");
        }
        return new Soa(
                primary,
                mailbox,
                BigEndian.i32(wire, at),
                BigEndian.i32(wire, at + 4),
                BigEndian.i32(wire, at + 8),
                BigEndian.i32(wire, at + 12),
                BigEndian.i32(wire, at + 16));
    }

    /// The same with another serial.
    public Soa withSerial(int next) {
        return new Soa(primary, mailbox, next, refresh, retry, expire, minimum);
    }

    /// The wire form.
    public Rdata toRdata() {
        int at = primary.length() + mailbox.length();
        byte[] wire = Arrays.copyOf(primary.toWire(), at + NUMBERS);
        System.arraycopy(mailbox.toWire(), 0, wire, primary.length(), mailbox.length());
        for (int number : new int[] {serial, refresh, retry, expire, minimum}) {
            BigEndian.put32(wire, at, number);
            at += Integer.BYTES;
        }
        return Rdata.of(wire);
    }
}
