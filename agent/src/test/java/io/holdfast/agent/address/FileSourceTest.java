package io.holdfast.agent.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.agent.address.AddressSource.Observation;
import io.holdfast.agent.address.AddressSource.Watch;
import io.holdfast.net.address.AddressText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir private Path folder;
    private final Sources sources = new Sources(new TestNetwork());
    private final Semaphore signals = new Semaphore(0);

    @Test
    void theOneAddressOfTheFamilyCounts() throws Exception {
        Path file = write("address", "2001:db8::7\n192.0.2.7\n2001:db8::8\n");

        assertThat(source().look(null)).isEqualTo(seen("192.0.2.7", file + " says 192.0.2.7"));
    }

    @Test
    void severalDifferentAddressesAreUnclear() throws Exception {
        Path file = write("address", "192.0.2.7\n192.0.2.8\n");

        assertThat(source().look(null))
                .isEqualTo(
                        new Observation.NoAddress(
                                file
                                        + " is unclear: it names 2 IPv4 addresses (192.0.2.7,"
                                        + " 192.0.2.8), so none is taken"));
    }

    @Test
    void whatAFileLacksIsSaid() throws Exception {
        Path file = folder.resolve("address");
        assertThat(source().look(null))
                .isEqualTo(new Observation.Unavailable("there is no file " + file));

        write("address", "soon");
        assertThat(source().look(null))
                .isEqualTo(new Observation.NoAddress(file + " names no IPv4 address"));

        write("address", "127.0.0.1");
        assertThat(source().look(null))
                .isEqualTo(new Observation.NoAddress(file + " says 127.0.0.1, which is loopback"));
    }

    @Test
    void ringsWhenTheFileIsWrittenReplacedAndRemoved() throws Exception {
        Path file = write("address", "192.0.2.7");
        try (Watch watch = source().watch(signals::release)) {
            assertThat(watch.hasEvents()).isTrue();

            write("address", "192.0.2.254");
            assertRings();

            Files.move(write("new", "192.0.2.9"), file, StandardCopyOption.ATOMIC_MOVE);
            assertRings();

            Files.delete(file);
            assertRings();
        }
    }

    @Test
    void ringsWhenItsFolderIsRemovedAndMadeAgain() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("run/lease"));
        Path file = Files.writeString(inner.resolve("address"), "192.0.2.7");
        try (Watch watch = inFolder().watch(signals::release)) {
            for (int i = 8; i < 11; i++) {
                Files.delete(file);
                Files.delete(inner);
                Files.delete(inner.getParent());
                assertRings();

                Files.createDirectories(inner);
                Files.writeString(file, "192.0.2." + i);
                assertRingsUntil("192.0.2." + i);
                assertThat(watch.hasEvents()).isTrue();
            }
        }
    }

    @Test
    void ringsWhenItsFolderIsMovedAwayAndAnotherMade() throws Exception {
        Path inner = Files.createDirectories(folder.resolve("run/lease"));
        Files.writeString(inner.resolve("address"), "192.0.2.7");
        try (Watch _ = inFolder().watch(signals::release)) {
            Files.move(inner, folder.resolve("run/old"));
            assertRings();

            Files.createDirectories(inner);
            Files.writeString(inner.resolve("address"), "192.0.2.8");
            assertRingsUntil("192.0.2.8");
        }
    }

    @Test
    void ringsForAFileWhoseFolderIsNotThereYet() throws Exception {
        try (Watch watch = inFolder().watch(signals::release)) {
            assertThat(watch.hasEvents()).isTrue();

            Path inner = Files.createDirectories(folder.resolve("run/lease"));
            Files.writeString(inner.resolve("address"), "192.0.2.8");
            assertRingsUntil("192.0.2.8");
        }
    }

    @Test
    void whatOneStopsWatchingOthersStillHear() throws Exception {
        Path file = write("address", "192.0.2.7");
        Semaphore others = new Semaphore(0);
        try (Watch _ = source().watch(signals::release)) {
            Watch second = source().watch(others::release);
            second.close();

            Files.delete(file);
            assertRings();
            assertThat(others.availablePermits()).isZero();
        }
    }

    private AddressSource inFolder() {
        return sources.of("file run/lease/address", Family.IPV4, null, folder);
    }

    /// A folder and what is written in it may signal more than once.
    private void assertRingsUntil(String address) throws Exception {
        do {
            assertRings();
        } while (!(inFolder().look(null) instanceof Observation.Seen(var seen, _)
                && AddressText.of(seen).equals(address)));
    }

    private AddressSource source() {
        return sources.of("file address", Family.IPV4, null, folder);
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Observation seen(String address, String how) {
        return new Observation.Seen(AddressText.read(address).orElseThrow(), how);
    }

    /// Writing may signal more than once; the change that follows signals afresh.
    private void assertRings() throws InterruptedException {
        assertThat(signals.tryAcquire(30, TimeUnit.SECONDS)).as("signals").isTrue();
    }
}
