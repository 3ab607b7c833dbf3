package io.holdfast.cli;

import io.holdfast.agent.AgentConfig;
import io.holdfast.agent.NameConfig;
import io.holdfast.agent.notice.LogNotice;
import io.holdfast.agent.round.RoundListener;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/// Has the agent's rounds told in the log.
final class AgentLog {
    private AgentLog() {}

    /// A provider is called by its server's name: people may have several of one kind.
    static List<RoundListener> listeners(AgentConfig config) {
        Map<String, String> servers =
                config.names().stream()
                        .collect(Collectors.toMap(NameConfig::name, AgentLog::server));
        return List.of(
                new LogNotice(
                        LoggerFactory.getLogger("io.holdfast.agent"),
                        name -> servers.getOrDefault(name, "the provider")));
    }

    private static String server(NameConfig name) {
        URI server = name.host().server();
        return server.getPort() < 0 ? server.getHost() : server.getHost() + ":" + server.getPort();
    }
}
