package io.holdfast.cli;

/// Where the agent's process starts and ends, `holdfast agent`: with a class path of its own, on
/// which nothing of the service is, because an agent sits on small machines.
public final class AgentMain {
    private AgentMain() {}

    /// Does what [Main] would do with these words.
    public static void main(String[] arguments) {
        AgentLogging.configure(System.getenv("HOLDFAST_LOG"));
        CommandExecution.asThisProcess(new AgentCommands(), arguments);
    }
}
