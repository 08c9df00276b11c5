// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clew.testkit.Seeds;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import tools.jackson.databind.json.JsonMapper;

class RandomPasswordTest {
    private static final Server SERVER = Server.start();

    @RepeatedTest(200)
    void makesTheSuffixOfTheRecipe() {
        var password = password("{\"PasswordLength\":6,\"ExcludePunctuation\":true,\"ExcludeUppercase\":true,"
                + "\"RequireEachIncludedType\":true}");
        assertThat(password).matches("[a-z0-9]{6}").containsPattern("[a-z]").containsPattern("[0-9]");
    }

    @RepeatedTest(50)
    void isThirtyTwoCharactersOfEveryTypeUnlessToldOtherwise() {
        assertThat(password("{}"))
                .hasSize(32)
                .containsPattern("[a-z]")
                .containsPattern("[A-Z]")
                .containsPattern("[0-9]")
                .containsPattern("[^a-zA-Z0-9]")
                .doesNotContain(" ");
    }

    @Test
    void leavesOutWhatIsExcluded() {
        var password = password("{\"PasswordLength\":4096,\"ExcludeCharacters\":\"abcXYZ019!\\\"\\\\\"}");
        assertThat(password).hasSize(4_096).doesNotContainPattern("[abcXYZ019!\"\\\\]");
    }

    @Test
    void usesEveryCharacterThatIsAllowed() {
        var seen = new HashSet<Character>();
        password("{\"PasswordLength\":4096,\"IncludeSpace\":true}").chars().forEach(c -> seen.add((char) c));
        assertThat(seen).hasSize(95); // letters, digits, punctuation and the space
    }

    @Test
    void hasNoFixedPlaceForAType() {
        var places = new HashSet<Integer>();
        for (int i = 0; i < 400; i++) {
            var password = password("{\"PasswordLength\":4,\"ExcludePunctuation\":true,\"ExcludeUppercase\":true}");
            places.add(password.replaceAll("[0-9]", "#").indexOf('#'));
        }
        assertThat(places).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void oneTypeIsEnough() {
        assertThat(password("{\"PasswordLength\":8,\"ExcludePunctuation\":true,\"ExcludeUppercase\":true,"
                        + "\"ExcludeLowercase\":true}"))
                .matches("[0-9]{8}");
        assertThat(password("{\"PasswordLength\":1,\"RequireEachIncludedType\":false}"))
                .hasSize(1);
    }

    @Test
    void impossibleWishesAreRefused() {
        assertThat(SERVER.randomPassword("{\"PasswordLength\":3}"))
                .isEqualTo(new Answer(
                        400,
                        "{\"__type\":\"InvalidParameterException\","
                                + "\"Message\":\"Password length is too short based on the required types.\"}"));
        assertThat(SERVER.randomPassword("{\"ExcludeLowercase\":true,\"ExcludeUppercase\":true,"
                                + "\"ExcludeNumbers\":true,\"ExcludePunctuation\":true}")
                        .body())
                .contains("InvalidParameterException");
        assertThat(SERVER.randomPassword("{\"PasswordLength\":0}").status()).isEqualTo(400);
        assertThat(SERVER.randomPassword("{\"PasswordLength\":4097}").status()).isEqualTo(400);
        assertThat(SERVER.randomPassword("{\"PasswordLength\":").status()).isEqualTo(400);
    }

    /** Any combination of wishes: the password keeps to them, or they are refused. */
    @ParameterizedTest
    @Seeds(300)
    void keepsToEveryCombinationOfWishes(long seed) {
        var random = new SplittableRandom(seed);
        int length = random.nextInt(1, 12);
        boolean lower = random.nextBoolean();
        boolean upper = random.nextBoolean();
        boolean numbers = random.nextBoolean();
        boolean each = random.nextBoolean();
        int types = (lower ? 0 : 1) + (upper ? 0 : 1) + (numbers ? 0 : 1);
        var answer = SERVER.randomPassword("""
            {"PasswordLength": %d, "ExcludeLowercase": %b, "ExcludeUppercase": %b, "ExcludeNumbers": %b,
             "ExcludePunctuation": true, "RequireEachIncludedType": %b}\
            """.formatted(length, lower, upper, numbers, each));
        if (types == 0 || each && length < types) {
            assertThat(answer.status()).isEqualTo(400);
            return;
        }
        var password = read(answer);
        assertThat(password).hasSize(length).matches("[a-zA-Z0-9]*");
        assertThat(password.chars().anyMatch(Character::isLowerCase) && lower).isFalse();
        assertThat(password.chars().anyMatch(Character::isUpperCase) && upper).isFalse();
        assertThat(password.chars().anyMatch(Character::isDigit) && numbers).isFalse();
        if (each) {
            assertThat(password.chars().anyMatch(Character::isLowerCase)).isEqualTo(!lower);
            assertThat(password.chars().anyMatch(Character::isUpperCase)).isEqualTo(!upper);
            assertThat(password.chars().anyMatch(Character::isDigit)).isEqualTo(!numbers);
        }
    }

    private static String password(String request) {
        return read(SERVER.randomPassword(request));
    }

    private static String read(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).get("RandomPassword").asString();
    }
}
