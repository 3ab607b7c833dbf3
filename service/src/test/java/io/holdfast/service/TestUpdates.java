package io.holdfast.service;

import io.holdfast.service.change.Door;
import io.holdfast.service.change.RefusedUpdates;
import io.holdfast.service.dyndns.Dialects;
import io.holdfast.service.dyndns.HttpUpdates;
import java.time.InstantSource;
import java.util.Set;

/// Updates over HTTP between credentials and a door made for tests.
public final class TestUpdates {
    private TestUpdates() {}

    public static HttpUpdates before(Door door) {
        return new HttpUpdates(
                Dialects.all(new KnownHostNames()),
                new KnownCredentials(),
                door,
                Set.of("BadBot/1.0"),
                new RefusedUpdates(_ -> true, InstantSource.system()));
    }
}
