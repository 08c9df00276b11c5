// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire.shape;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A structure and the generated record that carries it.
 *
 * @param <T> the record
 */
public final class Structure<T> implements Shape {
    private final String name;
    private final List<Member> members;
    private final Map<String, Integer> bodyIndex;
    private final Optional<Member> payload;
    private final Function<@Nullable Object[], T> construct;
    private final Function<T, @Nullable Object[]> take;

    /**
     * @param name the model's name of the shape
     * @param members in the order of the record's components
     * @param construct the record with these component values, null where absent
     * @param take the record's component values
     */
    public Structure(
            String name,
            List<Member> members,
            Function<@Nullable Object[], T> construct,
            Function<T, @Nullable Object[]> take) {
        this.name = name;
        this.members = List.copyOf(members);
        this.bodyIndex = bodyIndex(this.members);
        this.payload = this.members.stream()
                .filter(member -> member.place() == Member.Place.PAYLOAD)
                .findFirst();
        this.construct = construct;
        this.take = take;
    }

    public String name() {
        return name;
    }

    public List<Member> members() {
        return members;
    }

    /** The member that is the whole body, if there is one. */
    public Optional<Member> payload() {
        return payload;
    }

    /** Where the member stands that the body's document calls {@code wireName}; -1 if none is called so. */
    public int indexInBody(String wireName) {
        Integer index = bodyIndex.get(wireName);
        return index == null ? -1 : index;
    }

    /** A record with these values, one per member in order. Required members may be null: validation comes after. */
    public T construct(@Nullable Object[] values) {
        return construct.apply(values);
    }

    /** The values of {@code record}, one per member in order. */
    @SuppressWarnings("unchecked") // a structure is only ever asked about its own record
    public @Nullable Object[] values(Object record) {
        return take.apply((T) record);
    }

    @Override
    public String toString() {
        return "Structure[" + name + ']';
    }

    private static Map<String, Integer> bodyIndex(List<Member> members) {
        var index = new HashMap<String, Integer>();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).place() == Member.Place.BODY) {
                index.put(members.get(i).wireName(), i);
            }
        }
        return index;
    }
}
