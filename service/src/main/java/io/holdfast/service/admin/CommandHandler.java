package io.holdfast.service.admin;

import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.Registry;
import java.util.Optional;

/// Handles operators' commands. Any number of threads may ask at once.
final class CommandHandler {
    private final AccountCommands accounts;
    private final HostCommands hosts;
    private final KeyCommands keys;
    private final ZoneCommands zones;
    private final StatusCommand status;
    private final EventWatch watch;

    /// @param service the one that runs, if one does
    CommandHandler(Registry registry, Optional<RunningService> service) {
        this.accounts = new AccountCommands(registry.accounts());
        this.hosts =
                new HostCommands(registry.hosts(), registry.accounts(), registry.declaredZones());
        this.keys = new KeyCommands(registry.keys());
        this.status = new StatusCommand(registry, service);
        this.watch = new EventWatch(registry, service.isPresent());
        this.zones = new ZoneCommands(registry.declaredZones(), service);
    }

    /// Ends what would go on for ever.
    void stop() {
        watch.stop();
    }

    /// @return the exit code
    int handle(Request request, Answer answer) {
        try {
            switch (request.verb()) {
                case ACCOUNT_ADD -> accounts.add(request, answer);
                case ACCOUNT_LIST -> accounts.list(request, answer);
                case ACCOUNT_REMOVE -> accounts.remove(request, answer);
                case ACCOUNT_KEY -> accounts.key(request, answer);
                case HOST_SECRET -> hosts.secret(request, answer);
                case HOST_SET -> hosts.set(request, answer);
                case HOST_ADD -> hosts.add(request, answer);
                case HOST_SHOW -> hosts.show(request, answer);
                case HOST_LIST -> hosts.list(request, answer);
                case HOST_BLOCK -> hosts.block(request, answer);
                case HOST_UNBLOCK -> hosts.unblock(request, answer);
                case HOST_REMOVE -> hosts.remove(request, answer);
                case HOST_IMPORT -> hosts.importTable(request, answer);
                case KEY_ADD -> keys.add(request, answer);
                case KEY_LIST -> keys.list(request, answer);
                case KEY_SHOW -> keys.show(request, answer);
                case KEY_REMOVE -> keys.remove(request, answer);
                case ZONE_LIST -> zones.list(request, answer);
                case ZONE_STATUS -> zones.status(request, answer);
                case ZONE_IMPORT -> zones.importRecords(request, answer);
                case ZONE_EXPORT -> zones.export(request, answer);
                case ZONE_ADD -> zones.add(request, answer);
                case ZONE_REMOVE -> zones.remove(request, answer);
                case ZONE_RELOAD -> zones.reload(request, answer);
                case STATUS -> status.tell(request, answer);
                case EXPLAIN -> hosts.explain(request, answer);
                case WATCH -> watch.tell(request, answer);
            }
            return Answer.DONE;
        } catch (AdministrationException refused) {
            refused.faults().forEach(answer::remark);
            return Answer.COULD_NOT;
        }
    }
}
