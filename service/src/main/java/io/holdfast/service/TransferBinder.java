package io.holdfast.service;

import io.holdfast.config.Table;
import io.holdfast.dns.Name;
import io.holdfast.net.address.AddressText;
import io.holdfast.service.address.Network;
import io.holdfast.service.transfer.SecondaryAddress;
import io.holdfast.service.transfer.TransferPermission;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Binds what `holdfast.toml` says of transfers: the `transfer-` keys of a zone, and the catalog.
final class TransferBinder {
    private TransferBinder() {}

    /// What the table of a zone or of the catalog permits.
    static Optional<TransferPermission> permission(Table table) {
        var secondaries = table.list("transfer-to", SecondaryAddress::parse, List.of());
        var allowed = table.list("transfer-allow", Network::of, List.of());
        Optional<Name> key = table.find("transfer-key", Name::of);
        var sources = table.list("notify-source", TransferBinder::source, List.of());
        return table.build(() -> new TransferPermission(secondaries, allowed, key, sources));
    }

    private static InetAddress source(String text) {
        Optional<InetAddress> address = AddressText.read(text);
        if (address.isEmpty()
                || address.get().isAnyLocalAddress()
                || address.get().isMulticastAddress()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no address of this machine; write one such as 192.0.2.53");
        }
        return address.get();
    }

    /// `[catalog]`, if it is there.
    ///
    /// @param zones as the file describes them; the catalog cannot be one of them
    static Optional<CatalogSettings> catalog(Table root, List<ZoneSettings> zones) {
        return root.table("catalog").flatMap(table -> catalogIn(table, zones));
    }

    private static Optional<CatalogSettings> catalogIn(Table table, List<ZoneSettings> zones) {
        boolean named = table.has("zone");
        Optional<Name> apex = table.find("zone", Name::of);
        Optional<TransferPermission> permission = permission(table);
        if (!named) {
            table.fault("zone is missing: the name of the catalog, such as \"catalog.example\"");
        }
        if (apex.isPresent() && zones.stream().anyMatch(zone -> zone.apex().equals(apex.get()))) {
            table.fault(
                    "zone",
                    "zone: " + apex.get() + " is a zone of its own; give the catalog another name");
            return Optional.empty();
        }
        return apex.flatMap(name -> permission.map(may -> new CatalogSettings(name, may)));
    }
}
