package io.holdfast.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A dyndns2 server on loopback: honest unless a script says otherwise. What it publishes is what
/// [DnsDouble] answers.
final class ProviderDouble implements AutoCloseable {
    /// Each update as it came: `NAME ADDRESSES`.
    final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    /// By name and family, as in `home.dyn.example 4`.
    final Map<String, String> published = new ConcurrentHashMap<>();

    /// As Dyn does: a family that a request does not name loses its record.
    volatile boolean dropsWhatIsNotSent;

    private final Queue<Act> script = new ArrayDeque<>();
    private final HttpServer server;

    /// What to do with one update.
    interface Act {
        void on(HttpExchange exchange, Map<String, String> query) throws IOException;
    }

    ProviderDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/nic/update", this::update);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The next updates are answered so, one each; after that honestly again.
    void next(Act... acts) {
        synchronized (script) {
            script.addAll(List.of(acts));
        }
    }

    void honestFromNowOn() {
        synchronized (script) {
            script.clear();
        }
    }

    /// Answers without changing anything.
    static Act says(int status, String body) {
        return (exchange, _) -> answer(exchange, status, body);
    }

    /// Takes the update and breaks the connection off before the reply.
    Act losesItsReply() {
        return (exchange, query) -> {
            apply(query);
            exchange.close();
        };
    }

    private void update(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        sent.add(query.get("hostname") + " " + query.get("myip"));
        Act act;
        synchronized (script) {
            act = script.poll();
        }
        if (act != null) {
            act.on(exchange, query);
        } else {
            boolean changed = apply(query);
            answer(exchange, 200, (changed ? "good " : "nochg ") + query.get("myip"));
        }
    }

    private boolean apply(Map<String, String> query) {
        boolean changed = false;
        if (dropsWhatIsNotSent) {
            boolean six = query.getOrDefault("myip", "").contains(":");
            boolean four = query.getOrDefault("myip", "").contains(".");
            changed |= !six && published.remove(query.get("hostname") + " 6") != null;
            changed |= !four && published.remove(query.get("hostname") + " 4") != null;
        }
        for (String address : query.getOrDefault("myip", "").split(",")) {
            String key = query.get("hostname") + (address.contains(":") ? " 6" : " 4");
            changed |= !address.equals(published.put(key, address));
        }
        return changed;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> query(String raw) {
        return Stream.of(raw.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(
                                pair -> pair[0],
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
