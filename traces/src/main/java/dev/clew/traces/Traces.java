// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces;

import dev.clew.core.IdSource;
import dev.clew.core.Scope;
import dev.clew.core.store.Store;
import dev.clew.core.trace.Sampler;
import dev.clew.core.trace.SegmentSink;
import dev.clew.traces.account.AccountSettings;
import dev.clew.traces.account.IndexingRules;
import dev.clew.traces.account.ResourcePolicies;
import dev.clew.traces.api.XrayModel;
import dev.clew.traces.daemon.DaemonListener;
import dev.clew.traces.digest.TraceDigest;
import dev.clew.traces.document.DocumentParser;
import dev.clew.traces.filter.FilterLanguage;
import dev.clew.traces.filter.FilterRules;
import dev.clew.traces.filter.Filters;
import dev.clew.traces.graph.GraphQueries;
import dev.clew.traces.group.GroupOperations;
import dev.clew.traces.group.Groups;
import dev.clew.traces.group.StoredGroup;
import dev.clew.traces.index.LuceneIndex;
import dev.clew.traces.index.TraceIndex;
import dev.clew.traces.ingest.Ingest;
import dev.clew.traces.insight.InsightOperations;
import dev.clew.traces.insight.Insights;
import dev.clew.traces.keep.TailRule;
import dev.clew.traces.otlp.OtlpReceiver;
import dev.clew.traces.otlp.StoredSpans;
import dev.clew.traces.query.BatchGetTraces;
import dev.clew.traces.query.GetTraceSummaries;
import dev.clew.traces.retrieval.Retrievals;
import dev.clew.traces.sampling.Sampling;
import dev.clew.traces.store.DigestWriter;
import dev.clew.traces.store.TraceStore;
import dev.clew.traces.store.TraceWatcher;
import dev.clew.traces.tag.TagOperations;
import dev.clew.traces.tag.TaggedSamplingRules;
import dev.clew.traces.tag.Tags;
import dev.clew.wire.ServiceBinding;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * X-Ray: takes segment documents in, keeps them, and answers what happened.
 *
 * <p>Safe for use by many threads. Documents are durable when the call or commit that brought them returns, and queries
 * see them from then on.
 */
public final class Traces implements AutoCloseable {
    private static final Duration TAIL_RULE = Duration.ofMillis(500);
    private static final Duration INSIGHTS = Duration.ofSeconds(10);

    private final InstantSource time;
    private final TracesConfig config;
    private final DocumentParser parser;
    private final TraceStore store;
    private final Ingest ingest;
    private final OtlpReceiver otlp;
    private final Sampling sampling;
    private final Groups groups;
    private final Tags tags;
    private final ResourcePolicies policies;
    private final IndexingRules indexing;
    private final Retrievals retrievals;
    private final GraphQueries graphs;
    private final Insights insights;
    private final ServiceBinding binding;
    private final @Nullable TailRule tailRule;
    private @Nullable DigestWriter writer;
    private final List<Background> background = new ArrayList<>();

    /**
     * Opens what {@code store} holds of traces, without an index; closing the store is the caller's.
     *
     * @param random for sampling; safe for use by many threads
     */
    public Traces(Store store, InstantSource time, RandomGenerator random, TracesConfig config) {
        this(store, time, random, null, config);
    }

