package io.holdfast.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of the operator's commands, each done twice: while a service works on the data folder, and
/// after one did.
@ParameterizedClass(name = "while the service runs: {0}")
@ValueSource(booleans = {true, false})
abstract class WithAndWithoutService {
    @TempDir Path folder;

    @Parameter boolean running;

    private AtWork service;

    @BeforeEach
    void serveOnceAndPerhapsOn() throws Exception {
        service = AtWork.on(data());
        if (!running) {
            service.close();
        }
    }

    @AfterEach
    void stop() {
        if (running) {
            service.close();
        }
    }

    /// Runs a command about the data folder, in which `dyn.test` is known.
    final Run holdfast(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data().toString()));
        return Run.holdfast(all.toArray(String[]::new));
    }

    private Path data() {
        return folder.resolve("data");
    }
}
