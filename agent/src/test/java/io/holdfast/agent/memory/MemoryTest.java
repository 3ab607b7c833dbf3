package io.holdfast.agent.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.agent.memory.Entry.Damping;
import io.holdfast.agent.memory.Entry.PendingConfirmation;
import io.holdfast.agent.memory.Entry.Rejection;
import io.holdfast.agent.memory.Entry.Retry;
import io.holdfast.agent.memory.Entry.Stop;
import io.holdfast.agent.memory.Memory.Recall;
import io.holdfast.agent.memory.Memory.Request;
import io.holdfast.agent.provider.Addresses;
import io.holdfast.agent.provider.Host;
import io.holdfast.agent.provider.Pause;
import io.holdfast.agent.provider.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final String NAME = "home.dyn.example";
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00.123456Z");
    private static final Entry FULL =
            new Entry(
                            new Target("dyndns2 https://u.example", "0badcafe"),
                            Map.of(),
                            Optional.of(
                                    new PendingConfirmation(
                                            Addresses.parse("192.0.2.7,2001:db8::7"),
                                            AT,
                                            Optional.of(AT.plusSeconds(1)),
                                            2,
                                            Optional.of(AT.plusSeconds(5)),
                                            true)),
                            Optional.of(
                                    new Retry(
                                            AT.plusSeconds(600),
                                            3,
                                            Duration.ofMinutes(10),
                                            Duration.ofMinutes(11),
                                            Pause.Ends.WITH_THE_ADDRESS,
                                            Addresses.parse("192.0.2.7"),
                                            "IPv4 e0",
                                            "ill")),
                            Optional.of(
                                    new Stop(
                                            AT,
                                            "abuse",
                                            "refused it",
                                            "correct it",
                                            Optional.of(AT.plusSeconds(60)))),
                            List.of(
                                    new Rejection(
                                            Addresses.parse("192.0.2.9"), AT, "badip", "no", "x"),
                                    new Rejection(
                                            Addresses.parse("192.0.2.9,2001:db8::9"),
                                            AT,
                                            "notfqdn",
                                            "no",
                                            "x")),
                            new Damping(AT, 2.5, Addresses.parse("192.0.2.7")),
                            2)
                    .withSent(Addresses.parse("192.0.2.1,2001:db8::1"), AT, "good");

    @TempDir Path folder;
    private Memory memory;

    @BeforeEach
    void open() {
        memory = new Memory(folder);
    }

    @Test
    void whatIsRememberedIsRecalled() throws IOException {
        memory.remember(NAME, FULL);
        assertThat(memory.recall(NAME)).isEqualTo(new Recall.Remembered(FULL));
    }

    @Test
    void aNameNeverSentIsNotRemembered() throws IOException {
        assertThat(memory.recall(NAME)).isEqualTo(new Recall.Nothing());
    }

    @Test
    void aFileCutAnywhereIsDamagedAndNeverSomethingElse() throws IOException {
        byte[] whole = written();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThat(memory.recall(NAME))
                    .as("cut at %d", length)
                    .isInstanceOf(Recall.Damaged.class);
        }
    }

    @Test
    void anyFlippedBitIsNoticed() throws IOException {
        byte[] whole = written();
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << bit);
                assertThat(EntryText.read(NAME, flipped))
                        .as("bit %d of octet %d", bit, at)
                        .isInstanceOf(EntryText.Reading.Damaged.class);
            }
        }
    }

    @Test
    void zerosOfALostWriteAreDamage() throws IOException {
        Files.write(file(), new byte[512]);
        assertThat(memory.recall(NAME)).isInstanceOf(Recall.Damaged.class);
    }

    @Test
    void whatACrashLeftBesideIsNotRead() throws IOException {
        memory.remember(NAME, FULL);
        Files.writeString(folder.resolve(".home.dyn.example.memory.new"), "half a");
        assertThat(memory.recall(NAME)).isEqualTo(new Recall.Remembered(FULL));
        memory.remember(NAME, FULL.withUnneeded(0));
        assertThat(memory.recall(NAME)).isEqualTo(new Recall.Remembered(FULL.withUnneeded(0)));
    }

    @Test
    void aDamagedFileIsKeptAside() throws IOException {
        Files.writeString(file(), "scribble");
        Recall.Damaged damaged = (Recall.Damaged) memory.recall(NAME);
        assertThat(memory.keepAside(damaged)).hasContent("scribble");
    }

    @Test
    void anotherNamesFileIsDamage() throws IOException {
        memory.remember("work.dyn.example", FULL);
        Files.move(folder.resolve("work.dyn.example.memory"), file());
        assertThat(memory.recall(NAME)).isInstanceOf(Recall.Damaged.class);
    }

    @Test
    void aLaterVersionIsRefusedByName() throws Exception {
        String body = "holdfast-memory 3\nwhatever\n";
        byte[] sum =
                MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file(), body + "sum\t" + HexFormat.of().formatHex(sum) + "\n");
        assertThatThrownBy(() -> memory.recall(NAME))
                .isInstanceOf(NewerMemoryException.class)
                .hasMessageContaining("home.dyn.example.memory was written by a later Holdfast")
                .hasMessageContaining("version 3");
    }

    @Test
    void theVersionBeforeIsRead() throws Exception {
        memoryOfVersion1("stop\t2026-11-22T12:00:00Z\tbadauth\trefused it\tcorrect it");
        Entry entry = ((Recall.Remembered) memory.recall(NAME)).entry();
        assertThat(entry.sent()).hasSize(2);
        assertThat(entry.pending().orElseThrow().about()).isEqualTo(Addresses.parse("192.0.2.7"));
        assertThat(entry.retry().orElseThrow().ends()).isEqualTo(Pause.Ends.AT_ITS_TIME);
        assertThat(entry.stop().orElseThrow().until()).isEmpty();
        assertThat(entry.unneeded()).isEqualTo(2);
        memory.remember(NAME, entry);
        assertThat(memory.recall(NAME)).isEqualTo(new Recall.Remembered(entry));
    }

    @Test
    void aStopForAnAddressOfTheVersionBeforeStopsNoMore() throws Exception {
        memoryOfVersion1("stop\t2026-11-22T12:00:00Z\tnotfqdn\tdoes not accept\tcheck");
        assertThat(((Recall.Remembered) memory.recall(NAME)).entry().stop()).isEmpty();
    }

    private void memoryOfVersion1(String stop) throws Exception {
        String body =
                "holdfast-memory 1\n"
                        + "name\thome.dyn.example\n"
                        + "target\tdyndns2 https://u.example\t0badcafe\n"
                        + "told\tIPV4\t192.0.2.1\t2026-11-22T12:00:00Z\tgood\n"
                        + "told\tIPV6\t2001:db8::1\t2026-11-22T12:00:00Z\tnochg\n"
                        + "doubt\t192.0.2.7\t2026-11-22T12:00:00Z\t-\t2\t-\ttrue\n"
                        + "retry\t2026-11-22T12:10:00Z\t3\tPT10M\till\n"
                        + stop
                        + "\nunneeded\t2\n";
        byte[] sum =
                MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file(), body + "sum\t" + HexFormat.of().formatHex(sum) + "\n");
    }

    @Test
    void noNameEscapesTheFolder() throws IOException {
        for (String name : new String[] {"*.dyn.example", "a/b.example", "a\\.b.example"}) {
            memory.remember(name, FULL);
            assertThat(memory.recall(name)).isEqualTo(new Recall.Remembered(FULL));
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getParent))
                    .containsOnly(folder);
        }
    }

    @Test
    void forgettingIsAskedForAndDone() throws IOException {
        memory.remember(NAME, FULL);
        assertThat(memory.forgetIfRequested(NAME)).isFalse();
        memory.request(NAME, Request.FORGET);
        assertThat(memory.forgetIfRequested(NAME)).isTrue();
        assertThat(memory.forgetIfRequested(NAME)).isFalse();
        assertThat(memory.recall(NAME)).isEqualTo(new Recall.Nothing());
    }

    @Test
    void oneAgentAtATime() throws IOException {
        try (StateLock _ = memory.lock()) {
            assertThat(memory.isLocked()).isTrue();
            assertThatThrownBy(memory::lock)
                    .isInstanceOf(StateInUseException.class)
                    .hasMessageContaining(folder.toString());
        }
        assertThat(memory.isLocked()).isFalse();
        memory.lock().close();
    }

    @Test
    void aNoteOfAProcessThatIsGoneHoldsNobodyUp() throws IOException {
        Files.writeString(folder.resolve("holder"), ProcessHandle.current().pid() + " 12345\n");
        assertThat(memory.isLocked()).isFalse();
        memory.lock().close();
    }

    @Test
    void aFullDiskThatTakesNoNoteIsLockedAllTheSame() throws IOException {
        Files.createDirectory(folder.resolve(".holder.new"));
        try (StateHold hold = memory.hold()) {
            assertThat(hold.obstacle()).isEmpty();
            assertThat(memory.isLocked()).isEqualTo(Files.exists(Path.of("/proc/locks")));
            memory.remember(NAME, FULL);
        }
        assertThat(memory.isLocked()).isFalse();
        assertThat(memory.recall(NAME)).isInstanceOf(Recall.Remembered.class);
    }

    @Test
    void nothingIsWrittenWithoutTheLock() throws IOException {
        Files.createDirectory(folder.resolve("lock"));
        try (StateHold hold = memory.hold()) {
            assertThat(hold.obstacle()).contains(folder.toString());
            assertThatThrownBy(() -> memory.remember(NAME, FULL))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(folder.toString());
            assertThat(memory.recall(NAME)).isEqualTo(new Recall.Nothing());

            Files.delete(folder.resolve("lock"));
            memory.remember(NAME, FULL);
            assertThat(hold.obstacle()).isEmpty();
            assertThat(memory.isLocked()).isTrue();
        }
        assertThatThrownBy(() -> memory.remember(NAME, FULL))
                .as("after it let go")
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoeverSendsWhatItCannotWriteLeavesItsNote() throws IOException {
        try (StateHold _ = memory.hold()) {
            memory.leavesUnwritten();
        }
        assertThat(folder.resolve("holder")).exists();
    }

    @Test
    void theNoteOfAProcessThatIsGoneIsASignThatSomethingIsNotWritten() throws IOException {
        try (StateHold hold = memory.hold()) {
            assertThat(hold.isSuspect()).isFalse();
        }
        Files.writeString(folder.resolve("holder"), ProcessHandle.current().pid() + " 12345\n");
        try (StateHold hold = memory.hold()) {
            assertThat(hold.isSuspect()).isTrue();
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws IOException {
        Path occupied = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new Memory(occupied).lock())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(occupied.toString())
                .hasMessageContaining("state = ");
    }

    @Test
    void thePasswordIsNotInTheTarget() {
        Host host =
                new Host(NAME, URI.create("https://u.example"), Settings.login("me", "hunter2-x"));
        Host other =
                new Host(NAME, URI.create("https://u.example"), Settings.login("me", "hunter3-x"));
        assertThat(Target.of("dyndns2", host).toString()).doesNotContain("hunter2");
        assertThat(Target.of("dyndns2", host)).isNotEqualTo(Target.of("dyndns2", other));
        assertThat(Target.of("dyndns2", host).place())
                .isEqualTo(Target.of("dyndns2", other).place());
        assertThat(host.toString()).doesNotContain("hunter2");
    }

    private byte[] written() throws IOException {
        memory.remember(NAME, FULL);
        return Files.readAllBytes(file());
    }

    private Path file() {
        return folder.resolve(NAME + ".memory");
    }
}
