package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the operator's commands print and how they end, the same while the service runs and while
/// it does not.
class AdministrationTest extends WithAndWithoutService {
    private Path write(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }

    private void account() {
        holdfast("account", "add", "alice", "--update-key", "long enough a key").endsWith(0);
    }

    @Test
    void anAccountIsAddedListedAndRemoved() {
        Run added = holdfast("account", "add", "alice", "--email", "a@example.org").endsWith(0);
        assertThat(added.lines()).singleElement().asString().matches("alice [A-Za-z0-9_-]{22,}");
        assertThat(holdfast("account", "list").endsWith(0).out())
                .contains("alice    a@example.org");
        assertThat(holdfast("account", "add", "alice").endsWith(1).err()).contains("alice");
        holdfast("account", "remove", "alice").endsWith(0);
        assertThat(holdfast("account", "list").endsWith(0).out()).isEmpty();
    }

    @Test
    void aGivenKeyIsTakenAsItIsAndAWarningTellsThatItIsShort() {
        Run added = holdfast("account", "add", "alice", "--update-key", "a:b ç").endsWith(0);
        assertThat(added.lines()).containsExactly("alice a:b ç");
        assertThat(added.err()).contains("warning").contains("alice").contains("5 characters");
    }

    @Test
    void listsAreInTheOrderInWhichPeopleCount() {
        account();
        holdfast("account", "add", "user10").endsWith(0);
        holdfast("account", "add", "user2", "--email", "u@example.org").endsWith(0);
        for (String name : new String[] {"host10", "host2", "host1"}) {
            holdfast("host", "add", name + ".dyn.test", "--account", "user2").endsWith(0);
        }
        assertThat(holdfast("account", "list").endsWith(0).lines())
                .containsExactly(
                        "ACCOUNT  EMAIL          OLD KEY GOOD UNTIL",
                        "alice    -              -",
                        "user2    u@example.org  -",
                        "user10   -              -");
        assertThat(holdfast("account", "list", "--json").endsWith(0).lines())
                .containsExactly(
                        "[{\"name\":\"alice\",\"email\":null,\"oldKeyGoodUntil\":null},"
                                + "{\"name\":\"user2\",\"email\":\"u@example.org\","
                                + "\"oldKeyGoodUntil\":null},"
                                + "{\"name\":\"user10\",\"email\":null,"
                                + "\"oldKeyGoodUntil\":null}]");
        assertThat(holdfast("host", "list", "--account", "user2").endsWith(0).lines())
                .containsExactly(
                        "HOST             ACCOUNT  ADDRESSES",
                        "host1.dyn.test   user2    (no address)",
                        "host2.dyn.test   user2    (no address)",
                        "host10.dyn.test  user2    (no address)");
        assertThat(holdfast("host", "list", "--json").endsWith(0).out())
                .startsWith(
                        "[{\"name\":\"host1.dyn.test\",\"account\":\"user2\",\"ipv4\":null,"
                                + "\"ipv6\":null},{\"name\":\"host2.dyn.test\"");
    }

    @Test
    void aZoneIsAddedAndRemoved() {
        Run added = holdfast("zone", "add", "more.test").endsWith(0);
        assertThat(added.errorLines()).hasSize(2);
        assertThat(added.errorLines().getFirst())
                .matches("more\\.test: served from now on, serial \\d+");
        assertThat(added.errorLines().getLast())
                .startsWith("warning: a name server of the zone more.test has an address at which")
                .contains("ns1.more.test A 127.0.0.1");
        assertThat(holdfast("zone", "list").endsWith(0).out()).contains("more.test");
        assertThat(holdfast("zone", "add", "more.test").endsWith(1).err())
                .isEqualTo("more.test is served already\n");

        assertThat(holdfast("zone", "remove", "more.test").endsWith(0).errorLines())
                .containsExactly("more.test: not served any more");
        assertThat(holdfast("zone", "list").endsWith(0).out()).doesNotContain("more.test");
        assertThat(holdfast("zone", "remove", "more.test").endsWith(1).err())
                .isEqualTo("no zone named more.test\n");
    }

