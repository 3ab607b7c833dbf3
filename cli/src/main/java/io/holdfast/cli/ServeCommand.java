package io.holdfast.cli;

import io.holdfast.config.FaultyFileException;
import io.holdfast.dns.HostName;
import io.holdfast.dns.Name;
import io.holdfast.service.CannotStartException;
import io.holdfast.service.ListenAddress;
import io.holdfast.service.Service;
import io.holdfast.service.ServiceConfig;
import io.holdfast.service.admin.Administrator;
import io.holdfast.service.admin.Answer;
import io.holdfast.service.admin.Request;
import io.holdfast.service.admin.Verb;
import io.holdfast.service.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `holdfast serve`: the service, until it is told to stop.
@Command(
        name = "serve",
        description = {
            "Takes updates, keeps them, and answers DNS, until it is told to stop (Ctrl-C, SIGTERM).",
            "SIGHUP does what holdfast zone reload does, and the log says what came of it.",
            "Prints one line when it serves: holdfast ready http=HOST:PORT dns=HOST:PORT"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields in
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec private CommandSpec spec;

    @Mixin private DataOptions where;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            converter = AsListenAddress.class,
            description = "Where to serve HTTP; port 0 takes any free port. May be repeated.")
    private List<InetSocketAddress> http = new ArrayList<>();

    @Option(
            names = "--dns",
            paramLabel = "HOST:PORT",
            converter = AsListenAddress.class,
            description = "Where to answer DNS over UDP and TCP. May be repeated.")
    private List<InetSocketAddress> dns = new ArrayList<>();

    @Option(
            names = "--zone",
            paramLabel = "NAME",
            converter = AsName.class,
            description = "A zone to serve besides those of the configuration. May be repeated.")
    private List<Name> zones = new ArrayList<>();

    @Override
    public Integer call() throws FaultyFileException, CommandFailedException {
        Path data = configuration().data();
        try (Service service =
                Service.start(
                        this::configuration,
                        InstantSource.system(),
                        new SecureRandom(),
                        List.of())) {
            HangupSignal.runs(() -> reload(data));
            Foreground.run(service, () -> spec.commandLine().getOut().println(ready(service)));
            return 0;
        } catch (CannotStartException cannot) {
            throw new CommandFailedException(String.valueOf(cannot.getMessage()), cannot);
        }
    }

    /// What `holdfast zone reload` does, asked for in the same way, and its answer in the log.
    private static void reload(Path data) {
        LOG.info("SIGHUP: reading again what the operator wrote");
        try {
            int code = new Administrator(data).ask(Request.of(Verb.ZONE_RELOAD), new LogAnswer());
            if (code != Answer.DONE) {
                LOG.error("nothing was taken; mend what is named above, and send SIGHUP again");
            }
        } catch (StoreException | IOException failed) {
            LOG.error("could not read again what the operator wrote: {}", failed.getMessage());
        }
    }

    private ServiceConfig configuration() throws FaultyFileException {
        ServiceConfig config = where.configuration().withZones(zones);
        config = where.data().map(config::withData).orElse(config);
        config = http.isEmpty() ? config : config.withHttp(http);
        return dns.isEmpty() ? config : config.withDns(dns);
    }

    private static String ready(Service service) {
        return "holdfast ready http=" + texts(service.http()) + " dns=" + texts(service.dns());
    }

    private static String texts(List<InetSocketAddress> addresses) {
        return addresses.stream().map(ListenAddress::text).collect(Collectors.joining(","));
    }

    static final class AsListenAddress implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String text) {
            try {
                return ListenAddress.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }

    static final class AsName implements ITypeConverter<Name> {
        @Override
        public Name convert(String text) {
            try {
                return HostName.orOther(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }
}
