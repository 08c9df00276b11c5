// SPDX-License-Identifier: Apache-2.0
// Runs a Node handler: loads it, then asks the Runtime API for one invocation after the other.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";

const [host, ...prefix] = process.env.AWS_LAMBDA_RUNTIME_API.split("/");
const runtime = `/${[...prefix, "2018-06-01", "runtime"].join("/")}/`;
const taskRoot = process.env.LAMBDA_TASK_ROOT;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const [hostname, port] = host.split(":");
let requestId = "";

function call(method, callPath, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, ...(body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) }) };
    const request = http.request({ hostname, port, method, path: runtime + callPath, headers: sent, agent }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString("utf8") }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

function errorOf(error) {
  const known = error instanceof Error || (error && typeof error === "object" && "message" in error);
  return {
    errorType: known ? error.name : typeof error,
    errorMessage: known ? String(error.message) : String(error),
    trace: known && error.stack ? error.stack.split("\n") : [],
  };
}

function causeOf(error) {
  const stack = (error.stack ?? "")
    .split("\n")
    .slice(1)
    .map((line) => /at (?:(.+?) \()?(?:file:\/\/)?(.+?):(\d+):\d+\)?$/.exec(line.trim()))
    .filter(Boolean)
    .map(([, label, file, line]) => ({ path: path.relative(taskRoot, file), line: Number(line), label: label ?? "anonymous" }));
  return JSON.stringify({
    working_directory: taskRoot,
    exceptions: [{ type: error.name ?? "Error", message: String(error.message ?? error), stack }],
    paths: [...new Set(stack.map((frame) => frame.path))],
  }).replace(/[\u0080-\uffff]/g, (character) => "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0"));
}

// One event per call, even when the text has several lines: a carriage return keeps them together.
for (const [name, level] of [["log", "INFO"], ["info", "INFO"], ["debug", "DEBUG"], ["warn", "WARN"], ["error", "ERROR"], ["trace", "TRACE"]]) {
  console[name] = (...values) => {
    const text = `${new Date().toISOString()}\t${requestId || "undefined"}\t${level}\t${format(...values)}`;
    process.stdout.write(text.replaceAll("\n", "\r") + "\n");
  };
}

function problem(kind, message) {
  const error = new Error(message);
  error.name = kind;
  return error;
}

async function load(handler) {
  const at = handler.lastIndexOf("/") + 1;
  const match = /^([^.]*)\.(.+)$/.exec(handler.slice(at));
  if (!match) {
    throw problem("Runtime.MalformedHandlerName", "Bad handler");
  }
  const base = path.resolve(taskRoot, handler.slice(0, at) + match[1]);
  const file = [".js", ".mjs", ".cjs"].map((extension) => base + extension).find(existsSync);
  if (!file) {
    throw problem("Runtime.ImportModuleError", `Error: Cannot find module '${match[1]}'`);
  }
  let module;
  try {
    module = await import(pathToFileURL(file));
  } catch (error) {
    if (error instanceof SyntaxError && file.endsWith(".js")) {
      module = createRequire(file)(file);
    } else {
      throw error;
    }
  }
  const holders = [module, module.default];
  for (const holder of holders) {
    const found = match[2].split(".").reduce((value, name) => value?.[name], holder);
    if (typeof found === "function") {
      return found;
    }
  }
  throw problem("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
}

function contextOf(headers, finish) {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const clientContext = headers["lambda-runtime-client-context"];
  return {
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: clientContext ? JSON.parse(clientContext) : undefined,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: finish,
    succeed: (result) => finish(null, result),
    fail: (error) => finish(error),
  };
}

function invoke(handler, headers, event) {
  return new Promise((resolve, reject) => {
    const finish = (error, result) => (error ? reject(error) : resolve(result));
    const answer = handler(event, contextOf(headers, finish), finish);
    if (answer && typeof answer.then === "function") {
      answer.then(resolve, reject);
    }
  });
}

function endWithServer() {
  // The server holds the other end of our standard input: when that closes, the server is gone.
  const lifeline = process.stdin;
  lifeline.on("end", () => process.exit(1));
  lifeline.on("error", () => process.exit(1));
  lifeline.resume();
  lifeline.unref?.();
}

async function main() {
  endWithServer();
  let handler;
  try {
    handler = await load(process.env._HANDLER);
  } catch (error) {
    const body = errorOf(error);
    console.error("Uncaught Exception", JSON.stringify(body));
    await call("POST", "init/error", JSON.stringify(body), { "Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": body.errorType });
    process.exit(1);
  }
  for (;;) {
    const next = await call("GET", "invocation/next");
    if (next.status !== 200) {
      process.exit(0);
    }
    requestId = next.headers["lambda-runtime-aws-request-id"];
    const trace = next.headers["lambda-runtime-trace-id"];
    if (trace) {
      process.env._X_AMZN_TRACE_ID = trace;
    } else {
      delete process.env._X_AMZN_TRACE_ID;
    }
    const headers = { "Content-Type": "application/json" };
    try {
      const result = await invoke(handler, next.headers, JSON.parse(next.body));
      await call("POST", `invocation/${requestId}/response`, JSON.stringify(result === undefined ? null : result), headers);
    } catch (error) {
      const body = errorOf(error);
      console.error("Invoke Error", JSON.stringify(body));
      headers["Lambda-Runtime-Function-Error-Type"] = body.errorType;
      headers["Lambda-Runtime-Function-XRay-Error-Cause"] = causeOf(error ?? {});
      await call("POST", `invocation/${requestId}/error`, JSON.stringify(body), headers);
    }
  }
}

main().catch(() => process.exit(1));
