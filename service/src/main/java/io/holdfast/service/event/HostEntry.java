package io.holdfast.service.event;

import io.holdfast.service.host.HistoryEntry;
import io.holdfast.service.host.Host;

/// An entry in the history of a host.
///
/// @param host as it is from then on; its newest entry is this
/// @param previous the id of its entry before; 0 if there is none
public record HostEntry(Host host, long previous, HistoryEntry entry) {}
