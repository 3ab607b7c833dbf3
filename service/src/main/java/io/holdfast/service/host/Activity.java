package io.holdfast.service.host;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a host's clients have done, counted for its owner.
///
/// @param changes updates that were answered as changes
/// @param repeats updates that changed nothing
/// @param refusals updates that were refused
/// @param lastContact when a client with the right credential was last heard
/// @param historyLength how many history entries were ever written for the host
/// @param lastEntry the id of the newest of them; 0 if there is none
public record Activity(
        long changes,
        long repeats,
        long refusals,
        @Nullable Instant lastContact,
        long historyLength,
        long lastEntry) {

    public static final Activity NONE = new Activity(0, 0, 0, null, 0, 0);

    public Activity changed(Instant now) {
        return new Activity(changes + 1, repeats, refusals, now, historyLength, lastEntry);
    }

    public Activity repeated(Instant now) {
        return new Activity(changes, repeats + 1, refusals, now, historyLength, lastEntry);
    }

    public Activity refused(Instant now) {
        return new Activity(changes, repeats, refusals + 1, now, historyLength, lastEntry);
    }

    /// @param entry the id of another history entry
    public Activity recorded(long entry) {
        return new Activity(changes, repeats, refusals, lastContact, historyLength + 1, entry);
    }
}
