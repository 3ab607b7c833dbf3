package io.holdfast.service.admin;

import io.holdfast.dns.Name;
import io.holdfast.service.change.ZoneAdministration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is wrong with zones here, as sentences without their subject.
final class ZoneProblems {
    private ZoneProblems() {}

    static Map<Name, List<String>> of(ZoneAdministration zones) {
        Map<Name, List<String>> problems = new TreeMap<>();
        zones.problems()
                .forEach((apex, why) ->
                        at(apex, problems)
                                .add(
                                        "is not served as it is stored, and its updates fail; "
                                                + why));
        zones.malformed().forEach((apex, all) -> at(apex, problems).addAll(all));
        return problems;
    }

    private static List<String> at(Name apex, Map<Name, List<String>> problems) {
        return problems.computeIfAbsent(apex, _ -> new ArrayList<>());
    }
}
