package io.holdfast.dns.fuzz;

import java.util.Random;

/// Makes master files: lines of a good one and pieces that are dangerous, in any order, with some
/// characters others.
public final class Texts {
    private static final String[] PIECES = {
        "$ORIGIN sub",
        "$TTL 1h30m",
        "$TTL 99999999999",
        "$INCLUDE other.zone",
        "$INCLUDE ../x",
        "$GENERATE 1-9/2 g${0,3,d} A 192.0.2.$",
        "$GENERATE 0-65535 a$.b$ TXT $",
        "$GENERATE 9-1 a A $",
        "$GENERATE 0-2147483647 x A 192.0.2.1",
        "$GENERATE 1-5 ${-9,200,x}.q A 192.0.2.$",
        "a ( 60 IN",
        "A ) 192.0.2.1",
        "(((((",
        "\"",
        "x TXT \"a\\\"b\" \\000\\255 \\256",
        "t TYPE65280 \\# 3 010203",
        "t TYPE65280 \\# 65535 00",
        "t TYPE1 \\# 4 c0000201",
        "s HTTPS 1 . alpn=h2 port=53 key65280=x",
        "n NAPTR 1 1 \"\" \"\" \"!^.*$!x!\" .",
        "l LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m",
        "c CAA 0 issue \"ca.test\"",
        "k SSHFP 1 1 00",
        "y CNAME y",
        "@ SOA . . 1 1 1 1 1",
        "*.* A 192.0.2.9"
    };
    private static final String ODD = "\\\"();@$.*# \t\r\n\u0000\u00ff0123456789abcxyz\uFEFF";

    private Texts() {}

    static String next(Random random) {
        StringBuilder text = new StringBuilder(Target.State.ZONE);
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]).append('\n');
        }
        scribble(text, random);
        return text.toString();
    }

    /// Up to five times puts an odd character into a text, or in place of another, or takes up to
    /// nine out.
    ///
    /// @param text of more than 45 characters
    public static void scribble(StringBuilder text, Random random) {
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(text.length());
            char odd = ODD.charAt(random.nextInt(ODD.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, odd);
                case 1 -> text.insert(at, odd);
                default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(9)));
            }
        }
    }
}
