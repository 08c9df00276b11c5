// SPDX-License-Identifier: Apache-2.0
package dev.clew.wire;

import static dev.clew.wire.Bag.member;
import static dev.clew.wire.Bag.required;
import static dev.clew.wire.Bag.structure;

import dev.clew.wire.ServiceModel.ErrorModel;
import dev.clew.wire.ServiceModel.Protocol;
import dev.clew.wire.ServiceModel.Unsupported;
import dev.clew.wire.shape.Member;
import dev.clew.wire.shape.Member.Place;
import dev.clew.wire.shape.Shape;
import dev.clew.wire.shape.Structure;
import dev.clew.wire.shape.Unit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Four services that between them use every protocol, place and shape: {@code clerk} (awsJson), {@code depot}
 * (restJson), {@code registry} (awsQuery), {@code meter} (CBOR, JSON and query).
 */
final class SampleServices {
    static final Shape TEXT = Shape.Text.ANY;
    static final Shape NAME = new Shape.Text(1, 8, Pattern.compile("[a-z][a-z0-9]*"), List.of(), false);
    static final Shape SECRET = new Shape.Text(8, 64, null, List.of(), true);
    static final Shape COLOUR = new Shape.Text(0, Integer.MAX_VALUE, null, List.of("RED", "GREEN"), false);
    static final Shape COUNT = new Shape.Int(0, 100);
    static final Shape LONG = new Shape.Long64(Long.MIN_VALUE, Long.MAX_VALUE);
    static final Shape REAL = new Shape.Real(-1e9, 1e9);
    static final Shape FLAG = new Shape.Bool();
    static final Shape TIME = new Shape.Time(null);
    static final Shape BLOB = new Shape.Blob(0, 16, false);
    static final Shape NAMES = new Shape.ListOf(() -> NAME, "member", false, 0, 3);
    static final Shape TAGS = new Shape.MapOf(NAME, () -> TEXT, "key", "value", false, 0, 3);
    static final Shape TEXTS = new Shape.MapOf(TEXT, () -> TEXT, "key", "value", false, 0, Integer.MAX_VALUE);
    static final Shape ANYTHING = new Shape.Document();
    static final Structure<Bag> ITEM = item();
    static final Shape ITEMS = new Shape.ListOf(() -> ITEM, "member", false, 0, 2);
    static final Shape FLAT = new Shape.ListOf(() -> TEXT, "member", true, 0, Integer.MAX_VALUE);
    static final Shape FLAT_RENAMED = new Shape.ListOf(() -> TEXT, "Alias", true, 0, Integer.MAX_VALUE);
    static final Shape FLAT_MAP = new Shape.MapOf(TEXT, () -> COUNT, "Name", "Value", true, 0, Integer.MAX_VALUE);

    /** One of everything, with wire names as they are. */
    static final Structure<Bag> EVERYTHING = structure(
            "Everything",
            member("Name", NAME),
            member("Count", COUNT),
            member("Long", LONG),
            member("Real", REAL),
            member("Flag", FLAG),
            member("Time", TIME),
            member("IsoTime", new Shape.Time(Shape.Time.Format.ISO_8601)),
            member("Blob", BLOB),
            member("Colour", COLOUR),
            member("Secret", SECRET),
            member("Names", NAMES),
            member("Tags", TAGS),
            member("Items", ITEMS),
            member("Flat", FLAT),
            member("Renamed", FLAT_RENAMED),
            member("FlatMap", FLAT_MAP),
            member("Anything", ANYTHING));

    static final Structure<Bag> NAMED = structure("Named", required(member("Name", NAME)));
    static final Structure<Bag> EMPTY = structure("EmptyResult");

    static final OperationModel<Bag, Bag> ECHO = new OperationModel<>("Echo", "POST", "/", 200, EVERYTHING, EVERYTHING);
    static final OperationModel<Bag, Bag> FAIL = new OperationModel<>("Fail", "POST", "/", 200, NAMED, EMPTY);
    static final OperationModel<Unit, Unit> PING =
            new OperationModel<>("Ping", "POST", "/", 200, Unit.SHAPE, Unit.SHAPE);

