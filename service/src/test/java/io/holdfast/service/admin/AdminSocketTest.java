package io.holdfast.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.service.change.Registry;
import io.holdfast.service.store.StoreException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {
    @TempDir Path folder;

    private final RecordedAnswer answer = new RecordedAnswer();

    private static Registry open(Path data) throws StoreException {
        return Registry.open(data, InstantSource.system(), new SecureRandom());
    }

    private int addAccount(Path data) throws StoreException, IOException {
        Request request =
                Request.of(Verb.ACCOUNT_ADD, "alice").with(Detail.SECRET, "long enough a secret");
        return new Administrator(data).ask(request, answer);
    }

    @Test
    void theSameIsDoneWithAServiceAndWithout() throws Exception {
        Path without = folder.resolve("without");
        assertThat(addAccount(without)).isEqualTo(Answer.DONE);

        Path with = folder.resolve("with");
        try (Registry registry = open(with);
                AdminSocket _ = AdminSocket.open(with, registry, new NoNews())) {
            assertThat(addAccount(with)).isEqualTo(Answer.DONE);
            assertThat(registry.accounts().list()).hasSize(1);
        }
        assertThat(answer.results())
                .containsExactly("alice long enough a secret", "alice long enough a secret");
    }

    @Test
    void aRefusalIsToldInWordsAndEndsWithOne() throws Exception {
        assertThat(addAccount(folder)).isEqualTo(Answer.DONE);
        assertThat(addAccount(folder)).isEqualTo(Answer.COULD_NOT);
        assertThat(answer.remarks()).singleElement().asString().contains("alice");
    }

    @Test
    void whatAKilledServiceLeftBehindStopsNeitherCommandNorService() throws Exception {
        leaveSocketBehind();
        assertThat(addAccount(folder)).isEqualTo(Answer.DONE);

        leaveSocketBehind();
        try (Registry registry = open(folder);
                AdminSocket _ = AdminSocket.open(folder, registry, new NoNews())) {
            assertThat(addAccount(folder)).isEqualTo(Answer.COULD_NOT);
        }
    }

    @Test
    void whatIsTooLargeForAServiceIsNotSent() throws Exception {
        Request large =
                Request.of(Verb.HOST_IMPORT, List.of()).withBody("x".repeat((256 << 20) + 1));
        try (Registry registry = open(folder);
                AdminSocket _ = AdminSocket.open(folder, registry, new NoNews())) {
            assertThatThrownBy(() -> new Administrator(folder).ask(large, answer))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "a running service takes 256 MiB at once, and this is more; give it in"
                                    + " pieces, or while no service runs");
        }
    }

    /// Closing a Unix-domain socket leaves its file, just as a kill does.
    private void leaveSocketBehind() throws IOException {
        Files.createDirectories(folder.resolve("admin"));
        Path socket = folder.resolve("admin/socket");
        Files.deleteIfExists(socket);
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
    }

    @Test
    void aBrokenPointerToATemporarySocketStopsNothingEither() throws Exception {
        Files.createDirectories(folder.resolve("admin"));
        Files.writeString(folder.resolve("admin/where"), "");
        assertThat(addAccount(folder)).isEqualTo(Answer.DONE);
        try (Registry registry = open(folder);
                AdminSocket _ = AdminSocket.open(folder, registry, new NoNews())) {
            assertThat(addAccount(folder)).isEqualTo(Answer.COULD_NOT);
        }
    }

    @Test
    void aDataFolderTooDeepForASocketHasItElsewhere() throws Exception {
        Path deep = folder.resolve("deep/".repeat(30));
        try (Registry registry = open(deep);
                AdminSocket _ = AdminSocket.open(deep, registry, new NoNews())) {
            assertThat(addAccount(deep)).isEqualTo(Answer.DONE);
            assertThat(deep.resolve("admin/where")).exists();
        }
        assertThat(deep.resolve("admin")).isEmptyDirectory();
    }

    @Test
    void onlyTheOwnerCanReachTheSocketAndNothingIsLeftAfterwards() throws Exception {
        Path admin = folder.resolve("admin");
        try (Registry registry = open(folder);
                AdminSocket _ = AdminSocket.open(folder, registry, new NoNews())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(admin)))
                    .isEqualTo("rwx------");
        }
        assertThat(admin).isEmptyDirectory();
    }

    @Test
    void nonsenseAtTheSocketHurtsNobodyElse() throws Exception {
        try (Registry registry = open(folder);
                AdminSocket _ = AdminSocket.open(folder, registry, new NoNews())) {
            try (SocketChannel nonsense = SocketPlace.of(folder).connect().orElseThrow()) {
                nonsense.write(StandardCharsets.US_ASCII.encode("GET / HTTP/1.0\r\n\r\n"));
            }
            assertThat(addAccount(folder)).isEqualTo(Answer.DONE);
        }
    }

    @Test
    void aServiceThatGoesAwayInTheMiddleIsNotTakenForADone() throws Exception {
        Files.createDirectories(folder.resolve("admin"));
        try (ServerSocketChannel dying = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dying.bind(UnixDomainSocketAddress.of(folder.resolve("admin/socket")));
            Thread.ofVirtual().start(() -> closeFirst(dying));
            assertThatThrownBy(() -> addAccount(folder)).isInstanceOf(IOException.class);
        }
    }

    private static void closeFirst(ServerSocketChannel dying) {
        try {
            dying.accept().close();
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed);
        }
    }
}
