package io.holdfast.service.zone;

/// Where a zone comes from, and so what takes it away. The names stand in the store.
public enum ZoneOrigin {
    /// The configuration file describes it. It leaves with its description, at the next start or
    /// reload.
    FILE,
    /// A start named it (`serve --zone`). It stays until a command removes it.
    COMMAND_LINE,
    /// A command added it. It stays until a command removes it.
    COMMAND
}
