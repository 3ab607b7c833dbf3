package io.holdfast.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts what servers say. Right is what most of the others say, or any of them if each says
/// something else, unless a [Departure] says why not.
final class Ballot {
    private final List<String> peers;
    private final Map<Departure, Integer> departed = new EnumMap<>(Departure.class);
    private final List<String> disagreements = new ArrayList<>();
    private int questions;
    private int unanimous;

    Ballot(List<String> peers) {
        this.peers = peers;
    }

    /// @param said by Holdfast, and then by each of the peers
    void count(Question question, List<Said> said) {
        questions++;
        Said ours = said.getFirst();
        List<Said> theirs = said.subList(1, said.size());
        if (Collections.frequency(said, ours) == said.size()) {
            unanimous++;
        } else if (Collections.frequency(theirs, ours)
                < Collections.frequency(theirs, mostCommon(theirs))) {
            disagree(question, ours, theirs);
        }
    }

    private void disagree(Question question, Said ours, List<Said> theirs) {
        for (Departure departure : Departure.values()) {
            if (departure.covers(question, ours, mostCommon(theirs))) {
                departed.merge(departure, 1, Integer::sum);
                return;
            }
        }
        StringBuilder text = new StringBuilder("\n").append(question);
        text.append("\n    Holdfast: ").append(ours);
        for (int i = 0; i < theirs.size(); i++) {
            text.append("\n    ").append(peers.get(i)).append(": ");
            text.append(theirs.get(i).equals(ours) ? "the same" : theirs.get(i));
        }
        disagreements.add(text.toString());
    }

    private static Said mostCommon(List<Said> theirs) {
        return Collections.max(
                theirs,
                (a, b) -> Collections.frequency(theirs, a) - Collections.frequency(theirs, b));
    }

    List<String> disagreements() {
        return disagreements;
    }

    /// Departures that explain nothing: they should go.
    Set<Departure> unusedDepartures() {
        Set<Departure> unused = EnumSet.allOf(Departure.class);
        unused.removeAll(departed.keySet());
        return unused;
    }

    String summary() {
        return "agreement: %d questions, %d answered alike by all, %d disagreements, departures %s"
                .formatted(questions, unanimous, disagreements.size(), departed);
    }
}
