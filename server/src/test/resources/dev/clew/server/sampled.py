# SPDX-License-Identifier: Apache-2.0
"""What the X-Ray SDK decides by the rules that it fetches from the daemon's TCP port, and a segment by UDP."""
import json

from aws_xray_sdk.core import xray_recorder

xray_recorder.configure(service="shop", context_missing="LOG_ERROR")
sampler = xray_recorder.sampler
rules = sampler._connector.fetch_sampling_rules()
sampler._cache.load_rules(rules)
sampler._cache.last_updated = __import__("time").time()
sampler._started = True  # its pollers would only ask again later


def decided(path):
    request = {"service": "shop", "method": "GET", "path": path, "host": "shop.example"}
    return sum(1 for _ in range(200) if sampler.should_trace(dict(request)))


never, always = decided("/health"), decided("/orders/1")
targets, _ = sampler._connector.fetch_sampling_target(sampler._cache.rules)
with xray_recorder.in_segment("shop", sampling=1) as segment:
    with xray_recorder.in_subsegment("work"):
        pass
print(json.dumps({
    "rules": [rule.name for rule in rules],
    "never": never,
    "always": always,
    "quotas": {name: target["quota"] for name, target in targets.items()},
    "trace": segment.trace_id,
}))
