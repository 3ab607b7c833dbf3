package io.holdfast.cli;

import io.holdfast.agent.Agent;
import io.holdfast.agent.AgentConfig;
import io.holdfast.agent.NameStatus;
import io.holdfast.agent.NameStatus.State;
import io.holdfast.config.FaultyFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `holdfast agent`: keeps names at this host's addresses, until it is told to stop.
@Command(
        name = "agent",
        description = "Keeps names at this host's addresses, until it is told to stop.",
        subcommands = {
            AgentCommand.Status.class,
            AgentCommand.Check.class,
            AgentCommand.Retry.class,
            AgentCommand.Forget.class
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class AgentCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private AgentOptions which;

    @Option(
            names = "--once",
            description = "Looks and sends once, then exits: 0 if every name is right, else 1.")
    private boolean once;

    @Option(
            names = "--dry-run",
            description = "Prints what it would do, and why; sends nothing, writes nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws FaultyFileException, CommandFailedException {
        PrintWriter out = spec.commandLine().getOut();
        AgentConfig config = which.configuration(spec.commandLine().getErr());
        InstantSource clock = InstantSource.system();
        try {
            if (dryRun) {
                StatusText.of(Agent.dryRun(config, clock)).forEach(out::println);
                return 0;
            }
            if (once) {
                List<NameStatus> names =
                        Agent.runOnce(
                                config, clock, new SecureRandom(), AgentLog.listeners(config));
                return printed(names, out);
            }
            try (Agent agent =
                    Agent.start(config, clock, new SecureRandom(), AgentLog.listeners(config))) {
                Foreground.run(agent, () -> {});
            }
            return 0;
        } catch (IOException failed) {
            throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
        }
    }

    private static int printed(List<NameStatus> names, PrintWriter out) {
        StatusText.of(names).forEach(out::println);
        return names.stream().allMatch(name -> name.state() == State.RIGHT)
                ? 0
                : CommandErrors.COULD_NOT;
    }

    @Command(name = "status", description = "Prints how every name stands; asks nobody.")
    @SuppressWarnings("NullAway.Init") // picocli fills the fields in
    static final class Status implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Mixin private AgentOptions which;

        @Mixin private JsonOption json = new JsonOption();

        @Override
        public Integer call() throws FaultyFileException, CommandFailedException {
            PrintWriter out = spec.commandLine().getOut();
            AgentConfig config = which.configuration(spec.commandLine().getErr());
            try {
                var status = Agent.status(config, InstantSource.system());
                if (json.isAsked()) {
                    out.println(StatusJson.of(status));
                } else {
                    out.println(status.running() ? "the agent runs" : "no agent runs");
                    StatusText.of(status.names()).forEach(out::println);
                }
                return 0;
            } catch (IOException failed) {
                throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
            }
        }
    }

    @Command(
            name = "check",
            description = {
                "Looks at once at every source and sends what changed: the running agent does, or"
                        + " this command if none runs.",
                "Exits with 0 if every name is right then, else with 1."
            })
    @SuppressWarnings("NullAway.Init") // picocli fills the fields in
    static final class Check implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Mixin private AgentOptions which;

        @Override
        public Integer call() throws FaultyFileException, CommandFailedException {
            AgentConfig config = which.configuration(spec.commandLine().getErr());
            try {
                List<NameStatus> names =
                        Agent.check(
                                config,
                                InstantSource.system(),
                                new SecureRandom(),
                                AgentLog.listeners(config));
                return printed(names, spec.commandLine().getOut());
            } catch (IOException failed) {
                throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
            }
        }
    }

    @Command(
            name = "retry",
            description =
                    "Tries a stopped or waiting name again now. What was sent is not forgotten: an"
                            + " unchanged address is not sent again.")
    @SuppressWarnings("NullAway.Init") // picocli fills the fields in
    static final class Retry implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Mixin private AgentOptions which;

        @Parameters(paramLabel = "NAME", description = "The name, as in the configuration.")
        private String name = "";

        @Override
        public Integer call() throws FaultyFileException, CommandFailedException {
            PrintWriter err = spec.commandLine().getErr();
            AgentConfig config = which.configuration(err);
            try {
                Agent.Retry retry = Agent.retry(config, name, InstantSource.system());
                String what =
                        retry.heldBack()
                                ? "nothing holds it back any more"
                                : "it was not held back; nothing is changed";
                String next =
                        retry.running()
                                ? "the running agent tries it now"
                                : "no agent runs, so it is tried at the next start, or by: holdfast"
                                        + " agent check";
                err.println(name + ": " + what + (retry.heldBack() ? "; " + next : ""));
                return 0;
            } catch (IOException | IllegalArgumentException failed) {
                throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
            }
        }
    }

    @Command(
            name = "forget",
            description =
                    "Drops what is remembered about a name: its address is sent anew, even if the"
                            + " provider has it. To end a stop, use retry.")
    @SuppressWarnings("NullAway.Init") // picocli fills the fields in
    static final class Forget implements Callable<Integer> {
        @Spec private CommandSpec spec;

        @Mixin private AgentOptions which;

        @Parameters(paramLabel = "NAME", description = "The name, as in the configuration.")
        private String name = "";

        @Override
        public Integer call() throws FaultyFileException, CommandFailedException {
            PrintWriter err = spec.commandLine().getErr();
            AgentConfig config = which.configuration(err);
            try {
                boolean remembered = Agent.forget(config, name);
                err.println(
                        name
                                + (remembered
                                        ? ": forgotten; its address will be sent anew"
                                        : ": nothing was remembered"));
                return 0;
            } catch (IOException | IllegalArgumentException failed) {
                throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
            }
        }
    }
}