    /**
     * Opens what {@code store} holds of traces; closing the store is the caller's.
     *
     * @param random for sampling; safe for use by many threads
     * @param index folder for the index by which filters find traces: derived, and made again when it is missing; null for
     *     none
     */
    public Traces(Store store, InstantSource time, RandomGenerator random, @Nullable Path index, TracesConfig config) {
        this.time = time;
        this.config = config;
        this.parser = new DocumentParser(config.maxDocumentBytes());
        var spans = new StoredSpans(parser, config.otlp(), config.maxDocumentBytes());
        var language = new FilterLanguage(FilterRules.DEFAULTS);
        this.groups = new Groups(store, language, time);
        @Nullable Supplier<TraceIndex> indexes = index == null ? null : () -> LuceneIndex.open(index);
        this.store = new TraceStore(store, time, parser, spans, groups, indexes, config);
        this.otlp = new OtlpReceiver(this.store, spans, time, config.otlp());
        this.ingest = new Ingest(this.store, parser, time, config);
        this.sampling = new Sampling(store, time, random, config);
        this.tags = new Tags(store);
        this.policies = new ResourcePolicies(store, time);
        this.indexing = new IndexingRules(store, time);
        var filters = new Filters(language, groups::resolver);
        this.tailRule = config.keep().filter().isBlank()
                ? null
                : new TailRule(sampling.sampler(), this.store, filters, time, config);
        if (tailRule != null) {
            this.store.detour(tailRule);
        }
        this.graphs = new GraphQueries(this.store, groups, language, time, config);
        var batches = new BatchGetTraces(this.store, time, config);
        this.insights = new Insights(store, this.store, groups, time, IdSource.random(time, random), config);
        var insightOperations = new InsightOperations(insights, groups, graphs, time, config);
        this.retrievals = new Retrievals(this.store, batches, graphs, time, random);
        var account = new AccountSettings();
        var groupOperations = new GroupOperations(groups, tags, random);
        var tagOperations = new TagOperations(tags, this::exists);
        var rules = new TaggedSamplingRules(tags, sampling::create, sampling::delete);
        this.binding = ServiceBinding.builder(XrayModel.SERVICE)
                .bind(XrayModel.PUT_TRACE_SEGMENTS, ingest::putTraceSegments)
                .bind(XrayModel.PUT_TELEMETRY_RECORDS, ingest::putTelemetryRecords)
                .bind(XrayModel.BATCH_GET_TRACES, batches)
                .bind(XrayModel.GET_TRACE_SUMMARIES, new GetTraceSummaries(this.store, filters, time, config))
                .bind(XrayModel.GET_SERVICE_GRAPH, graphs::serviceGraph)
                .bind(XrayModel.GET_TRACE_GRAPH, graphs::traceGraph)
                .bind(XrayModel.GET_TIME_SERIES_SERVICE_STATISTICS, graphs::timeSeries)
                .bind(XrayModel.GET_SAMPLING_RULES, sampling::rules)
                .bind(XrayModel.CREATE_SAMPLING_RULE, rules::create)
                .bind(XrayModel.UPDATE_SAMPLING_RULE, sampling::update)
                .bind(XrayModel.DELETE_SAMPLING_RULE, rules::delete)
                .bind(XrayModel.GET_SAMPLING_TARGETS, sampling::targets)
                .bind(XrayModel.GET_SAMPLING_STATISTIC_SUMMARIES, sampling::statistics)
                .bind(XrayModel.CREATE_GROUP, groupOperations::create)
                .bind(XrayModel.GET_GROUP, groupOperations::get)
                .bind(XrayModel.GET_GROUPS, groupOperations::list)
                .bind(XrayModel.UPDATE_GROUP, groupOperations::update)
                .bind(XrayModel.DELETE_GROUP, groupOperations::delete)
                .bind(XrayModel.GET_INSIGHT, insightOperations::get)
                .bind(XrayModel.GET_INSIGHT_SUMMARIES, insightOperations::summaries)
                .bind(XrayModel.GET_INSIGHT_EVENTS, insightOperations::events)
                .bind(XrayModel.GET_INSIGHT_IMPACT_GRAPH, insightOperations::impact)
                .bind(XrayModel.TAG_RESOURCE, tagOperations::tag)
                .bind(XrayModel.UNTAG_RESOURCE, tagOperations::untag)
                .bind(XrayModel.LIST_TAGS_FOR_RESOURCE, tagOperations::list)
                .bind(XrayModel.PUT_RESOURCE_POLICY, policies::put)
                .bind(XrayModel.LIST_RESOURCE_POLICIES, policies::list)
                .bind(XrayModel.DELETE_RESOURCE_POLICY, policies::delete)
                .bind(XrayModel.GET_ENCRYPTION_CONFIG, account::encryption)
                .bind(XrayModel.PUT_ENCRYPTION_CONFIG, account::putEncryption)
                .bind(XrayModel.GET_INDEXING_RULES, indexing::list)
                .bind(XrayModel.UPDATE_INDEXING_RULE, indexing::update)
                .bind(XrayModel.GET_TRACE_SEGMENT_DESTINATION, account::destination)
                .bind(XrayModel.UPDATE_TRACE_SEGMENT_DESTINATION, account::updateDestination)
                .bind(XrayModel.START_TRACE_RETRIEVAL, retrievals::start)
                .bind(XrayModel.LIST_RETRIEVED_TRACES, retrievals::list)
                .bind(XrayModel.GET_RETRIEVED_TRACES_GRAPH, retrievals::graph)
                .bind(XrayModel.CANCEL_TRACE_RETRIEVAL, retrievals::cancel)
                .build();
    }

