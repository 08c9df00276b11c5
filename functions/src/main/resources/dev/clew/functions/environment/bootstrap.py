# SPDX-License-Identifier: Apache-2.0
"""Runs a Python handler: loads it, then asks the Runtime API for one invocation after the other."""

import sys

sys.path[0:1] = []  # the folder of this file is on PYTHONPATH; the function's own code comes first

import http.client
import importlib
import importlib.machinery
import json
import logging
import os
import threading
import time
import traceback

HOST, _, PREFIX = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
RUNTIME = "/" + (PREFIX + "/" if PREFIX else "") + "2018-06-01/runtime/"
TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]


class RuntimeApi:
    """One connection to the server, opened again when it breaks; the process ends when the server is gone."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(HOST)

    def call(self, method, path, body=None, headers=None):
        for attempt in (1, 2):
            try:
                self.connection.request(method, RUNTIME + path, body, headers or {})
                response = self.connection.getresponse()
                return response, response.read()
            except (http.client.HTTPException, OSError):
                self.connection.close()
                if attempt == 2:
                    os._exit(1)

    def next(self):
        response, body = self.call("GET", "invocation/next")
        if response.status != 200:
            os._exit(0)  # told to end
        return response.headers, body

    def respond(self, request_id, body):
        self.call("POST", f"invocation/{request_id}/response", body, {"Content-Type": "application/json"})

    def fail(self, request_id, error, cause):
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": error["errorType"]}
        if cause and len(cause) < 1024 * 1024:
            headers["Lambda-Runtime-Function-XRay-Error-Cause"] = cause
        self.call("POST", f"invocation/{request_id}/error", encode(error), headers)

    def fail_init(self, error):
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": error["errorType"]}
        self.call("POST", "init/error", encode(error), headers)


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Context:
    """What a handler is told about its invocation."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = Identity()
        self.client_context = client_context(headers.get("Lambda-Runtime-Client-Context"))
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class ClientContext:
    def __init__(self, values):
        self.custom = values.get("custom", {})
        self.env = values.get("env", {})
        self.client = values.get("client")


def client_context(text):
    return ClientContext(json.loads(text)) if text else None


class LogFormatter(logging.Formatter):
    """[LEVEL], time, request id and message, tab-separated; a stack trace stays with its line."""

    converter = time.gmtime
    request_id = ""

    def format(self, record):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", self.converter(record.created))
        text = record.getMessage()
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        line = f"[{record.levelname}]\t{stamp}.{int(record.msecs):03d}Z\t{LogFormatter.request_id}\t{text}"
        return line.replace("\n", "\r")


class WithoutPackage:
    """Hides an installed package unless the function brings its own: what a runtime without our layer looks like."""

    def __init__(self, name):
        self.name = name

    def find_spec(self, fullname, path=None, target=None):
        if fullname == self.name and importlib.machinery.PathFinder.find_spec(fullname, [TASK_ROOT]) is None:
            raise ModuleNotFoundError(f"No module named '{fullname}'", name=fullname)
        return None


def encode(value):
    def plain(other):
        if type(other).__name__ == "Decimal":
            return float(other)
        raise TypeError(f"Object of type {type(other).__name__} is not JSON serializable")

    return json.dumps(value, default=plain, ensure_ascii=False).encode("utf-8")


def error_of(message, kind, stack=(), request_id=""):
    return {"errorMessage": message, "errorType": kind, "requestId": request_id, "stackTrace": list(stack)}


def error_of_exception(request_id):
    kind, value, trace = sys.exc_info()
    frames = traceback.extract_tb(trace)
    while frames and frames[0].filename == __file__:
        frames = frames[1:]
    name = kind.__name__
    return error_of(str(value), name, traceback.format_list(frames), request_id), cause_of(name, str(value), frames)


