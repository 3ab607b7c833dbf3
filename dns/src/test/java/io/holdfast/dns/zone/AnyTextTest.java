package io.holdfast.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import io.holdfast.dns.fuzz.Texts;
import io.holdfast.dns.zone.MasterFile.Contents;
import java.io.IOException;
import java.io.StringReader;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a master file says, reading ends with records or faults, never with an exception; and
/// what is taken is written so that it reads the same.
class AnyTextTest {
    private static final int TEXTS = 1_000;

    private static final String TEXT =
            """
            $TTL 1h30m
            @ SOA ns1 hostmaster ( 1 3600 ; comment
                900 1209600 60 )
            @ NS ns1
            ns1 60 IN A 192.0.2.53
            a.b IN 60 TXT "x\\"y" \\000\\255
            *.w MX 10 @
            $ORIGIN sub
            h CNAME other.test.
            t TYPE65280 \\# 3 010203
            $GENERATE 1-9/2 g${0,3,d} A 192.0.2.$
            s HTTPS 1 . alpn=h2 port=53
            """;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void isReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            String text = mutated(random);
            Contents contents = read(text);
            if (contents.faults().isEmpty()) {
                StringBuilder written = new StringBuilder();
                Zone zone = Zone.of(Name.of("dyn.test"), contents.rrsets());
                MasterFile.write(zone.snapshot(), written);
                assertThat(read(written.toString()).rrsets())
                        .as(text)
                        .containsExactlyInAnyOrderElementsOf(ZoneText.sorted(contents.rrsets()));
            }
        }
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(TEXT);
        Texts.scribble(text, random);
        return text.toString();
    }

    private static Contents read(String text) throws IOException {
        return MasterFile.read(new StringReader(text), Name.of("dyn.test"));
    }
}