    @Test
    void aZoneWithHostsIsNotRemoved() {
        account();
        holdfast("host", "add", "a.dyn.test", "b.dyn.test", "--account", "alice").endsWith(0);
        assertThat(holdfast("zone", "remove", "dyn.test").endsWith(1).err())
                .isEqualTo(
                        "dyn.test still has hosts, a.dyn.test and 1 more, which would be nowhere"
                                + " without it; keep the zone while it has any\n");
        assertThat(holdfast("zone", "list").endsWith(0).out()).contains("dyn.test");
    }

    @Test
    void hostsAreAddedOneLineEach() {
        account();
        Run added = holdfast("host", "add", "a.dyn.test", "B.dyn.test.", "--account", "alice");
        assertThat(added.endsWith(0).lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("a\\.dyn\\.test [A-Za-z0-9_-]{22,}"),
                        line -> assertThat(line).matches("b\\.dyn\\.test [A-Za-z0-9_-]{22,}"));
        assertThat(added.err()).isEmpty();
        assertThat(holdfast("host", "list").endsWith(0).lines())
                .containsExactly(
                        "HOST        ACCOUNT  ADDRESSES",
                        "a.dyn.test  alice    (no address)",
                        "b.dyn.test  alice    (no address)");
    }

    @Test
    void aSecretIsChangedAndSaysUntilWhenTheOldOneIsGood() {
        account();
        holdfast("host", "add", "home.dyn.test", "--account", "alice").endsWith(0);
        Run changed = holdfast("host", "secret", "home.dyn.test").endsWith(0);
        assertThat(changed.lines())
                .singleElement()
                .asString()
                .matches("home\\.dyn\\.test [A-Za-z0-9_-]{22,}");
        assertThat(changed.errorLines())
                .containsExactly(
                        "the old one stays good until this one is used, at most for 7 days");
        String time = "20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z";
        assertThat(holdfast("host", "show", "home.dyn.test").endsWith(0).lines())
                .anyMatch(line ->
                        line.matches(
                                "  old secret    good until the new one is used, at most until "
                                        + time));
        assertThat(holdfast("host", "show", "home.dyn.test", "--json").endsWith(0).out())
                .containsPattern("\"oldSecretGoodUntil\":\"" + time + "\"");
        Run given =
                holdfast(
                        "host",
                        "secret",
                        "home.dyn.test",
                        "--secret",
                        "a given new secret",
                        "--overlap",
                        "0s");
        assertThat(given.endsWith(0).lines()).containsExactly("home.dyn.test a given new secret");
        assertThat(given.errorLines()).containsExactly("the old one is refused from now on");
        assertThat(
                        holdfast("host", "secret", "home.dyn.test", "--overlap", "soon")
                                .endsWith(2)
                                .err())
                .contains("--overlap")
                .contains("1d");
        assertThat(holdfast("host", "show", "home.dyn.test").endsWith(0).out())
                .contains("new secret", "  old secret    none\n");
        assertThat(holdfast("host", "show", "home.dyn.test", "--json").endsWith(0).out())
                .contains("\"oldSecretGoodUntil\":null");
    }

    @Test
    void anAccountGetsAnotherUpdateKey() {
        account();
        Run changed = holdfast("account", "key", "alice", "--overlap", "12h").endsWith(0);
        assertThat(changed.lines()).singleElement().asString().matches("alice [A-Za-z0-9_-]{22,}");
        assertThat(changed.err()).contains("at most for 12 hours");
        assertThat(holdfast("account", "list").endsWith(0).out())
                .containsPattern("alice +- +20[0-9]{2}-.*Z");
        assertThat(holdfast("account", "list", "--json").endsWith(0).out())
                .containsPattern("\"oldKeyGoodUntil\":\"20[^\"]*Z\"");
        assertThat(holdfast("account", "key", "nobody").endsWith(1).err()).contains("nobody");
    }

