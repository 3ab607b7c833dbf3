package io.holdfast.service.admin;

import io.holdfast.service.change.AdministrationException;
import io.holdfast.service.change.Registry;
import io.holdfast.service.host.Host;
import io.holdfast.service.zone.DeclaredZone;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What the data folder holds, and whether a service runs on it.
final class StatusDesk {
    private final Registry registry;
    private final boolean running;

    StatusDesk(Registry registry, boolean running) {
        this.registry = registry;
        this.running = running;
    }

    void tell(Request request, Answer answer) throws AdministrationException {
        List<Host> hosts = registry.hosts().list(Optional.empty());
        long addressed =
                hosts.stream()
                        .filter(host ->
                                host.addresses().ipv4().isPresent()
                                        || host.addresses().ipv6().isPresent())
                        .count();
        int accounts = registry.accounts().list().size();
        List<DeclaredZone> zones = registry.declaredZones().list();
        if (request.detail(Detail.JSON).isPresent()) {
            answer.result(json(zones, hosts.size(), addressed, accounts));
            return;
        }
        answer.result(running ? "the service runs" : "no service runs");
        answer.result("  zones     " + zones.size());
        answer.result("  hosts     " + hosts.size() + ", " + addressed + " with an address");
        answer.result("  accounts  " + accounts);
    }

    private String json(List<DeclaredZone> zones, int hosts, long addressed, int accounts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeBooleanProperty("running", running);
            json.writeNumberProperty("zones", zones.size());
            json.writeNumberProperty("hosts", hosts);
            json.writeNumberProperty("hostsWithAddress", addressed);
            json.writeNumberProperty("accounts", accounts);
            json.writeEndObject();
        }
        return text.toString();
    }
}
