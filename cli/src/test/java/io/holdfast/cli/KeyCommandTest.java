package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `holdfast key`, the same while the service runs and while it does not.
class KeyCommandTest extends WithAndWithoutService {
    private static final String SECRET = "c2l4dGVlbiBvY3RldHMgaGVyZQ==";

    @BeforeEach
    void addAHost() {
        holdfast("account", "add", "alice", "--update-key", "long enough a key").endsWith(0);
        holdfast("host", "add", "home.dyn.test", "--account", "alice").endsWith(0);
    }

    @Test
    void aKeyForAHostIsNamedAsTheHostAndGetsAStrongSecret() {
        Run added = holdfast("key", "add", "--host", "HOME.dyn.test.").endsWith(0);
        assertThat(added.lines())
                .singleElement()
                .asString()
                .matches("home\\.dyn\\.test hmac-sha256 [A-Za-z0-9+/]{43}=");
        assertThat(added.err()).isEmpty();
        assertThat(holdfast("key", "list").endsWith(0).lines())
                .containsExactly(
                        "KEY            ALGORITHM    MAY CHANGE",
                        "home.dyn.test  hmac-sha256  self home.dyn.test");
    }

    @Test
    void anInternationalHostIsNamedAsUpdatesNameIt() {
        holdfast("host", "add", "hütte.dyn.test", "--account", "alice").endsWith(0);
        holdfast("key", "add", "--host", "hütte.dyn.test").endsWith(0);
        holdfast("key", "add", "lab", "--subdomain", "Hütte.dyn.test").endsWith(0);
        assertThat(holdfast("key", "list").endsWith(0).lines())
                .containsExactly(
                        "KEY                    ALGORITHM    MAY CHANGE",
                        "lab                    hmac-sha256  subdomain xn--htte-0ra.dyn.test",
                        "xn--htte-0ra.dyn.test  hmac-sha256  self xn--htte-0ra.dyn.test");
        holdfast("key", "show", "hütte.dyn.test").endsWith(0);
        holdfast("key", "remove", "hütte.dyn.test").endsWith(0);
        assertThat(holdfast("key", "list").endsWith(0).lines()).hasSize(2);
    }

    @Test
    void aGivenSecretIsTakenAsItIsAndAWarningTellsThatItIsShort() {
        Run good = holdfast("key", "add", "k1", "--zone", "dyn.test", "--secret", SECRET);
        assertThat(good.endsWith(0).lines()).containsExactly("k1 hmac-sha256 " + SECRET);
        assertThat(good.err()).isEmpty();
        Run weak = holdfast("key", "add", "k2", "--zone", "dyn.test", "--secret", "c2hvcnQ=");
        assertThat(weak.endsWith(0).lines()).containsExactly("k2 hmac-sha256 c2hvcnQ=");
        assertThat(weak.err()).contains("warning").contains("k2").contains("5 octets");
    }

    @Test
    void keysAreListedWithWhatTheyMayChangeAndNeverWithTheirSecrets() {
        holdfast("key", "add", "--host", "home.dyn.test", "--secret", SECRET).endsWith(0);
        holdfast("key", "add", "dhcp", "--zone", "dyn.test", "--algorithm", "HMAC-SHA512")
                .endsWith(0);
        holdfast("key", "add", "lab", "--subdomain", "lab.dyn.test", "--types", "A, TXT(5)")
                .endsWith(0);
        holdfast("key", "add", "ns2", "--transfer").endsWith(0);

        assertThat(holdfast("key", "list").endsWith(0).lines())
                .containsExactly(
                        "KEY            ALGORITHM    MAY CHANGE",
                        "dhcp           hmac-sha512  zone dyn.test",
                        "lab            hmac-sha256  subdomain lab.dyn.test A,TXT(5)",
                        "ns2            hmac-sha256  nothing",
                        "home.dyn.test  hmac-sha256  self home.dyn.test");
        assertThat(holdfast("key", "list", "--json").endsWith(0).out())
                .contains(
                        """
                        {"name":"lab","algorithm":"hmac-sha256","grants":[{"scope":"subdomain",\
                        "name":"lab.dyn.test","types":{"A":null,"TXT":5}}]}\
                        """,
                        """
                        {"name":"ns2","algorithm":"hmac-sha256","grants":[]}\
                        """,
                        """
                        "grants":[{"scope":"self","name":"home.dyn.test","types":null}]\
                        """)
                .doesNotContain(SECRET);
    }