    /** Whether {@code arn} is the one of a group or a sampling rule. */
    private boolean exists(Scope scope, String arn) {
        return groups.findByArn(scope, arn).isPresent() || sampling.exists(scope, arn);
    }

    /** The operations of X-Ray. */
    public ServiceBinding binding() {
        return binding;
    }

    /** Where the platform's own hops write their segments. */
    public SegmentSink sink() {
        return ingest;
    }

    /** Decides at the platform's own entries which new traces are recorded. */
    public Sampler sampler() {
        return tailRule == null ? sampling.sampler() : tailRule;
    }

    /** The tail rule, if one is configured. */
    public Optional<TailRule> tailRule() {
        return Optional.ofNullable(tailRule);
    }

    /**
     * Opens a UDP socket that takes documents as the X-Ray daemon does. Close it before this.
     *
     * @param bind port 0 for a free one
     * @param scope account and region that the documents belong to
     */
    public DaemonListener openDaemon(InetSocketAddress bind, Scope scope) {
        return DaemonListener.open(bind, scope, store, parser, config.daemonQueue());
    }

    /** Takes OpenTelemetry's spans in. */
    public OtlpReceiver otlp() {
        return otlp;
    }

    /** Names of the groups that {@code trace} was found to be in, and of the one that has them all. */
    public List<String> groupsOf(Scope scope, TraceDigest trace) {
        var ids = trace.groups().stream().map(TraceDigest.Membership::group).toList();
        return groups.all(scope).stream()
                .filter(group -> group.isDefault() || ids.contains(group.id()))
                .map(StoredGroup::name)
                .toList();
    }

    /** Tells {@code watcher} of every trace that changes from now on, moments after it did. */
    public void watch(TraceWatcher watcher) {
        store.watch(watcher);
    }

    /** Begins to keep what is derived from documents up to date in the background. Queries are right without it. */
    public synchronized void start() {
        if (writer == null) {
            writer = DigestWriter.start(store, time, config.digestDelay());
            Thread.ofPlatform().daemon().name("clew-traces-index-open").start(store::openIndex);
            background.add(Background.start("clew-traces-insights", INSIGHTS, insights::advance));
            if (tailRule != null) {
                background.add(Background.start("clew-traces-keep", TAIL_RULE, tailRule::settle));
            }
        }
    }

    /** Opens the index and brings it up to date now; {@link #start} does so in the background. */
    public void openIndex() {
        store.openIndex();
    }

    /** Forgets every trace, sampling rule, group, tag and policy. Nothing may be written meanwhile. */
    public void reset() {
        if (tailRule != null) {
            tailRule.reset();
        }
        store.reset();
        sampling.reset();
        groups.reset();
        tags.reset();
        policies.reset();
        indexing.reset();
        retrievals.reset();
        insights.reset();
        graphs.reset();
    }

    /** Ends the background work. */
    @Override
    public synchronized void close() {
        background.forEach(Background::close);
        background.clear();
        if (tailRule != null) {
            tailRule.settleAll();
        }
        if (writer != null) {
            writer.close();
            writer = null;
        }
        store.closeIndex();
    }
}