    @Test
    void aTtlIsSetAndGivenBackToTheZone() {
        account();
        holdfast("host", "add", "home.dyn.test", "--account", "alice").endsWith(0);
        assertThat(holdfast("host", "set", "home.dyn.test", "--ttl", "5m").endsWith(0).err())
                .isEqualTo("home.dyn.test: its records have a TTL of 300 s from now on\n");
        assertThat(holdfast("host", "set", "home.dyn.test", "--ttl", "default").endsWith(0).err())
                .contains("a TTL of 60 s");
        assertThat(holdfast("host", "set", "home.dyn.test", "--ttl", "300").endsWith(0).err())
                .contains("a TTL of 300 s");
        assertThat(holdfast("host", "set", "home.dyn.test", "--ttl", "long").endsWith(2).err())
                .contains("--ttl", "30s");
        assertThat(holdfast("host", "set", "home.dyn.test", "--ttl", "1s").endsWith(1).err())
                .isEqualTo("a host's TTL is 30 to 86400 seconds\n");
        holdfast("host", "set", "home.dyn.test").endsWith(2);
    }

    @Test
    void theStatusSaysWhetherAServiceRunsAndWhatItHas() {
        account();
        holdfast("host", "add", "home.dyn.test", "--account", "alice").endsWith(0);
        holdfast("host", "block", "home.dyn.test").endsWith(0);
        List<String> lines =
                holdfast("status").endsWith(0).lines().stream()
                        .map(line -> line.replaceAll(":[0-9]+", ":PORT"))
                        .toList();
        List<String> expected =
                Stream.of(
                                running ? "the service runs" : "no service runs",
                                "  dns          127.0.0.1:PORT",
                                "  http         127.0.0.1:PORT",
                                "  zones        1",
                                "  hosts        1, 0 with an address, 1 blocked",
                                "  accounts     1",
                                "  secondaries  0, 0 behind",
                                "  problems     none",
                                "  agent        see: holdfast agent status")
                        .filter(line -> running || !line.matches("  (dns|http|secondaries) .*"))
                        .toList();
        assertThat(lines).isEqualTo(expected);
        assertThat(holdfast("status", "--json").endsWith(0).out().replaceAll(":[0-9]{4,}", ":PORT"))
                .isEqualToIgnoringNewLines(
                        "{\"running\":"
                                + running
                                + ",\"zones\":1,\"hosts\":1,\"hostsWithAddress\":0,\"accounts\":1,"
                                + "\"hostsBlocked\":1,"
                                + (running
                                        ? "\"dns\":[\"127.0.0.1:PORT\"],\"http\":[\"127.0.0.1:PORT\"],"
                                                + "\"secondaries\":0,\"secondariesBehind\":0,"
                                        : "\"dns\":[],\"http\":[],"
                                                + "\"secondaries\":null,\"secondariesBehind\":null,")
                                + "\"problems\":[]}");
    }

    @Test
    void theStatusNamesProblems() {
        holdfast("zone", "remove", "dyn.test").endsWith(0);
        String problem = "no zone is served; add one with: holdfast zone add NAME";
        assertThat(holdfast("status").endsWith(0).lines()).contains("  problems     " + problem);
        assertThat(holdfast("status", "--json").endsWith(0).out())
                .contains("\"problems\":[\"" + problem + "\"]");
    }

