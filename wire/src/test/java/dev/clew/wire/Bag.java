// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import dev.clew.wire.shape.Member;
import dev.clew.wire.shape.Member.Place;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stand-in for generated records: the values of a structure's members in order. */
@SuppressWarnings("ArrayRecordComponent")
record Bag(@Nullable Object... values) {
    static Structure<Bag> structure(String name, Member... members) {
        return new Structure<>(name, List.of(members), Bag::new, Bag::values);
    }

    static Member member(String name, Shape shape) {
        return member(name, name, Place.BODY, shape);
    }

    static Member member(String name, String wireName, Place place, Shape shape) {
        return new Member(name, wireName, place, false, () -> shape);
    }

    static Member required(Member member) {
        return new Member(member.name(), member.wireName(), member.place(), true, member.target());
    }
}
