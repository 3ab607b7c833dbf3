package io.holdfast.service;

import io.holdfast.config.FaultyFileException;

/// Where a configuration comes from, which may say something else the next time.
public interface ConfigSource {
    /// @throws FaultyFileException with every fault of it and of the master files it names
    ServiceConfig read() throws FaultyFileException;
}
