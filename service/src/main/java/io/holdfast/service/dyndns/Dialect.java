package io.holdfast.service.dyndns;

import io.holdfast.dns.Name;
import io.holdfast.service.account.Principal;
import io.holdfast.service.change.AddressIntent;
import io.holdfast.service.change.UpdateOutcome;
import java.util.List;
import java.util.Set;

/// One way in which clients ask for updates over HTTP: it recognises a request, reads it into an
/// intent, and renders what became of it. Who asks, and what is done, is [HttpUpdates]'s business.
///
/// A dialect is one class of pure functions, a row in [Dialects], and a table of exchanges among
/// the tests.
public interface Dialect {
    /// The methods that are read. HEAD is none of them: it must change nothing (RFC 9110 §9.2.1),
    /// and its status alone would be taken for a success.
    Set<String> METHODS = Set.of("GET", "POST");

    /// The same, as the `Allow` header has them.
    String ALLOW = "GET, POST";

    /// What the history of a host calls it.
    String name();

    /// The paths of its requests: each as it stands, or `/first/*` for all that lie below.
    Set<String> paths();

    /// Whether a request on one of these paths speaks this dialect. It is asked before the body is
    /// read, and again with the parameters of a form.
    boolean recognises(UpdateRequest request);

    /// The names that a request is about, as far as they can be read before it is known who asks.
    Set<Name> named(UpdateRequest request);

    /// Who asks, as the request has it.
    Credential credential(UpdateRequest request);

    /// What is asked for.
    Reading read(UpdateRequest request, Principal by);

    /// What became of it.
    ///
    /// @param outcomes one for each host of the reading, in its order
    Reply render(UpdateRequest request, Reading.Understood reading, List<UpdateOutcome> outcomes);

    /// That nothing was done.
    Reply render(Rejection rejection);

    /// What a request wants.
    sealed interface Reading {
        /// @param hosts in the order of the request, repetitions included
        /// @param echo the addresses of the request, IPv4 first; empty when it sets none
        /// @param remark what of the request has no effect, for people; may be empty
        record Understood(
                List<HostList.Entry> hosts, AddressIntent intent, String echo, String remark)
                implements Reading {
            public Understood {
                hosts = List.copyOf(hosts);
            }

            /// Those that could be read, each once.
            Set<Name> names() {
                return HostList.names(hosts);
            }
        }

        /// @param about the hosts whose updates are refused by it; empty if it is not about any
        record Rejected(Rejection why, List<Name> about) implements Reading {
            public Rejected {
                about = List.copyOf(about);
            }

            Rejected(Rejection why, Set<Name> about) {
                this(why, about.stream().toList());
            }
        }
    }
}