def cause_of(kind, message, frames):
    """The exception in the form that traces carry."""
    stack = [{"label": frame.name, "path": os.path.relpath(frame.filename, TASK_ROOT), "line": frame.lineno} for frame in frames]
    paths = sorted({entry["path"] for entry in stack})
    cause = {"working_directory": TASK_ROOT, "exceptions": [{"message": message, "type": kind, "stack": stack}], "paths": paths}
    return json.dumps(cause)  # ASCII: it travels in a header


def report(error):
    text = f"[ERROR] {error['errorType']}: {error['errorMessage']}"
    if error["stackTrace"]:
        text += "\nTraceback (most recent call last):\n" + "".join(error["stackTrace"])
    print(text.rstrip("\n").replace("\n", "\r"), flush=True)


def load(handler):
    """The handler function, or None and the error to report."""
    module_name, dot, function_name = handler.rpartition(".")
    if not dot or not module_name:
        return None, error_of(f"Bad handler '{handler}': not enough values to unpack (expected 2, got 1)", "Runtime.MalformedHandlerName")
    try:
        if module_name.split(".")[0] in sys.builtin_module_names:
            return None, error_of(f"Cannot use built-in module {module_name} as a handler module", "Runtime.BuiltInModuleConflict")
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as problem:
        return None, error_of(f"Unable to import module '{module_name}': {problem}", "Runtime.ImportModuleError")
    except SyntaxError as problem:
        where = f'  File "{problem.filename}" Line {problem.lineno}\n    {(problem.text or "").rstrip()}'
        return None, error_of(f"Syntax error in module '{module_name}': {problem}", "Runtime.UserCodeSyntaxError", [where])
    except Exception:
        error, _ = error_of_exception("")
        return None, error
    if not hasattr(module, function_name):
        return None, error_of(f"Handler '{function_name}' missing on module '{module_name}'", "Runtime.HandlerNotFound")
    return getattr(module, function_name), None


def invoke(api, handler, headers, body):
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    LogFormatter.request_id = request_id
    trace = headers.get("Lambda-Runtime-Trace-Id")
    if trace:
        os.environ["_X_AMZN_TRACE_ID"] = trace
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    try:
        event = json.loads(body)
    except ValueError as problem:
        error = error_of(f"Unable to unmarshal input: {problem}", "Runtime.UnmarshalError", (), request_id)
        report(error)
        return lambda: api.fail(request_id, error, None)
    try:
        answer = handler(event, Context(headers))
    except BaseException as problem:
        if isinstance(problem, SystemExit):
            sys.stdout.flush()
            os._exit(problem.code if isinstance(problem.code, int) else 1)
        error, cause = error_of_exception(request_id)
        report(error)
        return lambda: api.fail(request_id, error, cause)
    try:
        encoded = answer if isinstance(answer, bytes) else encode(answer)
    except Exception as problem:
        error = error_of(f"Unable to marshal response: {problem}", "Runtime.MarshalError", (), request_id)
        report(error)
        return lambda: api.fail(request_id, error, None)
    return lambda: api.respond(request_id, encoded)


def end_with_server():
    """Ends the process when the server does: the server holds the other end of our standard input."""
    lifeline = os.dup(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)

    def watch():
        while os.read(lifeline, 1):
            pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main():
    end_with_server()
    sys.stdout.reconfigure(line_buffering=True)
    sys.path.insert(0, TASK_ROOT)
    hidden = os.environ.pop("_CLEW_WITHOUT", "")
    if hidden:
        sys.meta_path.insert(0, WithoutPackage(hidden))
    logs = logging.StreamHandler(sys.stdout)
    logs.setFormatter(LogFormatter())
    logging.getLogger().addHandler(logs)

    api = RuntimeApi()
    handler, problem = load(os.environ["_HANDLER"])
    if problem:
        report(problem)
        api.fail_init(problem)
        sys.stdout.flush()
        os._exit(1)
    while True:
        headers, body = api.next()
        answer = invoke(api, handler, headers, body)
        sys.stdout.flush()
        sys.stderr.flush()
        answer()


if __name__ == "__main__":
    main()
