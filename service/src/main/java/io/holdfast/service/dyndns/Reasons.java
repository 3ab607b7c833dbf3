package io.holdfast.service.dyndns;

/// Several explanations as one line, each once.
final class Reasons {
    private final StringBuilder text;

    /// @param first may be empty
    Reasons(String first) {
        text = new StringBuilder(first);
    }

    void add(String reason) {
        if (text.indexOf(reason) < 0) {
            text.append(text.isEmpty() ? "" : "; ").append(reason);
        }
    }

    String text() {
        return text.toString();
    }
}
