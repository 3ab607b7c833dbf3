package io.holdfast.service.admin;

/// Takes what is told while a request is being done.
public interface Answer {
    /// Done.
    int DONE = 0;

    /// Could not be done; nothing was changed.
    int COULD_NOT = 1;

    /// A line of what was asked for.
    void result(String line);

    /// A line for the person: a warning, or why it cannot be done.
    void remark(String line);

    /// Shows what was told so far; also a sign that it still goes on, where nothing is to be told.
    void flush();

    /// How far it is, in a few words; the next one takes its place.
    void progress(String state);
}
