package io.holdfast.dns.update;

import io.holdfast.dns.Name;
import java.util.List;

/// What an UPDATE message asks for (RFC 2136 §2): well-formed, and nothing outside its zone.
///
/// @param zone the apex named in its zone section
public record UpdateMessage(Name zone, List<Prerequisite> prerequisites, List<UpdateStep> steps) {
    public UpdateMessage {
        prerequisites = List.copyOf(prerequisites);
        steps = List.copyOf(steps);
    }
}