    @Test
    void whatIsNoHostIsExplainedByWhoseItIsOrWhere() throws Exception {
        String zone =
                """
                @ 60 SOA ns.example. mail.example. 7 3600 600 86400 60
                @ 60 NS ns.example.
                www 60 A 192.0.2.80
                sub 60 NS ns.elsewhere.example.
                """;
        Path file = write("dyn.zone", zone);
        holdfast("zone", "import", "dyn.test", file.toString()).endsWith(0);
        assertThat(holdfast("explain", "WWW.dyn.test.").endsWith(0).lines().subList(0, 2))
                .containsExactly(
                        "www.dyn.test, the operator's own name in the zone dyn.test",
                        "What is there?        A 192.0.2.80");
        assertThat(holdfast("explain", "host.sub.dyn.test").endsWith(0).out())
                .isEqualTo(
                        "host.sub.dyn.test is not of the zone dyn.test itself: sub.dyn.test is"
                                + " delegated to ns.elsewhere.example.; ask there\n");
        Run foreign = holdfast("explain", "www.example.org").endsWith(1);
        assertThat(foreign.err())
                .isEqualTo(
                        "www.example.org is in none of the zones served here (they are dyn.test);"
                                + " who serves it is shown by: dig +trace www.example.org\n");
        assertThat(holdfast("explain", "nobody.dyn.test").endsWith(1).err())
                .isEqualTo(
                        "the zone dyn.test has no name nobody.dyn.test; make it a host with:"
                                + " holdfast host add nobody.dyn.test --account NAME\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "x.wild.dyn.test  | x.wild.dyn.test is not in the zone dyn.test itself: the wildcard"
                        + " *.wild.dyn.test answers for it; see: holdfast explain '*.wild.dyn.test'",
                "*.wild.dyn.test  | *.wild.dyn.test, the operator's own name in the zone dyn.test",
                "wild.dyn.test    | wild.dyn.test has no records in the zone dyn.test; it exists"
                        + " because names below it have some",
                "a.old.dyn.test   | a.old.dyn.test is not in the zone dyn.test itself: all below"
                        + " old.dyn.test is redirected to new.example. (DNAME)",
                "ds.sub.dyn.test  | ds.sub.dyn.test is not of the zone dyn.test itself: sub.dyn.test"
                        + " is delegated to ns.elsewhere.example.; ask there",
                "dyn.test         | Why?                  It was imported (holdfast zone import).",
                "2.0.192.in-addr.arpa   | Why?                  Every zone needs it, and the"
                        + " operator's records do not have it.",
                "1.2.0.192.in-addr.arpa | 1.2.0.192.in-addr.arpa, the reverse name of an address that"
                        + " hosts have in the zone 2.0.192.in-addr.arpa",
                "1.2.0.192.in-addr.arpa | Why?                  It follows from the address of"
                        + " a.dyn.test, b.dyn.test.",
            })
    void everyKindOfNameIsExplained(String name, String words) throws Exception {
        Path file =
                write(
                        "dyn.zone",
                        """
                        @ 60 SOA ns.example. mail.example. 7 3600 600 86400 60
                        @ 60 NS ns.example.
                        *.wild 60 A 192.0.2.80
                        old 60 DNAME new.example.
                        sub 60 NS ns.elsewhere.example.
                        """);
        account();
        holdfast("zone", "import", "dyn.test", file.toString()).endsWith(0);
        holdfast("zone", "add", "2.0.192.in-addr.arpa").endsWith(0);
        Path table = write("hosts.csv", "name,ipv4\na.dyn.test,192.0.2.1\nb.dyn.test,192.0.2.1\n");
        holdfast("host", "import", table.toString(), "--account", "alice").endsWith(0);
        assertThat(holdfast("explain", name).endsWith(0).lines()).contains(words);
    }

    @Test
    void aNameThatIsNotThereIsNoHostToBeMadeWhereNoneCanBe() {
        holdfast("zone", "add", "2.0.192.in-addr.arpa").endsWith(0);
        assertThat(holdfast("explain", "9.2.0.192.in-addr.arpa").endsWith(1).err())
                .isEqualTo("the zone 2.0.192.in-addr.arpa has no name 9.2.0.192.in-addr.arpa\n");
        assertThat(holdfast("explain", "a\\ b.dyn.test").endsWith(1).err())
                .isEqualTo("the zone dyn.test has no name a\\032b.dyn.test\n");
    }

    @Test
    void whatCannotBeAHostIsRefusedInWordsAndNothingIsAdded() {
        account();
        String[][] refused = {
            {"home.other.test", "alice", "home.other.test"},
            {"home.dyn.test", "bob", "bob"},
            {"a..dyn.test", "alice", "empty label"},
        };
        for (String[] one : refused) {
            Run add = holdfast("host", "add", "x.dyn.test", one[0], "--account", one[1]);
            assertThat(add.endsWith(1).err()).contains(one[2]).doesNotContain("Exception");
            assertThat(add.out()).isEmpty();
        }
        assertThat(holdfast("host", "list").endsWith(0).out()).isEmpty();
    }

