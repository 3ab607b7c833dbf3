package io.holdfast.service.dyndns;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.dns.Name;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an operator can see of updates that were refused (issue 15, C4).
class RefusedUpdatesOfHostsTest {
    private final Conversation dialect = new Conversation();

    @Test
    void nameWrongSecretsForTheHost() {
        dialect.basic("h1.dyn.test:S3cretGuess", "hostname=h1.dyn.test&myip=192.0.2.1");
        dialect.basic("alice:S3cretGuess", "hostname=h2.dyn.test&myip=192.0.2.1");
        dialect.ask(Optional.empty(), "hostname=h3.dyn.test&token=S3cretGuess");

        String why = "badauth, no such user and secret; 203.0.113.99, ddclient/3.10.0";
        assertThat(refused("h1.dyn.test")).containsExactly(why);
        assertThat(refused("h2.dyn.test")).containsExactly(why);
        assertThat(refused("h3.dyn.test")).containsExactly(why);
    }

    @Test
    void nameAddressesThatCannotBeRead() {
        dialect.alice("hostname=h1.dyn.test,h2.dyn.test&myip=home");

        String why = "notfqdn, myip: \"home\" is not an address; 203.0.113.99, ddclient/3.10.0";
        assertThat(refused("h1.dyn.test")).containsExactly(why);
        assertThat(refused("h2.dyn.test")).containsExactly(why);
    }

    @Test
    void nameHostsOfOthersAndOneself() {
        dialect.basic("h1.dyn.test:h1:secret", "hostname=h2.dyn.test&myip=192.0.2.1");

        String why =
                "nohost, no host h2.dyn.test for this credential; 203.0.113.99, ddclient/3.10.0";
        assertThat(refused("h2.dyn.test")).containsExactly(why);
        assertThat(refused("h1.dyn.test")).containsExactly(why);
    }

    @Test
    void nameClientsThatAreNotServed() {
        dialect.agent("BadBot/1.0").alice("hostname=h1.dyn.test&myip=192.0.2.1");

        assertThat(refused("h1.dyn.test"))
                .containsExactly(
                        "badagent, this client is not served here; 203.0.113.99, BadBot/1.0");
    }

    @Test
    void areNoneWhenAllWentWellOrNoSecretWasSent() {
        dialect.alice("hostname=h1.dyn.test&myip=192.0.2.1");
        dialect.alice("hostname=h1.dyn.test&myip=192.0.2.1");
        dialect.ask(Optional.empty(), "hostname=h1.dyn.test");

        assertThat(refused("h1.dyn.test")).isEmpty();
    }

    private List<String> refused(String host) {
        return dialect.refused.of(Name.of(host)).stream()
                .map(r ->
                        r.code()
                                + ", "
                                + r.reason()
                                + "; "
                                + r.origin().source().getHostAddress()
                                + ", "
                                + r.origin().agent())
                .toList();
    }
}
