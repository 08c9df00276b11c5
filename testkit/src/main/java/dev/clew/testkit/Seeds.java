// SPDX-License-Identifier: Apache-2.0
package dev.clew.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Runs a parameterized test once per seed 1 to {@link #value}, and for each seed in {@link #also}: past failures. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(Seeds.Provider.class)
public @interface Seeds {
    int value();

    long[] also() default {};

    /** Turns the annotation into arguments. */
    final class Provider implements ArgumentsProvider, AnnotationConsumer<Seeds> {
        private long[] seeds = {};

        @Override
        public void accept(Seeds annotation) {
            seeds = LongStream.concat(LongStream.of(annotation.also()), LongStream.rangeClosed(1, annotation.value()))
                    .toArray();
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return LongStream.of(seeds).mapToObj(Arguments::of);
        }
    }
}
