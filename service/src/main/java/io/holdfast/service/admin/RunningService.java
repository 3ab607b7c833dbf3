package io.holdfast.service.admin;

import io.holdfast.dns.Name;
import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.transfer.SecondaryStatus;
import java.util.List;
import java.util.function.Consumer;

/// What only a service that runs can be asked for.
public interface RunningService {
    /// How far its secondaries are, now.
    List<SecondaryStatus> secondaries();

    /// Where it answers DNS, each as ADDRESS:PORT.
    List<String> dns();

    /// Where it serves HTTP, likewise.
    List<String> http();

    /// Reads its configuration again and the master files that it names, and does what they say
    /// now.
    ///
    /// @param told takes each thing that is otherwise from now on, and what needs a restart
    /// @throws AdministrationException with every fault; everything is then as it was
    void reload(Consumer<String> told) throws AdministrationException;

    /// Serves a zone no more, whatever the configuration says, until that is read again.
    ///
    /// @throws AdministrationException if there is no such zone, or it has hosts
    void remove(Name apex) throws AdministrationException;
}
