// SPDX-License-Identifier: Apache-2.0
package dev.clew.functions.environment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables of an environment: those of the original (Lambda documentation, "Defined runtime environment variables"), with
 * the folders and addresses of this machine, the owner's, and {@code AWS_ENDPOINT_URL} back to us. Nothing of the server's
 * own environment.
 */
final class Variables {
    private Variables() {}

    static Map<String, String> of(Launch launch, Endpoints endpoints, String id, Path temporary, Path runtimeFolder) {
        var variables = new HashMap<String, String>();
        putDefaults(variables, launch, endpoints);
        variables.put("TMPDIR", temporary.toString());
        variables.putAll(launch.variables());
        putReserved(variables, launch, endpoints, id, runtimeFolder);
        return variables;
    }

    /** What the owner may set otherwise. */
    private static void putDefaults(Map<String, String> variables, Launch launch, Endpoints endpoints) {
        variables.put("AWS_ENDPOINT_URL", endpoints.apiUrl());
        variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
        variables.put("AWS_XRAY_DAEMON_ADDRESS", endpoints.daemon());
        int colon = endpoints.daemon().lastIndexOf(':');
        variables.put("_AWS_XRAY_DAEMON_ADDRESS", endpoints.daemon().substring(0, Math.max(0, colon)));
        variables.put("_AWS_XRAY_DAEMON_PORT", endpoints.daemon().substring(colon + 1));
        variables.put("LANG", "en_US.UTF-8");
        variables.put("LC_CTYPE", "C.UTF-8");
        variables.put("TZ", ":UTC");
        variables.put("SHLVL", "0");
        variables.put("PWD", launch.code().toString());
        variables.put("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin");
        variables.put("LD_LIBRARY_PATH", launch.code() + ":" + launch.code().resolve("lib") + ":/opt/lib");
    }

    /** What is ours alone; the control plane refuses these names. */
    private static void putReserved(
            Map<String, String> variables, Launch launch, Endpoints endpoints, String id, Path runtimeFolder) {
        variables.put("_HANDLER", launch.handler());
        variables.put("AWS_REGION", launch.region());
        variables.put("AWS_DEFAULT_REGION", launch.region());
        if (!launch.runtime().startsWith("provided")) {
            variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + launch.runtime());
        }
        variables.put("AWS_LAMBDA_FUNCTION_NAME", launch.functionName());
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(launch.memoryMb()));
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", launch.version());
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", launch.logGroup());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", launch.logStream());
        variables.put("AWS_LAMBDA_RUNTIME_API", endpoints.runtimeApi() + '/' + id);
        var credentials = launch.credentials();
        if (credentials != null) {
            variables.put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
            variables.put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
            variables.put("AWS_SESSION_TOKEN", credentials.sessionToken());
        }
        variables.put("LAMBDA_TASK_ROOT", launch.code().toString());
        variables.put("LAMBDA_RUNTIME_DIR", runtimeFolder.toString());
    }
}
