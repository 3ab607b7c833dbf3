package io.holdfast.service.http;

import io.javalin.config.RoutesConfig;

/// Something that serves pages for people.
public interface Pages extends AutoCloseable {
    /// Called once, before the front listens.
    void addTo(RoutesConfig routes);

    /// Ends answers that are still being written, such as streams of events. Called when the front
    /// stops.
    @Override
    default void close() {}
}
