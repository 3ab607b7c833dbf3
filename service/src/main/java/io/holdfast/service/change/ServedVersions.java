package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.zone.Zone;
import io.holdfast.dns.zone.ZoneDelta;
import io.holdfast.dns.zone.ZoneSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The versions that a publication serves and has served.
final class ServedVersions implements ZoneVersions {
    private static final Logger LOG = LoggerFactory.getLogger(ServedVersions.class);

    private final Writer writer;
    private final Publication publication;

    ServedVersions(Writer writer, Publication publication) {
        this.writer = writer;
        this.publication = publication;
    }

    @Override
    public OptionalInt serial(Name apex) {
        return zone(apex).map(zone -> OptionalInt.of(zone.serial())).orElse(OptionalInt.empty());
    }

    @Override
    public Optional<ZoneSnapshot> snapshot(Name apex) {
        try {
            // Between two versions, where the zone stands still.
            return writer.perform(_ -> zone(apex).map(Zone::snapshot));
        } catch (AdministrationException e) {
            LOG.warn("{}: cannot be read as a whole now: {}", apex, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<List<ZoneDelta>> since(Name apex, int serial) {
        OptionalInt newest = serial(apex);
        return newest.isEmpty()
                ? Optional.empty()
                : publication.journal().since(apex, serial, newest.getAsInt());
    }

    @Override
    public void onNewVersion(Consumer<Name> bell) {
        publication.onNewVersion(bell);
    }

    private Optional<Zone> zone(Name apex) {
        return publication.zones().current().closest(apex).filter(zone -> zone.apex().equals(apex));
    }
}