    static final Structure<Bag> PARCEL = structure(
            "Parcel",
            required(member("Arn", "arn", Place.URI, TEXT)),
            member("Limit", "limit", Place.QUERY, COUNT),
            member("Keys", "tagKeys", Place.QUERY, NAMES),
            member("Rest", "rest", Place.QUERY, new Shape.MapOf(TEXT, () -> TEXT, "key", "value", false, 0, 9)),
            member("Since", "since", Place.QUERY, TIME),
            member("Kind", "X-Kind", Place.HEADER, COLOUR),
            member("Modified", "X-Modified", Place.HEADER, TIME),
            member("Meta", "X-Meta-", Place.HEADERS, new Shape.MapOf(TEXT, () -> TEXT, "key", "value", false, 0, 9)),
            member("Note", "note", Place.BODY, TEXT),
            member("Items", "items", Place.BODY, ITEMS));
    static final Structure<Bag> PARCEL_ANSWER = structure(
            "ParcelAnswer",
            member("Status", "Status", Place.STATUS, COUNT),
            member("Arn", "arn", Place.BODY, TEXT),
            member("Limit", "limit", Place.BODY, COUNT),
            member("Keys", "tagKeys", Place.BODY, NAMES),
            member("Rest", "rest", Place.BODY, TAGS),
            member("Since", "since", Place.BODY, TIME),
            member("Kind", "X-Kind", Place.HEADER, COLOUR),
            member("Modified", "X-Modified", Place.HEADER, TIME),
            member("Meta", "X-Meta-", Place.HEADERS, TAGS),
            member("Note", "note", Place.BODY, TEXT),
            member("Items", "items", Place.BODY, ITEMS));
    static final Structure<Bag> RAW = structure(
            "Raw",
            required(member("Path", "path", Place.URI, TEXT)),
            member("Body", "Body", Place.PAYLOAD, new Shape.Blob(0, Integer.MAX_VALUE, false)));
    static final Structure<Bag> RAW_ANSWER = structure(
            "RawAnswer",
            member("Status", "Status", Place.STATUS, new Shape.Int(100, 599)),
            member("Path", "X-Path", Place.HEADER, TEXT),
            member("Body", "Body", Place.PAYLOAD, new Shape.Blob(0, Integer.MAX_VALUE, false)));
    static final Structure<Bag> BOX = structure("Box", member("Item", "item", Place.PAYLOAD, ITEM));

    static final Structure<Bag> IMPORT =
            structure("Import", required(member("Name", NAME)), member("Parameters", "parameters", Place.QUERY, TEXTS));
    static final Structure<Bag> IMPORT_ANSWER =
            structure("ImportAnswer", member("Name", NAME), member("Parameters", TEXTS));

    static final OperationModel<Bag, Bag> PUT_PARCEL =
            new OperationModel<>("PutParcel", "PUT", "/v1/parcels/{arn}", 201, PARCEL, PARCEL_ANSWER);
    static final OperationModel<Bag, Bag> PUT_RAW =
            new OperationModel<>("PutRaw", "POST", "/v1/raw/{path+}", 200, RAW, RAW_ANSWER);
    static final OperationModel<Bag, Bag> PUT_BOX = new OperationModel<>("PutBox", "POST", "/v1/box", 200, BOX, BOX);
    static final OperationModel<Bag, Bag> IMPORT_BOX =
            new OperationModel<>("ImportBox", "POST", "/v1/box?mode=import", 202, IMPORT, IMPORT_ANSWER);
    static final OperationModel<Unit, Unit> SWEEP =
            new OperationModel<>("Sweep", "DELETE", "/v1/box/", 204, Unit.SHAPE, Unit.SHAPE);
    static final OperationModel<Bag, Bag> REFUSE =
            new OperationModel<>("Refuse", "POST", "/v1/refuse", 200, NAMED, EMPTY);

