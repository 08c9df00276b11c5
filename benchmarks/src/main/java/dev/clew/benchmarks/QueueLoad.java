// SPDX-License-Identifier: Apache-2.0
package dev.clew.benchmarks;

import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Passes messages of a kilobyte through a queue, ten at a time. Safe for use by many threads. */
final class QueueLoad {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BATCH = 10;

    private final String queue;
    private final byte[] send;
    private final byte[] receive;

    QueueLoad(String url) {
        queue = "{\"QueueUrl\":\"" + url + "\",";
        var entries = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
            entries.append(i == 0 ? "" : ",")
                    .append("{\"Id\":\"")
                    .append(i)
                    .append("\",\"MessageBody\":\"")
                    .append("x".repeat(1_000))
                    .append("\"}");
        }
        send = Connection.awsJson("AmazonSQS.SendMessageBatch", "1.0", queue + "\"Entries\":[" + entries + "]}");
        receive = Connection.awsJson("AmazonSQS.ReceiveMessage", "1.0", queue + "\"MaxNumberOfMessages\":10}");
    }

    /** Sends ten, receives ten, deletes what was received. */
    void pass(Connection connection) throws IOException {
        connection.send(send);
        var handles = new StringBuilder();
        int number = 0;
        for (var message : JSON.readTree(connection.send(receive)).path("Messages")) {
            handles.append(number == 0 ? "" : ",")
                    .append("{\"Id\":\"")
                    .append(number++)
                    .append("\",\"ReceiptHandle\":")
                    .append(message.get("ReceiptHandle"))
                    .append('}');
        }
        if (number > 0) {
            connection.send(Connection.awsJson(
                    "AmazonSQS.DeleteMessageBatch", "1.0", queue + "\"Entries\":[" + handles + "]}"));
        }
    }
}
