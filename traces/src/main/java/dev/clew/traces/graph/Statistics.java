// SPDX-License-Identifier: Apache-2.0
package dev.clew.traces.graph;

import dev.clew.traces.api.EdgeStatistics;
import dev.clew.traces.api.ErrorStatistics;
import dev.clew.traces.api.FaultStatistics;
import dev.clew.traces.api.ServiceStatistics;
import dev.clew.traces.document.Micros;
import dev.clew.traces.document.Status;

/** Counts of completed requests, each in exactly one of four buckets. Not safe for use by many threads. */
final class Statistics {
    private long ok;
    private long error;
    private long throttle;
    private long fault;
    private long totalMicros;

    void count(Status status, long micros) {
        if (status.fault()) {
            fault++;
        } else if (status.throttle()) {
            throttle++;
        } else if (status.error()) {
            error++;
        } else {
            ok++;
        }
        totalMicros += micros;
    }

    /** Counts what {@code other} counted. */
    void add(Statistics other) {
        ok += other.ok;
        error += other.error;
        throttle += other.throttle;
        fault += other.fault;
        totalMicros += other.totalMicros;
    }

    boolean empty() {
        return total() == 0;
    }

    long total() {
        return ok + error + throttle + fault;
    }

    ServiceStatistics ofService() {
        return new ServiceStatistics(ok, errors(), faults(), total(), Micros.seconds(totalMicros));
    }

    EdgeStatistics ofEdge() {
        return new EdgeStatistics(ok, errors(), faults(), total(), Micros.seconds(totalMicros));
    }

    private ErrorStatistics errors() {
        return new ErrorStatistics(throttle, error, throttle + error);
    }

    private FaultStatistics faults() {
        return new FaultStatistics(fault, fault);
    }
}
