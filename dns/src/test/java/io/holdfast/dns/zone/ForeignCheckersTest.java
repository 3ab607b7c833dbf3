package io.holdfast.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.dns.Name;
import io.holdfast.dns.RRset;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.zone.MasterFile.Contents;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What we write, the checkers of BIND and Knot accept, and BIND reads the same records from it.
class ForeignCheckersTest {
    private static final Name APEX = Name.of("dyn.test");

    @TempDir Path folder;

    @Test
    void namedCheckzoneAcceptsAndReadsTheSame() throws Exception {
        needs("named-checkzone");
        Path file = written();
        Path dumped = folder.resolve("dumped");

        run(
                "named-checkzone",
                "-D",
                "-s",
                "full",
                "-o",
                dumped.toString(),
                "dyn.test",
                file.toString());

        assertThat(read(dumped)).containsExactlyInAnyOrderElementsOf(ZoneText.sorted(zone()));
    }

    @Test
    void kzonecheckAccepts() throws Exception {
        needs("kzonecheck");

        run("kzonecheck", "-o", "dyn.test", written().toString());
    }

    /// Every type that is written readably, types nobody knows, and text of all octets.
    private static List<RRset> zone() {
        List<RRset> zone =
                new ArrayList<>(
                        ZoneText.rrsets(
                                """
                                dyn.test.            60   SOA   ns1.dyn.test. host\\.master.dyn.test. 4294967295 3600 900 1209600 60
                                dyn.test.            60   NS    ns1.dyn.test.
                                dyn.test.            60   NS    ns.example.com.
                                dyn.test.            60   MX    10 mail.dyn.test.
                                dyn.test.            60   CAA   0 issue "ca.example; policy=ev"
                                ns1.dyn.test.        60   A     192.0.2.53
                                ns1.dyn.test.        60   AAAA  2001:db8::53
                                mail.dyn.test.       0    A     192.0.2.25
                                mail.dyn.test.       2147483647 AAAA ::ffff:192.0.2.25
                                www.dyn.test.        60   CNAME ns1.dyn.test.
                                old.dyn.test.        60   DNAME new.example.com.
                                ptr.dyn.test.        60   PTR   host.example.com.
                                info.dyn.test.       60   HINFO "a b" linux
                                where.dyn.test.      60   LOC   52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000.00m 10.00m
                                phone.dyn.test.      60   NAPTR 100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.example.com.
                                _sip._tcp.dyn.test.  60   SRV   0 5 5060 mail.dyn.test.
                                key.dyn.test.        60   SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789
                                _443._tcp.dyn.test.  60   TLSA  3 1 1 123456789abcdef67890123456789abcdef67890123456789abcdef123456789
                                uri.dyn.test.        60   URI   10 1 "https://example.com/a b"
                                svc.dyn.test.        60   HTTPS 1 . alpn=h2,h3 port=8443
                                sub.dyn.test.        60   NS    ns.sub.dyn.test.
                                sub.dyn.test.        60   DS    1 13 2 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF
                                ns.sub.dyn.test.     60   A     192.0.2.54
                                a.b.c.dyn.test.      60   DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=
                                *.wild.dyn.test.     60   TYPE65280 \\# 3 010203
                                odd\\046\\032\\000\\255\\@\\$\\;\\(\\).dyn.test. 60 TXT ""
                                """));
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] text = new byte[random.nextInt(20)];
            random.nextBytes(text);
            zone.add(
                    new RRset(Name.of("t" + i + ".dyn.test"), Type.TXT, 60, List.of(string(text))));
        }
        return zone;
    }

    private static Rdata string(byte[] text) {
        byte[] wire = new byte[text.length + 1];
        wire[0] = (byte) text.length;
        System.arraycopy(text, 0, wire, 1, text.length);
        return Rdata.of(wire);
    }

    private Path written() throws IOException {
        Path file = folder.resolve("written");
        try (Writer out = Files.newBufferedWriter(file)) {
            MasterFile.write(Zone.of(APEX, zone()).snapshot(), out);
        }
        assertThat(read(file)).containsExactlyInAnyOrderElementsOf(ZoneText.sorted(zone()));
        return file;
    }

    private static List<RRset> read(Path file) throws IOException {
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Contents contents = MasterFile.read(text, APEX);
            assertThat(contents.faults()).isEmpty();
            return ZoneText.sorted(contents.rrsets());
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static void needs(String tool) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return;
            }
        }
        if ("true".equals(System.getenv("CI"))) {
            fail(tool + " is not installed");
        }
        assumeTrue(false, tool + " is not installed");
    }
}
