package io.holdfast.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real full disk: a small file system of its own, which only root can mount.
class FullDiskTest {
    @TempDir Path temp;
    private Path folder;

    @BeforeEach
    void mount() throws Exception {
        folder = Files.createDirectory(temp.resolve("small"));
        if (run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString()) != 0) {
            String reason = "needs Linux and root to mount a small file system";
            assertThat(System.getenv("CI")).as(reason).isNotEqualTo("true");
            System.out.println("FullDiskTest skipped: " + reason);
            abort(reason);
        }
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", folder.toString());
    }

    @Test
    void updatesFailUntilThereIsRoomAgain() throws Exception {
        try (Scene scene = Scene.in(folder)) {
            scene.host("home.dyn.test");
            scene.update("home.dyn.test", "192.0.2.1");
            Path ballast = fill();

            // Room inside the database's own files may last for some updates more.
            String last = "192.0.2.1";
            int next = 2;
            String answer = scene.update("home.dyn.test", "192.0.2.2");
            while (answer.startsWith("good") && next < 250) {
                last = "192.0.2." + next++;
                scene.clock.advance(Duration.ofHours(1));
                answer = scene.update("home.dyn.test", "192.0.2." + next);
            }
            assertThat(answer).isEqualTo("failed: the store cannot be written");
            assertThat(scene.served("home.dyn.test")).isEqualTo(last);

            Files.delete(ballast);
            assertThat(scene.update("home.dyn.test", "198.51.100.1"))
                    .isEqualTo("good 198.51.100.1");
            scene.reopen();
            assertThat(scene.served("home.dyn.test")).isEqualTo("198.51.100.1");
        }
    }

    @Test
    void aStartServesWhatIsStoredAndRecoversWithoutAnother() throws Exception {
        try (Scene scene = Scene.in(folder)) {
            scene.host("home.dyn.test");
            scene.update("home.dyn.test", "192.0.2.1");
            Path ballast = scene.reopenAfter(this::fill);
            scene.registry().declaredZones().declare(Scene.ZONE, Scene.POLICY, Optional.empty());
            assertThat(scene.served("home.dyn.test")).isEqualTo("192.0.2.1");
            assertThat(scene.update("home.dyn.test", "198.51.100.1"))
                    .isEqualTo("failed: the store cannot be written");

            Files.delete(ballast);
            assertThat(scene.update("home.dyn.test", "198.51.100.1"))
                    .isEqualTo("good 198.51.100.1");
            scene.reopen();
            assertThat(scene.served("home.dyn.test")).isEqualTo("198.51.100.1");
        }
    }

    /// Fills the disk to the last byte.
    private Path fill() throws IOException {
        Path ballast = folder.resolve("ballast");
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (int i = 0; i < 4 << 20; i++) {
                out.write(0);
            }
        } catch (IOException full) {
            return ballast;
        }
        throw new AssertionError("the disk is larger than it should be");
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException notThere) {
            return -1;
        }
    }
}
