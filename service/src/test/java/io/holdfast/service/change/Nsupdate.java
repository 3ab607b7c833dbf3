package io.holdfast.service.change;

import io.holdfast.dns.Name;
import io.holdfast.dns.Rcode;
import io.holdfast.dns.Rdata;
import io.holdfast.dns.Type;
import io.holdfast.dns.tsig.TsigAlgorithm;
import io.holdfast.dns.update.Prerequisite;
import io.holdfast.dns.update.UpdateMessage;
import io.holdfast.dns.update.UpdateStep;
import io.holdfast.service.account.Grant;
import io.holdfast.service.account.UpdateKey;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;

/// Speaks to the door in the lines of nsupdate.
final class Nsupdate {
    private final Scene scene;

    Nsupdate(Scene scene) {
        this.scene = scene;
    }

    void key(String name, Grant... grants) throws AdministrationException {
        scene.registry()
                .keys()
                .add(Name.of(name), TsigAlgorithm.HMAC_SHA256, Optional.empty(), List.of(grants));
    }

    /// @return such as `NOERROR`, or `REFUSED: the reason`
    String send(String key, String... lines) {
        UpdateKey by = scene.registry().keyRing().key(Name.of(key)).orElseThrow();
        Origin origin = new Origin(InetAddress.ofLiteral("198.51.100.9"), "", "dnsupdate");
        try {
            ZoneUpdateOutcome outcome =
                    scene.registry()
                            .zoneDoor()
                            .update(new ZoneUpdate(message(lines), by, origin))
                            .get(20, TimeUnit.SECONDS);
            return outcome.rcode().equals(Rcode.NOERROR)
                    ? "NOERROR"
                    : outcome.rcode() + ": " + outcome.reason();
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /// What DNS serves, as a master file has it.
    List<String> asked(String owner, String type) {
        int value = org.xbill.DNS.Type.value(type);
        return scene.rrset(owner, new Type(value)).stream()
                .flatMap(rrset -> rrset.rdata().stream())
                .map(rdata ->
                        Record.newRecord(
                                        org.xbill.DNS.Name.root,
                                        value,
                                        DClass.IN,
                                        0,
                                        rdata.toWire())
                                .rdataToString())
                .toList();
    }

    private static UpdateMessage message(String... lines) {
        List<Prerequisite> prerequisites = new ArrayList<>();
        List<UpdateStep> steps = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            Name name = Name.of(words[2]);
            switch (words[0] + " " + words[1]) {
                case "prereq nxdomain" -> prerequisites.add(new Prerequisite.NameNotInUse(name));
                case "prereq yxdomain" -> prerequisites.add(new Prerequisite.NameInUse(name));
                case "prereq yxrrset" ->
                        prerequisites.add(
                                new Prerequisite.RRsetEquals(
                                        name, type(words[3]), Set.of(rdata(words, 3))));
                case "update add" ->
                        steps.add(
                                new UpdateStep.Add(
                                        name,
                                        type(words[4]),
                                        Integer.parseInt(words[3]),
                                        rdata(words, 4)));
                case "update delete" ->
                        steps.add(
                                words.length == 3
                                        ? new UpdateStep.DeleteName(name)
                                        : words.length == 4
                                                ? new UpdateStep.DeleteRRset(name, type(words[3]))
                                                : new UpdateStep.DeleteRecord(
                                                        name, type(words[3]), rdata(words, 3)));
                default -> throw new AssertionError(line);
            }
        }
        return new UpdateMessage(Scene.ZONE, prerequisites, steps);
    }

    private static Type type(String word) {
        return new Type(org.xbill.DNS.Type.value(word));
    }

    /// @param at where the type stands; the data follow
    private static Rdata rdata(String[] words, int at) {
        String text = String.join(" ", Arrays.copyOfRange(words, at + 1, words.length));
        try {
            Record parsed =
                    Record.fromString(
                            org.xbill.DNS.Name.root,
                            org.xbill.DNS.Type.value(words[at]),
                            DClass.IN,
                            0,
                            text,
                            org.xbill.DNS.Name.root);
            return Rdata.of(parsed.rdataToWireCanonical());
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