    @Test
    void oneKeyMayHaveSeveralZonesAndHosts() {
        holdfast("key", "add", "all", "--zone", "dyn.test", "--host", "home.dyn.test").endsWith(0);
        assertThat(holdfast("key", "list").endsWith(0).lines())
                .containsExactly(
                        "KEY  ALGORITHM    MAY CHANGE",
                        "all  hmac-sha256  self home.dyn.test; zone dyn.test");
    }

    @Test
    void aKeyIsShownAsClientsReadIt() {
        holdfast("key", "add", "--host", "home.dyn.test", "--secret", SECRET).endsWith(0);
        Run file = holdfast("key", "show", "home.dyn.test").endsWith(0);
        assertThat(file.out())
                .isEqualToNormalizingNewlines(
                        """
                        key "home.dyn.test" {
                            algorithm hmac-sha256;
                            secret "c2l4dGVlbiBvY3RldHMgaGVyZQ==";
                        };
                        """);
        assertThat(file.err()).contains("0600");
        assertThat(shown("knsupdate"))
                .isEqualTo("hmac-sha256:home.dyn.test:c2l4dGVlbiBvY3RldHMgaGVyZQ==");
        assertThat(shown("line")).isEqualTo("home.dyn.test hmac-sha256 " + SECRET);
        assertThat(shown("knot"))
                .isEqualTo(
                        """
                        key:
                          - id: home.dyn.test
                            algorithm: hmac-sha256
                            secret: c2l4dGVlbiBvY3RldHMgaGVyZQ==\
                        """);
        assertThat(shown("kea"))
                .isEqualTo(
                        """
                        { "name": "home.dyn.test", "algorithm": "HMAC-SHA256", \
                        "secret": "c2l4dGVlbiBvY3RldHMgaGVyZQ==" }\
                        """);
    }

    private String shown(String format) {
        Run shown = holdfast("key", "show", "home.dyn.test", "--format", format).endsWith(0);
        return String.join("\n", shown.lines());
    }

    @Test
    void aRemovedKeyIsGone() {
        holdfast("key", "add", "--host", "home.dyn.test").endsWith(0);
        holdfast("key", "remove", "home.dyn.test").endsWith(0);
        assertThat(holdfast("key", "list").endsWith(0).out()).isEmpty();
        assertThat(holdfast("key", "show", "home.dyn.test").endsWith(1).err())
                .contains("no key named home.dyn.test");
        assertThat(holdfast("key", "remove", "home.dyn.test").endsWith(1).err())
                .contains("no key named home.dyn.test");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown host      | --host nobody.dyn.test           | no host named nobody.dyn.test",
                "unknown zone      | k --zone other.test              | no zone named other.test",
                "outside all zones | k --subdomain lab.other.test     | in none of the zones",
                "bad base64        | k --zone dyn.test --secret no!   | not base64",
                "no secret at all  | k --zone dyn.test --secret ''    | 1 to 512 octets",
                "unknown algorithm | k --zone dyn.test --algorithm md5 | there are [hmac-sha1,",
                "unknown type      | k --zone dyn.test --types A,BOGUS | \"BOGUS\" is no record type",
                "unknown format    | k --zone dyn.test --format nsd   | there are [line, bind,",
                "a name that is none | k..x --zone dyn.test           | empty label",
                "a name that is taken | --host home.dyn.test          | already",
            })
    void whatCannotBeDoneIsSaidInWordsAndMakesNoKey(String which, String words, String complaint) {
        holdfast("key", "add", "home.dyn.test", "--transfer").endsWith(0);
        List<String> command = new ArrayList<>(List.of("key", "add"));
        for (String word : words.split(" ")) {
            command.add(word.equals("''") ? "" : word);
        }
        Run refused = holdfast(command.toArray(String[]::new)).endsWith(1);
        assertThat(refused.err()).contains(complaint).doesNotContain("Exception");
        assertThat(refused.out()).isEmpty();
        assertThat(holdfast("key", "list").endsWith(0).lines())
                .containsExactly(
                        "KEY            ALGORITHM    MAY CHANGE",
                        "home.dyn.test  hmac-sha256  nothing");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing said of what it may change | k | --host, --subdomain or --zone",
                "a zone, but no name | --zone dyn.test | NAME",
                "two hosts, but no name | --host a.dyn.test --host b.dyn.test | NAME",
                "for transfers and for changes | k --transfer --zone dyn.test | --transfer makes a key that changes nothing",
                "types of nothing | k --transfer --types A | --types",
            })
    void wrongUsageIsToldSo(String which, String words, String complaint) {
        List<String> command = new ArrayList<>(List.of("key", "add"));
        command.addAll(List.of(words.split(" ")));
        assertThat(holdfast(command.toArray(String[]::new)).endsWith(2).err()).contains(complaint);
    }
}
