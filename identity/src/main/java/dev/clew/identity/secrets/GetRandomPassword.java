// SPDX-License-Identifier: Apache-2.0
package dev.clew.identity.secrets;

import dev.clew.identity.api.secrets.GetRandomPasswordRequest;
import dev.clew.identity.api.secrets.GetRandomPasswordResponse;
import dev.clew.identity.api.secrets.SecretsmanagerErrors;
import dev.clew.identity.api.secrets.SecretsmanagerModel;
import dev.clew.wire.Call;
import dev.clew.wire.Operation;
import dev.clew.wire.ServiceBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** GetRandomPassword: characters of the wanted types, each equally likely, none in a place that tells its type. */
public final class GetRandomPassword implements Operation<GetRandomPasswordRequest, GetRandomPasswordResponse> {
    private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String NUMBERS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final int USUAL_LENGTH = 32;

    private final RandomGenerator secrets;

    private GetRandomPassword(RandomGenerator secrets) {
        this.secrets = secrets;
    }

    /**
     * Secrets Manager with this one operation.
     *
     * @param secrets cryptographically strong, and safe for use by many threads
     */
    public static ServiceBinding binding(RandomGenerator secrets) {
        return ServiceBinding.builder(SecretsmanagerModel.SERVICE)
                .bind(SecretsmanagerModel.GET_RANDOM_PASSWORD, new GetRandomPassword(secrets))
                .build();
    }

    @Override
    public GetRandomPasswordResponse handle(GetRandomPasswordRequest input, Call call) {
        int length = input.passwordLength() == null
                ? USUAL_LENGTH
                : Math.toIntExact(input.passwordLength()); // the model bounds it to 4,096
        var types = types(input);
        var all = String.join("", types) + (isSet(input.includeSpace()) ? without(" ", input.excludeCharacters()) : "");
        if (all.isEmpty()) {
            throw SecretsmanagerErrors.invalidParameterException(
                    "No characters are left to make a password of: every one is excluded.");
        }
        boolean requireEach = input.requireEachIncludedType() == null || input.requireEachIncludedType();
        if (requireEach && length < types.size()) {
            throw SecretsmanagerErrors.invalidParameterException(
                    "Password length is too short based on the required types.");
        }
        var password = new char[length];
        for (int i = 0; i < length; i++) {
            password[i] = pick(requireEach && i < types.size() ? types.get(i) : all);
        }
        shuffle(password);
        return new GetRandomPasswordResponse(new String(password));
    }

    /** The characters of each included type; a type of which all are excluded is none. */
    private static List<String> types(GetRandomPasswordRequest input) {
        var types = new ArrayList<String>();
        if (!isSet(input.excludeLowercase())) {
            types.add(LOWERCASE);
        }
        if (!isSet(input.excludeUppercase())) {
            types.add(UPPERCASE);
        }
        if (!isSet(input.excludeNumbers())) {
            types.add(NUMBERS);
        }
        if (!isSet(input.excludePunctuation())) {
            types.add(PUNCTUATION);
        }
        types.replaceAll(type -> without(type, input.excludeCharacters()));
        types.removeIf(String::isEmpty);
        return types;
    }

    private static String without(String characters, @Nullable String excluded) {
        if (excluded == null) {
            return characters;
        }
        var kept = new StringBuilder();
        characters.chars().filter(c -> excluded.indexOf(c) < 0).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    private char pick(String characters) {
        return characters.charAt(secrets.nextInt(characters.length()));
    }

    private void shuffle(char[] password) {
        for (int last = password.length - 1; last > 0; last--) {
            int other = secrets.nextInt(last + 1);
            char swapped = password[last];
            password[last] = password[other];
            password[other] = swapped;
        }
    }

    private static boolean isSet(@Nullable Boolean flag) {
        return flag != null && flag;
    }
}