    @Test
    void aHostIsShownToPeopleAndToPrograms() {
        account();
        holdfast("host", "add", "home.dyn.test", "--account", "alice").endsWith(0);
        assertThat(holdfast("host", "show", "home.dyn.test").endsWith(0).out())
                .contains("home.dyn.test", "alice", "dyn.test", "never", "(no address)");
        assertThat(holdfast("host", "show", "home.dyn.test", "--json").endsWith(0).lines())
                .singleElement()
                .asString()
                .startsWith(
                        "{\"name\":\"home.dyn.test\",\"account\":\"alice\",\"zone\":\"dyn.test\"")
                .contains("\"ipv4\":null", "\"blocked\":false", "\"history\":[]");
        assertThat(holdfast("host", "show", "nobody.dyn.test").endsWith(1).err())
                .contains("nobody.dyn.test");
    }

    @Test
    void aBlockedHostIsExplainedUntilItIsUnblocked() {
        account();
        holdfast("host", "add", "home.dyn.test", "--account", "alice").endsWith(0);
        holdfast("host", "block", "home.dyn.test").endsWith(0);
        assertThat(holdfast("explain", "home.dyn.test").endsWith(0).out())
                .contains("the operator said so", "holdfast host unblock home.dyn.test");
        holdfast("host", "unblock", "home.dyn.test").endsWith(0);
        assertThat(holdfast("explain", "home.dyn.test").endsWith(0).out())
                .contains("What is its address?", "Why?", "What happens next?")
                .doesNotContain("unblock");
    }

    @Test
    void aRemovedHostIsGone() {
        account();
        holdfast("host", "add", "home.dyn.test", "--account", "alice").endsWith(0);
        assertThat(holdfast("account", "remove", "alice").endsWith(1).err()).contains("1 host");
        holdfast("host", "remove", "home.dyn.test").endsWith(0);
        holdfast("host", "show", "home.dyn.test").endsWith(1);
        holdfast("account", "remove", "alice").endsWith(0);
    }

    @Test
    void hostsAreImportedAndOnlySecretsThatWereMadeArePrinted() throws Exception {
        account();
        Path table =
                write(
                        "hosts.csv",
                        """
                        name,secret,ipv4,ipv6,ttl
                        a.dyn.test,,192.0.2.1,2001:db8::1,300
                        b.dyn.test,a secret of my own,,,
                        """);
        Run done = holdfast("host", "import", table.toString(), "--account", "alice").endsWith(0);
        assertThat(done.lines()).singleElement().asString().startsWith("a.dyn.test ");
        assertThat(done.err()).contains("2 hosts imported");
        assertThat(holdfast("host", "list").endsWith(0).lines())
                .containsExactly(
                        "HOST        ACCOUNT  ADDRESSES",
                        "a.dyn.test  alice    192.0.2.1 2001:db8::1",
                        "b.dyn.test  alice    (no address)");
    }

    @Test
    void anImportWithFaultsTakesNothingAndNamesEveryOne() throws Exception {
        account();
        Path table =
                write(
                        "hosts.csv",
                        "name,ipv4\na.dyn.test,192.0.2.1\nb.other.test,\nc.other.test,\n");
        Run done = holdfast("host", "import", table.toString(), "--account", "alice").endsWith(1);
        assertThat(done.out()).isEmpty();
        assertThat(done.errorLines())
                .anySatisfy(line -> assertThat(line).startsWith(table + ":3:1: "))
                .anySatisfy(line -> assertThat(line).startsWith(table + ":4:1: "));
        assertThat(holdfast("host", "list").endsWith(0).out()).isEmpty();
        holdfast("host", "import", folder + "/none.csv", "--account", "alice").endsWith(1);
    }

    @Test
    void aZoneIsImportedExportedAndListed() throws Exception {
        Path own =
                write(
                        "own.zone",
                        """
                        $ORIGIN dyn.test.
                        $TTL 300
                        @ IN SOA ns1.example.net. admin.example.net. 2000000000 3600 600 1209600 60
                        @ IN NS ns1.example.net.
                        www IN A 192.0.2.80
                        """);
        holdfast("zone", "import", "dyn.test", own.toString()).endsWith(0);
        assertThat(holdfast("zone", "list").endsWith(0).lines())
                .containsExactly(
                        "ZONE      SERIAL      FROM          RECORDS READ FROM",
                        "dyn.test  2000000000  command line  -");
        assertThat(holdfast("zone", "list", "--json").endsWith(0).lines())
                .containsExactly(
                        "[{\"name\":\"dyn.test\",\"serial\":2000000000,\"origin\":\"command-line\","
                                + "\"records\":null}]");
        Run exported = holdfast("zone", "export", "dyn.test").endsWith(0);
        assertThat(exported.out()).contains("www.dyn.test.", "192.0.2.80");

        Path file = folder.resolve("exported.zone");
        assertThat(holdfast("zone", "export", "dyn.test", file.toString()).endsWith(0).out())
                .isEmpty();
        assertThat(file).content().isEqualTo(exported.out());
        holdfast("zone", "import", "dyn.test", file.toString()).endsWith(0);
    }

