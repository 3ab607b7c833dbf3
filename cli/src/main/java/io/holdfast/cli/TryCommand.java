package io.holdfast.cli;

import io.holdfast.cli.trial.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `holdfast try`: the whole loop on this machine, with throwaway data.
@Command(
        name = "try",
        description = {
            "Shows the whole loop on this machine, with throwaway data: a service, an agent, and a host"
                    + " whose address changes.",
            "Prints each hop with its time, then stays up with a page to watch until Ctrl-C."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class TryCommand implements Callable<Integer> {
    /// How long the host stays at an address while somebody watches.
    private static final long STAY_MILLIS = 4_000;

    @Spec private CommandSpec spec;

    @Option(
            names = "--once",
            description = "Ends after the last hop: with 0 if every hop held, with 1 if not.")
    private boolean once;

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        Logging.onlyWarnings();
        PrintWriter out = spec.commandLine().getOut();
        try (Trial trial = new Trial(out)) {
            Thread cleanUp = new Thread(trial::close, "clean-up");
            Runtime.getRuntime().addShutdownHook(cleanUp);
            if (!once) {
                out.println("  Watch it live at " + trial.livePage());
                out.println();
            }
            boolean held = trial.play();
            out.println(
                    held
                            ? "Every hop held."
                            : "Not every hop held; what failed is marked above. Please report it.");
            Runtime.getRuntime().removeShutdownHook(cleanUp);
            if (!once) {
                out.println(
                        "The host keeps moving; watch it at "
                                + trial.livePage()
                                + " (Ctrl-C ends it).");
                Thread moving = Thread.ofVirtual().start(() -> keepMoving(trial));
                Foreground.run(trial, out::flush);
                moving.interrupt();
            }
            return held ? 0 : CommandErrors.COULD_NOT;
        } catch (IOException cannot) {
            throw new CommandFailedException(String.valueOf(cannot.getMessage()), cannot);
        }
    }

    private static void keepMoving(Trial trial) {
        try {
            while (true) {
                Thread.sleep(STAY_MILLIS);
                trial.move();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
