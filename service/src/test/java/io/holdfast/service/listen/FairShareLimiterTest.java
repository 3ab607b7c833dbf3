package io.holdfast.service.listen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FairShareLimiterTest {
    private final FairShareLimiter<String> places = new FairShareLimiter<>(12);

    @Test
    void oneAloneHoldsHalf() {
        assertThat(takenBy("anna")).isEqualTo(6);
        assertThat(takenBy("anna")).isZero();
    }

    @Test
    void severalHoldAlikeAndWhoComesLaterFindsSomeFree() {
        for (int i = 0; i < 12; i++) {
            places.take("anna", 1);
            places.take("berta", 1);
        }
        assertThat(places.take("clara", 3)).isTrue();
        assertThat(places.take("clara", 1)).isFalse();
    }

    @Test
    void whatIsGivenBackIsFreeForAnybody() {
        takenBy("anna");
        takenBy("berta");
        for (int i = 0; i < 6; i++) {
            places.giveBack("anna", 1);
        }

        assertThat(takenBy("anna")).isEqualTo(5); // berta holds three, of which half are hers
        assertThat(takenBy("clara")).isEqualTo(2);
    }

    @Test
    void aLargeOneTakesSeveral() {
        assertThat(places.take("anna", 12)).isTrue();
        assertThat(places.take("berta", 1)).isFalse();
        places.giveBack("anna", 12);
        assertThat(places.take("berta", 13)).isFalse();
        assertThat(takenBy("berta")).isEqualTo(6);
    }

    private int takenBy(String who) {
        int taken = 0;
        while (places.take(who, 1)) {
            taken++;
        }
        return taken;
    }
}
