package io.holdfast.service.http;

import io.holdfast.net.address.AddressText;
import io.holdfast.service.dyndns.HttpUpdates;
import io.javalin.Javalin;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.router.EndpointNotFound;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// The HTTP server, running.
///
/// Jetty's few platform threads read and write; [UpdateHandler] answers updates on them, Javalin
/// serves pages on virtual threads behind it.
public final class HttpFront implements AutoCloseable {
    /// The longest request line and headers together, in octets; an update of 20 hosts fits.
    static final int MAX_HEADER = 8 * 1024;

    /// How long a connection may be silent, between requests or within one; how long a request may
    /// take to arrive is [HttpSettings#arrival].
    static final Duration IDLE = Duration.ofSeconds(30);

    /// How many connections are held at once; more wait in the kernel's queue.
    static final int MAX_CONNECTIONS = 10_000;

    /// How many pages are made at once.
    static final int MAX_PAGES = 500;

    /// How long requests in hand may take after [#close].
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final int PLATFORM_THREADS = 64;
    private static final int BACKLOG = 1024;

    private final Server server;
    private final SlowRequestReaper reaper;
    private final List<Pages> pages;

    private HttpFront(Server server, SlowRequestReaper reaper, List<Pages> pages) {
        this.server = server;
        this.reaper = reaper;
        this.pages = pages;
    }

    /// Listens and serves until [#close].
    ///
    /// @param updates answers them, in every dialect
    /// @param pages what people are served
    /// @throws IOException naming the address, if one cannot be listened on; then none is
    public static HttpFront start(HttpSettings settings, HttpUpdates updates, List<Pages> pages)
            throws IOException {
        QueuedThreadPool threads = threads();
        Server server = new Server(threads);
        UpdateHandler updateHandler =
                new UpdateHandler(
                        updates,
                        new TrustedProxies(settings.trustedProxies()),
                        javalin(pages),
                        threads,
                        virtual(threads));
        server.setHandler(new GracefulHandler(updateHandler));
        server.setErrorHandler(new PlainErrors(updateHandler));
        server.setStopTimeout(GRACE.toMillis());
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));

        SlowRequestReaper reaper = new SlowRequestReaper(settings.arrival());
        HttpFront front = new HttpFront(server, reaper, List.copyOf(pages));
        try {
            for (InetSocketAddress address : settings.listen()) {
                ServerConnector connector = open(server, address);
                connector.addEventListener(reaper);
                server.addConnector(connector);
            }
            server.start();
            reaper.start();
        } catch (IOException e) {
            front.close();
            throw e;
        } catch (Exception e) {
            front.close();
            throw new IOException("the HTTP server did not start: " + e.getMessage(), e);
        }
        return front;
    }

    /// The addresses listened on, in the order of the settings, with the ports that were free where
    /// 0 was asked for.
    public List<InetSocketAddress> addresses() {
        return List.of(server.getConnectors()).stream().map(HttpFront::address).toList();
    }

    /// Takes no more requests, gives those in hand [#GRACE], then ends.
    @Override
    public void close() {
        pages.forEach(Pages::close);
        reaper.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop in good order", e);
        }
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
        threads.setName("http");
        // Not Javalin's switch for virtual threads: selectors must stay on platform threads.
        VirtualThreadPool virtual = new VirtualThreadPool(MAX_PAGES);
        virtual.setName("page");
        threads.setVirtualThreadsExecutor(virtual);
        return threads;
    }

    private static Handler javalin(List<Pages> pages) {
        Javalin javalin =
                Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.showOldJavalinVersionWarning = false;
                    config.startup.startupWatcherEnabled = false;
                    // Javalin's own words repeat the path, which may hold a secret.
                    config.routes.exception(
                            EndpointNotFound.class,
                            (_, context) ->
                                    context.status(HttpStatus.NOT_FOUND_404)
                                            .contentType("text/plain")
                                            .result("404 Not Found\n"));
                    pages.forEach(page -> page.addTo(config.routes));
                });
        // Its own choice of servlet would insist on web sockets, which no page here uses.
        ServletHolder servlet = new ServletHolder(new JavalinServlet(javalin.unsafe));
        servlet.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(servlet, "/*");
        return context;
    }

    private static ServerConnector open(Server server, InetSocketAddress address)
            throws IOException {
        ServerConnector connector =
                new ServerConnector(server, new HttpConnectionFactory(configuration()));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setShutdownIdleTimeout(GRACE.toMillis() / 10);
        try {
            connector.open();
        } catch (IOException e) {
            BindException named =
                    new BindException(
                            "cannot listen for HTTP on " + text(address) + ": " + reason(e));
            named.initCause(e);
            throw named;
        }
        return connector;
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(MAX_HEADER);
        configuration.setSendServerVersion(false);
        // RFC 9112 §3.2.2: the authority of an absolute-form target counts, whatever Host says.
        configuration.setHttpCompliance(
                HttpCompliance.RFC9110.with(
                        "a Host beside an absolute-form target",
                        HttpCompliance.Violation.MISMATCHED_AUTHORITY));
        configuration.setUriCompliance(
                UriCompliance.DEFAULT.with(
                        "doubled slashes", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        return configuration;
    }

    /// Never null: [#threads] has set one.
    private static Executor virtual(QueuedThreadPool threads) {
        return Objects.requireNonNull(threads.getVirtualThreadsExecutor());
    }

    private static InetSocketAddress address(Connector connector) {
        ServerConnector listening = (ServerConnector) connector; // we made no others
        return new InetSocketAddress(listening.getHost(), listening.getLocalPort());
    }

    private static String text(InetSocketAddress address) {
        String host = AddressText.of(address.getAddress());
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// Jetty wraps the system's word for it.
    private static String reason(IOException e) {
        Throwable root = e.getCause() == null ? e : e.getCause();
        return String.valueOf(root.getMessage());
    }
}