    private static final List<Unsupported> UNSUPPORTED =
            List.of(new Unsupported("Levitate", "POST", "/v1/levitate", "nothing here can fly"));
    private static final List<ErrorModel> ERRORS = List.of(
            new ErrorModel("NoSuchThingException", "NoSuchThing", 404, false, "Message"),
            new ErrorModel("BusyException", "Busy", 503, true, "message"));

    private SampleServices() {}

    private static Structure<Bag> item() {
        var self = new Structure<?>[1];
        var item = new Structure<>(
                "Item",
                List.of(
                        required(member("Id", "id", Place.BODY, NAME)),
                        member("Secret", "secret", Place.BODY, SECRET),
                        new Member("Inner", "inner", Place.BODY, false, () -> self[0])),
                Bag::new,
                Bag::values);
        self[0] = item;
        return item;
    }

    static List<ServiceBinding> all() {
        return List.of(clerk(), depot(), registry(), meter());
    }

    private static ServiceBinding clerk() {
        return rpc("clerk", "Clerk_20260807", "1.1", List.of(Protocol.AWS_JSON));
    }

    private static ServiceBinding registry() {
        return rpc("registry", "", "", List.of(Protocol.AWS_QUERY));
    }

    private static ServiceBinding meter() {
        return rpc("meter", "Meter", "1.0", List.of(Protocol.RPC_V2_CBOR, Protocol.AWS_JSON, Protocol.AWS_QUERY));
    }

    private static ServiceBinding rpc(String id, String target, String version, List<Protocol> protocols) {
        var model = new ServiceModel(
                id,
                "Sample " + id,
                protocols,
                id,
                target,
                version,
                "2026-08-07",
                protocols.contains(Protocol.AWS_QUERY) ? "https://" + id + ".example/doc/" : "",
                List.of(ECHO, FAIL, PING),
                UNSUPPORTED,
                ERRORS);
        return ServiceBinding.builder(model)
                .bind(ECHO, (input, call) -> input)
                .bind(FAIL, (input, call) -> fail(String.valueOf(input.values()[0])))
                .bind(PING, (input, call) -> Unit.VALUE)
                .build();
    }

    private static ServiceBinding depot() {
        var model = new ServiceModel(
                "depot",
                "Sample depot",
                List.of(Protocol.REST_JSON),
                "depot",
                "",
                "",
                "2026-08-07",
                "",
                List.of(PUT_PARCEL, PUT_RAW, PUT_BOX, IMPORT_BOX, SWEEP, REFUSE),
                UNSUPPORTED,
                ERRORS);
        return ServiceBinding.builder(model)
                .bind(PUT_PARCEL, (input, call) -> {
                    var in = input.values();
                    return new Bag(null, in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7], in[8], in[9]);
                })
                .bind(PUT_RAW, (input, call) -> new Bag(202, input.values()[0], input.values()[1]))
                .bind(PUT_BOX, (input, call) -> input)
                .bind(IMPORT_BOX, (input, call) -> input)
                .bind(SWEEP, (input, call) -> Unit.VALUE)
                .bind(REFUSE, (input, call) -> fail(String.valueOf(input.values()[0])))
                .build();
    }

    private static Bag fail(String how) {
        switch (how) {
            case "missing" ->
                throw ServiceException.client("NoSuchThingException", 404, "No <thing> called \"missing\"");
            case "busy" ->
                throw ServiceException.server("BusyException", 503, "Come back later")
                        .with("retryAfterSeconds", 3)
                        .with("Reason", "LunchBreak");
            case "other" -> throw ServiceException.client("ValidationException", 400, "Not like that");
            case "bug" -> throw new IllegalStateException("secret detail");
            default -> {
                return new Bag();
            }
        }
    }
}