    @Test
    void anExportReplacesAFileAndNothingElse() throws Exception {
        Path folderThere = Files.createDirectory(folder.resolve("there"));
        assertThat(holdfast("zone", "export", "dyn.test", folderThere.toString()).endsWith(1).err())
                .isEqualTo(
                        "holdfast: "
                                + folderThere
                                + " is there and is no regular file; without a FILE the zone goes"
                                + " to standard output\n");
        assertThat(folderThere).isEmptyDirectory();

        Path file = write("a.zone", "");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        holdfast("zone", "export", "dyn.test", link.toString()).endsWith(0);
        assertThat(link).isSymbolicLink();
        assertThat(file).content().contains("dyn.test.");
    }

    /// A name may come from a web page by way of a script.
    @Test
    void whatIsTypedGivesTheTerminalNoOrders() {
        String name = "a\u001b[31m\u009b\u202e\n.dyn.test";
        String shown = "a<U+001B>[31m<U+009B><U+202E><U+000A>.dyn.test";
        for (String[] command :
                new String[][] {
                    {"host", "show"},
                    {"explain"},
                    {"zone", "add"},
                    {"account", "add"},
                    {"key", "show"}
                }) {
            List<String> words = new ArrayList<>(List.of(command));
            words.add(name);
            assertThat(holdfast(words.toArray(String[]::new)).endsWith(1).errorLines())
                    .singleElement()
                    .asString()
                    .contains(shown);
        }
        assertThat(holdfast("bogus" + name).endsWith(2).err()).contains("bogus" + "a<U+001B>");
        holdfast("account", "add", "alice", "--email", name).endsWith(0);
        assertThat(holdfast("account", "list").endsWith(0).out()).contains(shown);
    }

    @Test
    void anInternationalZoneIsNamedAsPeopleWriteIt() {
        holdfast("zone", "add", "hütte.example").endsWith(0);
        assertThat(holdfast("zone", "export", "hütte.example").endsWith(0).out())
                .contains("xn--htte-0ra.example.");
        holdfast("zone", "remove", "HÜTTE.example.").endsWith(0);
    }

    @Test
    void whatIsTooLongToBeANameIsSaidShortly() {
        String name = "a".repeat(100_000);
        for (String[] command :
                new String[][] {{"host", "show"}, {"zone", "add"}, {"explain"}, {"key", "show"}}) {
            List<String> words = new ArrayList<>(List.of(command));
            words.add(name);
            assertThat(holdfast(words.toArray(String[]::new)).endsWith(1).err())
                    .isEqualTo("a".repeat(40) + "... is longer than any name\n");
        }
        Run secret = holdfast("host", "secret", "home.dyn.test", "--secret", "s".repeat(5000));
        assertThat(secret.endsWith(1).err())
                .isEqualTo("what an option says has at most 4096 octets\n");
    }

    @Test
    void aFaultyMasterFileTakesNothingAndNamesEveryFault() throws Exception {
        Path own = write("own.zone", "a 60 A 192.0.2.300\nb 60 BOGUS x\n");
        Run done = holdfast("zone", "import", "dyn.test", own.toString()).endsWith(1);
        assertThat(done.errorLines())
                .anySatisfy(line -> assertThat(line).startsWith(own + ":1:"))
                .anySatisfy(line -> assertThat(line).startsWith(own + ":2:"));
        assertThat(holdfast("zone", "export", "other.test").endsWith(1).err())
                .contains("other.test");
    }
}
